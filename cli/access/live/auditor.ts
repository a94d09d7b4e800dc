import { EC2Client } from "@aws-sdk/client-ec2";
import { IAMClient } from "@aws-sdk/client-iam";
import { KMSClient } from "@aws-sdk/client-kms";
import { RAMClient } from "@aws-sdk/client-ram";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SSMClient } from "@aws-sdk/client-ssm";
import { fromNodeProviderChain } from "@aws-sdk/credential-providers";
import type { Call } from "../../../aws/call";
import { openSession, patient } from "../../../aws/session";
import { platformRoleArn } from "../../../model/documents/people";
import type { Plan } from "../../../model/plan/types";
import { call } from "../../operations/call";
import { stacksOf } from "../../operations/session";

/** One account, as somebody who may read its policies. */
export interface Auditor {
  /** 12 digits. */
  readonly account: string;
  /** ARN of the caller. */
  readonly as: string;
  readonly region: string;
  readonly iam: IAMClient;
  /** The clients of one region. */
  readonly in: (region: string) => RegionalClients;
  readonly call: Call;
}

export interface RegionalClients {
  readonly ec2: EC2Client;
  readonly kms: KMSClient;
  readonly ram: RAMClient;
  readonly secrets: SecretsManagerClient;
  readonly ssm: SSMClient;
}

/**
 * With the credentials of a profile of the machine's settings, or of the SDK's default chain.
 * @throws OperationError for missing, expired or unknown credentials, and where AWS cannot be reached
 */
export async function openAuditor(plan: Plan, profile?: string): Promise<Auditor> {
  const { organisation } = plan;
  const { region } = organisation;
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
  const credentials = profile === undefined ? undefined : fromNodeProviderChain({ profile });
  const session = await openSession({
    region,
    ...(credentials !== undefined && { credentials }),
    firstAttempts: 3,
    callAs: (identity) => {
      const stack = identity === undefined ? undefined : stacksOf(plan, identity.account)[0];
      const advice = {
        ...(identity !== undefined && { as: identity.as }),
        role:
          identity === undefined
            ? "the role for auditors of the account"
            : platformRoleArn(organisation, identity.account, "auditors"),
        stack: stack ?? "security",
      };
      return (attempt, send) => call(attempt, advice, send);
    },
  });
  const settings = (where: string) => ({
    region: where,
    ...(credentials !== undefined && { credentials }),
    ...patient(),
  });
  const clients = new Map<string, RegionalClients>();
  return {
    account: session.account,
    as: session.as,
    region,
    call: session.call,
    iam: new IAMClient(settings(region)),
    in: (where) => {
      const known = clients.get(where);
      if (known !== undefined) return known;
      const made = {
        ec2: new EC2Client(settings(where)),
        kms: new KMSClient(settings(where)),
        ram: new RAMClient(settings(where)),
        secrets: new SecretsManagerClient(settings(where)),
        ssm: new SSMClient(settings(where)),
      };
      clients.set(where, made);
      return made;
    },
  };
}
