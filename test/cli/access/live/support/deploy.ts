import { CreateVpcCommand, CreateVpcEndpointCommand, EC2Client } from "@aws-sdk/client-ec2";
import { CreatePolicyCommand, CreateRoleCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { CreateAliasCommand, CreateKeyCommand, KMSClient, PutKeyPolicyCommand } from "@aws-sdk/client-kms";
import { RAMClient } from "@aws-sdk/client-ram";
import {
  CreateSecretCommand,
  PutResourcePolicyCommand,
  ReplicateSecretToRegionsCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import type { Call } from "../../../../../aws/call";
import type { Auditor } from "../../../../../cli/access/live/auditor";
import { awsFailure } from "../../../../../cli/operations/awsFailure";
import type { AccessDocuments, NamedPolicy } from "../../../../../model/access/input";
import type { Moto } from "../../../../support/moto/startMoto";
import type { HeldShare, StandIn } from "./standIn";

export const region = "eu-west-1";

/** No value of these tests is anywhere but in the emulator. */
export const canary = "canary-live-4f1d";

/** The accounts in the emulator, each with clients behind the stand-in. */
export interface Deployed {
  auditor(account: string): Auditor;
  /** ARN in the emulator, by the ARN that the stacks registered. */
  readonly arns: ReadonlyMap<string, string>;
  readonly shares: readonly HeldShare[];
}

/** Puts the documents that stacks register into the emulator, under the ids that it makes up. */
export async function deploy(
  documents: AccessDocuments,
  managed: readonly string[],
  moto: Moto,
  standIn: StandIn,
): Promise<Deployed> {
  const auditors = new Map<string, Auditor>();
  for (const account of new Set(documents.accounts.map((one) => one.account))) {
    const credentials = await moto.credentials(account, "platform/secrets-auditors");
    const before = standIn.accountOf;
    standIn.accountOf = (key) => (key === credentials.accessKeyId ? account : before(key));
    auditors.set(account, auditorOf(account, credentials, standIn.endpoint));
  }
  const auditor = (account: string) => auditors.get(account)!;
  const arns = new Map<string, string>();
  const translated = ({ document }: NamedPolicy) => {
    let text = typeof document === "string" ? document : JSON.stringify(document);
    for (const [from, to] of arns) text = text.replaceAll(from, to);
    return text;
  };
  const at = (arn: string) => {
    const [, , , where = "", account = ""] = arn.split(":");
    return { account, where, clients: auditor(account).in(where === "" ? region : where) };
  };
  for (const { arn, aliases } of documents.keys) {
    const { clients } = at(arn);
    const { KeyMetadata } = await clients.kms.send(new CreateKeyCommand({}));
    arns.set(arn, KeyMetadata?.Arn ?? "");
    for (const AliasName of aliases)
      await clients.kms.send(new CreateAliasCommand({ AliasName, TargetKeyId: KeyMetadata?.KeyId }));
  }
  const home = documents.items.filter(({ arn }) => arn.split(":")[3] === region);
  for (const item of home) {
    const { clients } = at(item.arn);
    const KeyId = item.key === undefined ? undefined : arns.get(item.key);
    if (item.kind === "parameter") {
      const Name = item.arn.slice(item.arn.indexOf(":parameter/") + ":parameter".length);
      await clients.ssm.send(new PutParameterCommand({ Name, Type: item.type, Value: canary, KeyId }));
      continue;
    }
    const Name = nameIn(item.arn);
    const { ARN = "" } = await clients.secrets.send(
      new CreateSecretCommand({ Name, KmsKeyId: KeyId, SecretString: canary }),
    );
    arns.set(item.arn, ARN);
    if (item.rotationFunction !== undefined) standIn.rotations.set(ARN, item.rotationFunction);
  }
  for (const arn of managed) {
    const { ARN = "" } = await at(arn).clients.secrets.send(
      new CreateSecretCommand({ Name: nameIn(arn), SecretString: canary }),
    );
    arns.set(arn, ARN);
  }
  for (const copy of documents.items.filter(({ arn }) => !home.some((one) => one.arn === arn))) {
    const original = copy.arn.split(":").with(3, region).join(":");
    const { where } = at(copy.arn);
    await at(original).clients.secrets.send(
      new ReplicateSecretToRegionsCommand({
        SecretId: arns.get(original),
        AddReplicaRegions: [{ Region: where, KmsKeyId: arns.get(copy.key ?? "") }],
      }),
    );
    const arn = (arns.get(original) ?? "").split(":").with(3, where).join(":");
    arns.set(copy.arn, arn);
    standIn.copyKeys.set(arn, arns.get(copy.key ?? "") ?? "");
  }
  for (const { arn, policy } of documents.keys)
    await putKeyPolicy(at(arn).clients.kms, arns.get(arn) ?? "", translated(policy));
  for (const item of home)
    if (item.kind === "secret" && item.policy !== undefined)
      await at(item.arn).clients.secrets.send(
        new PutResourcePolicyCommand({
          SecretId: arns.get(item.arn),
          ResourcePolicy: translated(item.policy),
        }),
      );
  const boundaries = new Map<string, string>();
  for (const { arn, policies, boundary, trust } of documents.principals) {
    const { account } = at(arn);
    const { iam } = auditor(account);
    if (boundary !== undefined && !boundaries.has(boundary.name)) {
      const made = await iam.send(
        new CreatePolicyCommand({
          PolicyName: boundary.name.replace(/^policy /, ""),
          PolicyDocument: translated(boundary),
        }),
      );
      boundaries.set(boundary.name, made.Policy?.Arn ?? "");
    }
    const [, Path = "", RoleName = ""] = /:role(\/.*\/|\/)([^/]+)$/.exec(arn) ?? [];
    await iam.send(
      new CreateRoleCommand({
        RoleName,
        Path,
        AssumeRolePolicyDocument: trust === undefined ? "{}" : translated(trust),
        ...(boundary !== undefined && { PermissionsBoundary: boundaries.get(boundary.name) }),
      }),
    );
    for (const [index, policy] of policies.entries())
      await iam.send(
        new PutRolePolicyCommand({
          RoleName,
          PolicyName: `policy-${index}`,
          PolicyDocument: translated(policy),
        }),
      );
  }
  for (const { account, service, policy } of documents.endpoints) {
    const { ec2 } = auditor(account).in(region);
    const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: "10.0.0.0/16" }));
    await ec2.send(
      new CreateVpcEndpointCommand({
        VpcId: Vpc?.VpcId,
        VpcEndpointType: "Interface",
        ServiceName: `com.amazonaws.${region}.${service}`,
        PolicyDocument: translated(policy),
        TagSpecifications: [{ ResourceType: "vpc-endpoint", Tags: [{ Key: "service", Value: "platform" }] }],
      }),
    );
  }
  const shares = documents.items.flatMap((item) =>
    item.kind === "parameter"
      ? (item.shares ?? []).map((share): HeldShare => {
          const { account } = at(item.arn);
          const arn = `arn:aws:ram:${region}:${account}:resource-share/${share.name.replace(/^share /, "")}`;
          return { ...share, name: share.name.replace(/^share /, ""), account, arn, items: [item.arn] };
        })
      : [],
  );
  standIn.shares = shares;
  return { auditor, arns, shares };
}

