/** What this platform's rotation functions and those who deploy or call them agree on. */

/**
 * The steps Secrets Manager calls a rotation function with, in this order.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_lambda-functions.html
 */
export const rotationSteps = ["createSecret", "setSecret", "testSecret", "finishSecret"] as const;
export type RotationStep = (typeof rotationSteps)[number];

/**
 * A step of this platform's own, for `platform rollback`: makes the version given as `ClientRequestToken`, which has
 * to be AWSPREVIOUS, log in again and become AWSCURRENT. Same event as the other steps; repeating it changes nothing.
 */
export const restoreStep = "restoreSecret";
export type RestoreStep = typeof restoreStep;

/**
 * Steps of this platform's own, for `platform rotate`: how many sessions the user of the current version, given as
 * `ClientRequestToken`, has open in the database, and their end. Sessions outlive a change of the password. Same event as
 * the other steps, answered by an `OpenSessions`.
 */
export const sessionSteps = ["countSessions", "endSessions"] as const;
export type SessionStep = (typeof sessionSteps)[number];

export function isSessionStep(step: string): step is SessionStep {
  return (sessionSteps as readonly string[]).includes(step);
}

/** Sessions of one database user, the function's own left out. */
export interface OpenSessions {
  readonly user: string;
  /** How many were ended; absent where they were only counted. */
  readonly ended?: number;
  /** How many are open at the end. */
  readonly open: number;
}

export interface RotationEvent {
  readonly Step: RotationStep | RestoreStep | SessionStep;
  /** Full ARN of the secret. */
  readonly SecretId: string;
  /** Version the step is about. */
  readonly ClientRequestToken: string;
}

/** What a rotation function's role needs on each secret it rotates. */
export const rotatorActions = [
  "secretsmanager:DescribeSecret",
  "secretsmanager:GetSecretValue",
  "secretsmanager:ListSecretVersionIds",
  "secretsmanager:PutSecretValue",
  "secretsmanager:UpdateSecretVersionStage",
] as const;

/** What it needs on the administrators' secrets of alternating users. */
export const rotatorAdminActions = ["secretsmanager:GetSecretValue"] as const;

/** Lambda timeout that leaves room for every wait inside one step. */
export const rotationTimeoutSeconds = 60;

/**
 * How connections to databases are protected. `verify-full`: certificate and host name are checked; `verify-ca`: the
 * certificate alone, for hosts reached by an alias; `require`: encrypted, the server's certificate not checked;
 * `disable`: plain text.
 */
export const tlsModes = ["verify-full", "verify-ca", "require", "disable"] as const;
export type TlsMode = (typeof tlsModes)[number];
export const defaultTlsMode: TlsMode = "verify-full";
