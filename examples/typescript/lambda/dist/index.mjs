// lambda/index.ts
import { createHmac, timingSafeEqual } from "node:crypto";

// reading/references.ts
function arnOf(item) {
  const variable = `${item.replace(/[^A-Za-z0-9]/g, "_").toUpperCase()}_ARN`;
  const arn = process.env[variable];
  if (arn === void 0 || arn === "")
    throw new Error(`${variable} is not set; add ${item} to the consumer's \`reads\` in its manifest`);
  return arn;
}

// reading/values.ts
import { SecretsProvider } from "@aws-lambda-powertools/parameters/secrets";
import { SSMProvider } from "@aws-lambda-powertools/parameters/ssm";
import { ResourceNotFoundException } from "@aws-sdk/client-secrets-manager";
var maxAge = 300;
var Values = class {
  #stores = /* @__PURE__ */ new Map();
  /** Until when, in milliseconds of the epoch, a secret counts as one that was never rotated. */
  #neverRotated = /* @__PURE__ */ new Map();
  /** The text of AWSCURRENT, or of a parameter. Throws where it cannot be read. */
  async read(arn, { fresh = false } = {}) {
    const { secrets, parameters } = this.#storesOf(arn);
    const options = { maxAge, forceFetch: fresh };
    return isSecret(arn) ? text(arn, await secrets.get(arn, options)) : text(arn, await parameters.get(arn, { ...options, decrypt: true }));
  }
  /** The secret before its last rotation, for what was signed with it and is still under way; undefined before the first. */
  async previous(arn, { fresh = false } = {}) {
    const sdkOptions = { VersionStage: "AWSPREVIOUS" };
    if (!fresh && Date.now() < (this.#neverRotated.get(arn) ?? 0)) return void 0;
    try {
      const { previous } = this.#storesOf(arn);
      const value = await previous.get(arn, { maxAge, forceFetch: fresh, sdkOptions });
      this.#neverRotated.delete(arn);
      return text(arn, value);
    } catch (error) {
      if (!(error instanceof Error && error.cause instanceof ResourceNotFoundException)) throw error;
      this.#neverRotated.set(arn, Date.now() + maxAge * 1e3);
      return void 0;
    }
  }
  /** An instance and a pod are not told their region, so the ARN says it. */
  #storesOf(arn) {
    const region = arn.split(":")[3] ?? "";
    const stores = this.#stores.get(region) ?? newStores(region);
    this.#stores.set(region, stores);
    return stores;
  }
};
function newStores(region) {
  const clientConfig = { region };
  return {
    secrets: new SecretsProvider({ clientConfig }),
    previous: new SecretsProvider({ clientConfig }),
    parameters: new SSMProvider({ clientConfig })
  };
}
function isSecret(arn) {
  return arn.split(":")[2] === "secretsmanager";
}
function text(arn, value) {
  if (typeof value !== "string") throw new Error(`${arn} holds no text`);
  return value;
}

// lambda/index.ts
var pauseMilliseconds = 5e3;
var values = new Values();
var readAgainAt = -Infinity;
async function handler(request) {
  const level = await values.read(arnOf("log-level"));
  if (level === "debug") console.debug({ operation: request.operation, bytes: request.body.length });
  if (request.operation === "sign") {
    return { signature: signature(request.body, await values.read(arnOf("webhook-signing-key"))) };
  }
  return { valid: await verify(request.body, request.signature) };
}
async function verify(body, given) {
  const isBy = (keys) => keys.some((key) => equal(signature(body, key), given));
  if (isBy(await keysOfWebhooks())) return true;
  if (Date.now() - readAgainAt < pauseMilliseconds) return false;
  readAgainAt = Date.now();
  return isBy(await keysOfWebhooks({ fresh: true }));
}
async function keysOfWebhooks(options = {}) {
  const arn = arnOf("webhook-signing-key");
  const keys = await Promise.all([values.read(arn, options), values.previous(arn, options)]);
  return keys.filter((key) => key !== void 0);
}
function signature(body, key) {
  return createHmac("sha256", key).update(body).digest("hex");
}
function equal(expected, given) {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}
export {
  handler
};
