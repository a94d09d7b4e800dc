import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SSMClient } from "@aws-sdk/client-ssm";
import { GetCallerIdentityCommand, STSClient, type STSClientConfig } from "@aws-sdk/client-sts";
import type { Call } from "./call";

/** AWS in one account and region, as somebody. */
export interface Session {
  readonly secrets: SecretsManagerClient;
  readonly ssm: SSMClient;
  readonly region: string;
  /** 12 digits. */
  readonly account: string;
  /** ARN of the caller. */
  readonly as: string;
  /** Makes calls, again while what AWS answers passes. */
  readonly call: Call;
}

/** Who calls, as AWS sees it. */
export type Identity = Pick<Session, "account" | "as">;

export interface SessionOptions {
  /** @default the SDK's default chain */
  readonly credentials?: NonNullable<STSClientConfig["credentials"]>;
  /** @default the SDK's */
  readonly region?: string | undefined;
  /** By service: `secretsmanager`, `ssm`, `sts`. @default AWS's own */
  readonly endpoints?: Readonly<Record<string, string>>;
  /** Requests for one call, the first included. @default `attempts` */
  readonly maxAttempts?: number;
  /** Of the first call, which shows whether there is a network and who calls. @default as of the others */
  readonly firstAttempts?: number;
  /** How calls are made; the first one by nobody that is known. */
  readonly callAs: (identity?: Identity) => Call;
  /** Told who calls before anything else is done; what it throws is why there is no session. */
  readonly accept?: (identity: Identity) => void;
}

/**
 * Requests for one call, the first included. AWS lets an account describe and write only a few parameters a second; the
 * adaptive mode of the clients slows this process down to what is let through, so that hundreds get through as well.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
export const attempts = 12;

/** What clients that wait as AWS asks are made with. */
export function patient(maxAttempts = attempts) {
  return { retryMode: "adaptive", maxAttempts } as const;
}

/** Opens a session; asks who calls before anything else, which also shows whether AWS can be reached. */
export async function openSession(options: SessionOptions): Promise<Session> {
  const {
    credentials,
    region,
    endpoints = {},
    maxAttempts = attempts,
    firstAttempts = maxAttempts,
  } = options;
  const settings = (service: string) => ({
    ...(region !== undefined && { region }),
    ...(credentials !== undefined && { credentials }),
    ...(endpoints[service] !== undefined && { endpoint: endpoints[service] }),
    ...patient(maxAttempts),
  });
  const sts = new STSClient({ ...settings("sts"), maxAttempts: firstAttempts });
  const call = options.callAs();
  const { Account: account = "", Arn: as = "" } = await call(
    { action: "sts:GetCallerIdentity", target: "the credentials" },
    () => sts.send(new GetCallerIdentityCommand({})),
  );
  options.accept?.({ account, as });
  const ssm = new SSMClient(settings("ssm"));
  return {
    secrets: new SecretsManagerClient(settings("secretsmanager")),
    ssm,
    region: await ssm.config.region(),
    account,
    as,
    call: options.callAs({ account, as }),
  };
}
