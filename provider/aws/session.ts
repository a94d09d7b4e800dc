import { type Clock, systemClock } from "../../aws/clock";
import { persistOr } from "../../aws/call";
import type { RetryOptions } from "../../aws/retry";
import { attempts, openSession as open, type Session as AwsSession } from "../../aws/session";
import { credentials } from "./credentials";
import { awsFailure } from "./failure";
import type { AwsSettings } from "./settings";

/** AWS as the stack is configured to reach it, its account checked; what calls throw is an `AwsFailure`. */
export interface Session extends AwsSession {
  readonly partition: string;
  /** How long anything is tried again. */
  readonly retry: RetryOptions;
}

/** Seconds that one call may wait for what passes: far more than AWS takes as a rule, and still an answer. */
const patienceSeconds = 15;

/**
 * Opens a session. Fails before anything else is called when the credentials belong to an account that the stack may
 * not touch.
 */
export async function openSession(
  settings: AwsSettings,
  maxAttempts = attempts,
  clock: Clock = systemClock,
): Promise<Session> {
  const retry: RetryOptions = { patience: { tries: maxAttempts, seconds: patienceSeconds }, clock };
  const session = await open({
    credentials: credentials(settings),
    region: settings.region,
    endpoints: settings.endpoints,
    maxAttempts,
    callAs: (identity) => (attempt, send) =>
      persistOr(attempt, retry, send, (error) =>
        awsFailure({ ...attempt, ...(identity && { as: identity.as }) }, error),
      ),
    accept: ({ account, as }) => refuseOtherAccount(settings.allowedAccountIds, account, as),
  });
  const [, partition] = session.as.split(":");
  if (partition === undefined)
    throw new Error(
      "sts:GetCallerIdentity named no caller; check `endpoints.sts` in the provider's settings",
    );
  return { ...session, partition, retry };
}

function refuseOtherAccount(allowed: readonly string[], account: string, as: string): void {
  if (allowed.length === 0 || allowed.includes(account)) return;
  throw new Error(
    `these credentials are of account ${account} (${as}); this stack may touch only ${allowed.join(", ")}; ` +
      "use the credentials of the stack's own account (AWS_PROFILE, or aws:profile in the stack's file), " +
      "or correct aws:allowedAccountIds there",
  );
}
