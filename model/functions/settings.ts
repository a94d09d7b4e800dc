import type { TlsMode } from "./rotation";

/**
 * What a function is told when it is deployed: one JSON file beside its code, since Lambda's environment variables
 * hold 4 KB in all and the names of an environment's secrets do not fit.
 */
export const settingsFile = "settings.json";

/** Entry points under `functions/`; each is deployed as one `index.js` with the handler `index.handler`. */
export const functionEntries = [
  "rotation/generated",
  "rotation/postgres",
  "expiryWatch/entry",
  "rollout/entry",
] as const;
export type FunctionEntry = (typeof functionEntries)[number];

export const functionHandler = "index.handler";

/** Node.js version the code is compiled for, and the Lambda runtime of the same. */
export const functionRuntime = "nodejs22.x";

/** Environment variable of the expiry watch: ARN of the notices topic. */
export const topicArnVariable = "NOTICES_TOPIC_ARN";

export interface RotationSettings {
  /** Names of the secrets it rotates; any other is refused. */
  readonly secrets: readonly string[];
  /** For databases; `verify-full` unless given. */
  readonly tls?: TlsMode;
  /** For databases: file beside the code with further certificate authorities, PEM. */
  readonly certificateAuthorities?: string;
}

export interface ExpiryWatchSettings {
  /** Secrets and parameters this account should hold: what is missing from it was deleted or has expired. */
  readonly expected: readonly ExpectedItem[];
  /** Days before its expiry at which a parameter without a notice policy of its own is reported. */
  readonly warnDays: number;
}

export interface ExpectedItem {
  readonly kind: "secret" | "parameter";
  readonly name: string;
  /** E-mail address of the owning team. */
  readonly owner: string;
}

export interface RolloutSettings {
  readonly rollouts: readonly Rollout[];
}

export interface Rollout {
  /** `...:secret:{name}-??????` */
  readonly secretArnPattern: string;
  readonly services: readonly EcsServiceName[];
}

export interface EcsServiceName {
  readonly cluster: string;
  readonly service: string;
}
