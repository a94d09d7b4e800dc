import type { KeyPairKind } from "../values/keyPair";

/**
 * Seconds after which a verifier reads the public keys again, at the latest, and a signer its private key: also what AWS's
 * own cache beside a function keeps values for.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/ps-integration-lambda-extensions.html
 */
export const pollingSeconds = 300;

/** Seconds between publishing a key and its first signature: the polling, and a minute for what is read late. */
export const publicationSeconds = pollingSeconds + 60;

/** Seconds a step may take that waits for verifiers; Lambda takes up to 900. */
export const keyPairTimeoutSeconds = publicationSeconds + 240;

/** What the rotation function's role needs on the parameters that it publishes keys in, and on no other. */
export const publishingActions = ["ssm:GetParameter", "ssm:PutParameter"] as const;

/** Of one secret that is a key pair. */
export interface KeyPairSettings {
  readonly kind: KeyPairKind;
  /** Name of the parameter that holds the public keys. */
  readonly parameter: string;
  /** Longest that a token signed by a key is valid. */
  readonly tokenSeconds: number;
  /** Seconds from publishing a key to its first signature. */
  readonly publicationSeconds: number;
}
