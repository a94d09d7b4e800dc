import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SSMClient } from "@aws-sdk/client-ssm";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { type Clock, systemClock } from "../../aws/clock";
import { type Call, persistOr } from "../../aws/call";
import type { Attempt } from "../../aws/failure";
import type { RetryOptions } from "../../aws/retry";
import { credentials } from "./credentials";
import { awsFailure } from "./failure";
import type { AwsSettings } from "./settings";

/** AWS as the stack is configured to reach it, its account checked. */
export interface Session {
  readonly secrets: SecretsManagerClient;
  readonly ssm: SSMClient;
  readonly region: string;
  readonly partition: string;
  /** 12 digits. */
  readonly account: string;
  /** ARN of the caller. */
  readonly as: string;
  /** Makes one call, and again while what AWS answers passes by itself; what it throws is an `AwsFailure`. */
  readonly call: Call;
  /** How long anything is tried again. */
  readonly retry: RetryOptions;
}

/** Seconds that one call may wait for what passes: far more than AWS takes as a rule, and still an answer. */
const patienceSeconds = 15;

/**
 * Requests for one call, the first included. AWS lets an account write only a few parameters a second; the
 * adaptive mode slows this process down to what is let through, so that hundreds of resources get through as well.
 */
const defaultAttempts = 12;

/**
 * Opens a session. Fails before anything else is called when the credentials belong to an account that the stack may
 * not touch.
 */
export async function openSession(
  settings: AwsSettings,
  maxAttempts = defaultAttempts,
  clock: Clock = systemClock,
): Promise<Session> {
  const common = {
    ...(settings.region === undefined ? {} : { region: settings.region }),
    credentials: credentials(settings),
    retryMode: "adaptive",
    maxAttempts,
  };
  const sts = new STSClient({ ...common, ...endpoint(settings, "sts") });
  const retry: RetryOptions = { patience: { tries: maxAttempts, seconds: patienceSeconds }, clock };
  const identity = await call({ action: "sts:GetCallerIdentity", target: "the credentials" }, retry, () =>
    sts.send(new GetCallerIdentityCommand({})),
  );
  const account = identity.Account ?? "";
  const as = identity.Arn ?? "";
  refuseOtherAccount(settings.allowedAccountIds, account, as);
  const [, partition] = as.split(":");
  if (partition === undefined)
    throw new Error(
      "sts:GetCallerIdentity named no caller; check `endpoints.sts` in the provider's settings",
    );

  const ssm = new SSMClient({ ...common, ...endpoint(settings, "ssm") });
  return {
    secrets: new SecretsManagerClient({ ...common, ...endpoint(settings, "secretsmanager") }),
    ssm,
    region: await ssm.config.region(),
    partition,
    account,
    as,
    call: (attempt, send) => call({ ...attempt, as }, retry, send),
    retry,
  };
}

function call<T>(
  attempt: Attempt & { readonly as?: string },
  retry: RetryOptions,
  send: () => Promise<T>,
): Promise<T> {
  return persistOr(attempt, retry, send, (error) => awsFailure(attempt, error));
}

function refuseOtherAccount(allowed: readonly string[], account: string, as: string): void {
  if (allowed.length === 0 || allowed.includes(account)) return;
  throw new Error(
    `these credentials are of account ${account} (${as}); this stack may touch only ${allowed.join(", ")}; ` +
      "use the credentials of the stack's own account (AWS_PROFILE, or aws:profile in the stack's file), " +
      "or correct aws:allowedAccountIds there",
  );
}

function endpoint(settings: AwsSettings, service: string): { endpoint?: string } {
  const url = settings.endpoints[service];
  return url === undefined ? {} : { endpoint: url };
}
