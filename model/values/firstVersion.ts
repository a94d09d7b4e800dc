import { createHash } from "node:crypto";

/**
 * The id of a secret's first version, which the provider plugin puts: the same for the same secret in every run, so
 * that Secrets Manager itself refuses a second one, and so that others know it for what it is without reading it.
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutSecretValue.html (ClientRequestToken)
 */
export function firstVersionId(secretArn: string): string {
  return createHash("sha256").update(`secrets-platform first value ${secretArn}`).digest("hex");
}
