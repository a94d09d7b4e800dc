import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";

/** Milliseconds the extension keeps a value for, unless SECRETS_MANAGER_TTL says less. */
const keptFor = 300_000;

const client = new SecretsManagerClient();
const readAgain = new Map<string, { readonly value: string; readonly until: number }>();

/**
 * A secret through AWS's Parameters and Secrets extension, which keeps it for five minutes beside the function. To be
 * called by the handler, since the extension does not answer while the function is initialised.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/retrieving-secrets_lambda.html
 *
 * The page names no way to pass over what the extension keeps. So a value that was refused is read by the SDK, and goes
 * before the extension's until that has read again itself.
 */
export async function secret(arn: string, { fresh = false } = {}): Promise<string> {
  if (fresh) {
    const { SecretString: value = "" } = await client.send(new GetSecretValueCommand({ SecretId: arn }));
    readAgain.set(arn, { value, until: Date.now() + keptFor });
    return value;
  }
  const known = readAgain.get(arn);
  if (known !== undefined && Date.now() < known.until) return known.value;
  const { SecretString } = (await get("/secretsmanager/get", { secretId: arn })) as { SecretString: string };
  return SecretString;
}

/**
 * A parameter, likewise.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/ps-integration-lambda-extensions.html
 */
export async function parameter(arn: string): Promise<string> {
  const query = { name: arn, withDecryption: "true" };
  const { Parameter } = (await get("/systemsmanager/parameters/get", query)) as {
    Parameter: { Value: string };
  };
  return Parameter.Value;
}

async function get(path: string, query: Readonly<Record<string, string>>): Promise<unknown> {
  const port = process.env["PARAMETERS_SECRETS_EXTENSION_HTTP_PORT"] ?? "2773";
  const url = new URL(`${path}?${new URLSearchParams(query).toString()}`, `http://localhost:${port}`);
  const headers = { "X-Aws-Parameters-Secrets-Token": process.env["AWS_SESSION_TOKEN"] ?? "" };
  const response = await fetch(url, { headers });
  if (!response.ok)
    throw new Error(`the extension answered ${response.status} for ${Object.values(query)[0]}`);
  return response.json();
}
