// @ts-check
import { createHmac, timingSafeEqual } from "node:crypto";
import { Values } from "./values.mjs";

/** Outside the handler, so that invocations of one execution environment share what was read. */
const values = new Values();

/**
 * Signs webhooks and checks signatures:
 *
 *     consumers:
 *       api: { kind: lambda, code: examples/typescript/lambda, reads: [webhook-signing-key, log-level] }
 *
 * @typedef {{ operation: "sign", body: string } | { operation: "verify", body: string, signature: string }} Request
 * @param {Request} request
 */
export async function handler(request) {
  const level = await values.get("log-level");
  if (level === "debug") console.debug({ operation: request.operation, bytes: request.body.length });
  if (request.operation === "sign") {
    return { signature: signature(request.body, await values.get("webhook-signing-key")) };
  }
  return { valid: await verify(request.body, request.signature) };
}

/**
 * The key may have been rotated since this function last read it, or since the webhook was signed: so after the key that
 * is kept come the newest one and the one before it.
 *
 * @param {string} body
 * @param {string} given
 */
async function verify(body, given) {
  const keys = [
    () => values.get("webhook-signing-key"),
    () => values.get("webhook-signing-key", { fresh: true }),
    () => values.previous("webhook-signing-key"),
  ];
  for (const key of keys) {
    if (equal(signature(body, await key()), given)) return true;
  }
  return false;
}

/**
 * @param {string} body
 * @param {string} key
 */
function signature(body, key) {
  return createHmac("sha256", key).update(body).digest("hex");
}

/**
 * @param {string} expected
 * @param {string} given
 */
function equal(expected, given) {
  return expected.length === given.length && timingSafeEqual(Buffer.from(expected), Buffer.from(given));
}
