import { newestNodejs } from "../aws/lambdaRuntimes";
import type { ExpiryRule } from "../values/parameterPolicies";
import type { GeneratedForm } from "../values/generatedForm";
import type { Connection } from "../values/connectionFields";
import type { PlannedRotation } from "../values/plannedRotation";
import type { KeyPairSettings } from "./keyPairs";
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
export const functionRuntime = newestNodejs;

/** Environment variable of the expiry watch: ARN of the notices topic. */
export const topicArnVariable = "NOTICES_TOPIC_ARN";

export interface RotationSettings {
  /** Names of the secrets it rotates; any other is refused. */
  readonly secrets: readonly string[];
  /**
   * Of alternating users: by a secret's name, the name of its administrator's. A value that names another administrator,
   * or one where this has none, is refused: who may write a secret must not choose whose login changes its passwords.
   * @default none
   */
  readonly administrators?: Readonly<Record<string, string>>;
  /** Likewise, of those whose administrator's login a database service manages. @default none */
  readonly managedAdministrators?: Readonly<Record<string, ManagedAdministrator>>;
  /** For generated values: by a secret's name, what is made in another form than `defaultForm`. */
  readonly forms?: Readonly<Record<string, SettingsForms>>;
  /** For generated values: by a secret's name, the key pairs. */
  readonly keyPairs?: Readonly<Record<string, KeyPairSettings>>;
  /** For databases; `verify-full` unless given. */
  readonly tls?: TlsMode;
  /** For databases: by a secret's name, what its value says beside the login. @default none */
  readonly connections?: Readonly<Record<string, Connection>>;
  /** For databases: file beside the code with further certificate authorities, PEM. */
  readonly certificateAuthorities?: string;
}

/**
 * An administrator's login that a database service manages: its JSON has `username` and `password` alone. Which server it is
 * for stands here and not in the value of the login it changes: who may write that would else have it sent anywhere.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_secret_json_structure.html
 */
export interface ManagedAdministrator {
  /** ARN of its secret. */
  readonly secret: string;
  /** ARN of the role that may read it, in the secret's account. */
  readonly role: string;
  readonly host: string;
  readonly port: number;
}

/** Of one secret. */
export interface SettingsForms {
  /** Of a secret that is one plain string. */
  readonly value?: GeneratedForm;
  /** By JSON field. */
  readonly fields?: Readonly<Record<string, GeneratedForm>>;
}

export interface ExpiryWatchSettings {
  /** SecureStrings this account should hold: one that is missing has expired, since expiry deletes a parameter. */
  readonly expectedParameters: readonly ExpectedParameter[];
  /** How the secrets of this account are to rotate, which they themselves may tell otherwise. */
  readonly expectedRotations?: readonly ExpectedRotation[];
  /** Secrets of this account that are to have copies in other regions. */
  readonly expectedReplicas?: readonly ExpectedReplicas[];
  /** What the logins of this account's databases are to be for. */
  readonly expectedForms?: readonly ExpectedForm[];
  /** Days before its expiry at which a parameter without a notice policy of its own is reported. */
  readonly warnDays: number;
}

export interface ExpectedParameter {
  /** With its leading slash. */
  readonly name: string;
  /** E-mail address of the owning team. */
  readonly owner: string;
  /** How long a value is to live, where it is a SecureString. */
  readonly expires?: ExpiryRule;
}

export interface ExpectedRotation extends PlannedRotation {
  /** `service/environment/secret` */
  readonly name: string;
}

export interface ExpectedReplicas {
  /** `service/environment/secret` */
  readonly name: string;
  readonly regions: readonly string[];
}

export interface ExpectedForm {
  /** `service/environment/secret` */
  readonly name: string;
  /** As in the tag `platform:form`; of an administrator only that there is one. */
  readonly form: string;
}

/** What the rollout needs on the services of its settings. */
export const rolloutActions = ["ecs:DescribeServices", "ecs:UpdateService"] as const;

/** Seconds one call of the rollout may take, Lambda's most: a deployment under way is waited for. */
export const rolloutTimeoutSeconds = 900;

/** Calls for one rotation before it is given up. */
export const rolloutAttempts = 5;

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
