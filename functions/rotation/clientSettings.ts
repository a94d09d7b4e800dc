import type { SecretsManagerClientConfig } from "@aws-sdk/client-secrets-manager";

/**
 * Well inside the function's time limit: without a way to Secrets Manager (in a network, a VPC endpoint) a call would
 * otherwise hang until Lambda ends the function, with nothing in its log.
 */
export const clientSettings: Pick<SecretsManagerClientConfig, "maxAttempts" | "requestHandler"> = {
  maxAttempts: 4,
  requestHandler: { connectionTimeout: 3_000, requestTimeout: 8_000, throwOnRequestTimeout: true },
};
