import { createHmac, timingSafeEqual } from "node:crypto";
import { arnOf } from "../reading/references.ts";
import { type ReadOptions, Values } from "../reading/values.ts";

/*
 * Signs webhooks and checks signatures. Lambda runs no TypeScript, so `npm run build` makes `dist` of it; Powertools comes
 * with AWS's layer, and the SDK with the runtime:
 *
 *     consumers:
 *       api:
 *         kind: lambda
 *         code: examples/typescript/lambda/dist
 *         layers: [arn:aws:lambda:eu-west-1:094274105915:layer:AWSLambdaPowertoolsTypeScriptV2:44]
 *         reads: [webhook-signing-key, log-level]
 *
 * https://docs.aws.amazon.com/powertools/typescript/latest/getting-started/lambda-layers/
 */

type Request =
  | { readonly operation: "sign"; readonly body: string }
  | { readonly operation: "verify"; readonly body: string; readonly signature: string };

/** So that signatures which are made up do not make this read each time. */
const pauseMilliseconds = 5_000;

/** Outside the handler, so that invocations of one execution environment share clients, and what was read. */
const values = new Values();
let readAgainAt = -Infinity;

export async function handler(request: Request): Promise<{ signature: string } | { valid: boolean }> {
  const level = await values.read(arnOf("log-level"));
  // eslint-disable-next-line no-console -- Lambda makes JSON with a level of it
  if (level === "debug") console.debug({ operation: request.operation, bytes: request.body.length });
  if (request.operation === "sign") {
    return { signature: signature(request.body, await values.read(arnOf("webhook-signing-key"))) };
  }
  return { valid: await verify(request.body, request.signature) };
}

/** The key may have been rotated since the webhook was signed, or since this function last read it. */
async function verify(body: string, given: string): Promise<boolean> {
  const isBy = (keys: readonly string[]) => keys.some((key) => equal(signature(body, key), given));
  if (isBy(await keysOfWebhooks())) return true;
  if (Date.now() - readAgainAt < pauseMilliseconds) return false;
  readAgainAt = Date.now();
  return isBy(await keysOfWebhooks({ fresh: true }));
}

/** The present key and the one before it. */
async function keysOfWebhooks(options: ReadOptions = {}): Promise<string[]> {
  const arn = arnOf("webhook-signing-key");
  const keys = await Promise.all([values.read(arn, options), values.previous(arn, options)]);
  return keys.filter((key) => key !== undefined);
}

function signature(body: string, key: string): string {
  return createHmac("sha256", key).update(body).digest("hex");
}

function equal(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}
