// reading/fields.ts
function fieldsOf(secret2) {
  try {
    return JSON.parse(secret2);
  } catch {
    throw new Error("the secret is no JSON object");
  }
}

// reading/references.ts
function arnOf(item) {
  const variable = `${item.replace(/[^A-Za-z0-9]/g, "_").toUpperCase()}_ARN`;
  const arn = process.env[variable];
  if (arn === void 0 || arn === "")
    throw new Error(`${variable} is not set; add ${item} to the consumer's \`reads\` in its manifest`);
  return arn;
}

// lambda/extension.ts
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
var keptFor = 3e5;
var client = new SecretsManagerClient();
var readAgain = /* @__PURE__ */ new Map();
async function secret(arn, { fresh = false } = {}) {
  if (fresh) {
    const { SecretString: value = "" } = await client.send(new GetSecretValueCommand({ SecretId: arn }));
    readAgain.set(arn, { value, until: Date.now() + keptFor });
    return value;
  }
  const known = readAgain.get(arn);
  if (known !== void 0 && Date.now() < known.until) return known.value;
  const { SecretString } = await get("/secretsmanager/get", { secretId: arn });
  return SecretString;
}
async function parameter(arn) {
  const query = { name: arn, withDecryption: "true" };
  const { Parameter } = await get("/systemsmanager/parameters/get", query);
  return Parameter.Value;
}
async function get(path, query) {
  const port = process.env["PARAMETERS_SECRETS_EXTENSION_HTTP_PORT"] ?? "2773";
  const url = new URL(`${path}?${new URLSearchParams(query).toString()}`, `http://localhost:${port}`);
  const headers = { "X-Aws-Parameters-Secrets-Token": process.env["AWS_SESSION_TOKEN"] ?? "" };
  const response = await fetch(url, { headers });
  if (!response.ok)
    throw new Error(`the extension answered ${response.status} for ${Object.values(query)[0]}`);
  return response.json();
}

// lambda/charge.ts
async function handler(charge) {
  const limit = Number(await parameter(arnOf("charge-limit")));
  if (!(charge.amount > 0 && charge.amount <= limit)) {
    return { accepted: false, reason: `the amount must be above 0 and at most ${limit}` };
  }
  const url = await parameter(arnOf("card-network-url"));
  let response = await send(url, await session(), charge);
  if (response.status === 401) response = await send(url, await session({ fresh: true }), charge);
  if (!response.ok) throw new Error(`the card network answered ${response.status}`);
  return { accepted: true };
}
async function session(options = {}) {
  return fieldsOf(await secret(arnOf("provider-session"), options));
}
function send(url, { session_id, token }, charge) {
  return fetch(new URL("/charges", url), {
    method: "POST",
    headers: {
      authorization: `Bearer ${token}`,
      "content-type": "application/json",
      "idempotency-key": charge.reference,
      "x-session-id": session_id
    },
    body: JSON.stringify(charge)
  });
}
export {
  handler
};