export async function putKeyPolicy(kms: KMSClient, KeyId: string, Policy: string): Promise<void> {
  await kms.send(new PutKeyPolicyCommand({ KeyId, PolicyName: "default", Policy }));
}

function nameIn(arn: string): string {
  return arn
    .split(":")
    .slice(6)
    .join(":")
    .replace(/-[^-]{6}$/, "");
}

function auditorOf(
  account: string,
  credentials: { accessKeyId: string; secretAccessKey: string; sessionToken: string },
  endpoint: string,
): Auditor {
  const as = `arn:aws:sts::${account}:assumed-role/secrets-auditors/test`;
  const call: Call = async (attempt, send) => {
    try {
      return await send();
    } catch (error) {
      throw awsFailure(attempt, { as, role: "the role for auditors", stack: "security" }, error);
    }
  };
  const settings = (where: string) => ({ region: where, credentials, endpoint, maxAttempts: 3 });
  const clients = new Map<string, ReturnType<Auditor["in"]>>();
  return {
    account,
    as,
    region,
    call,
    iam: new IAMClient(settings(region)),
    in: (where) => {
      const known = clients.get(where) ?? {
        ec2: new EC2Client(settings(where)),
        kms: new KMSClient(settings(where)),
        ram: new RAMClient(settings(where)),
        secrets: new SecretsManagerClient(settings(where)),
        ssm: new SSMClient(settings(where)),
      };
      clients.set(where, known);
      return known;
    },
  };
}
