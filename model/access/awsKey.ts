import type { ReadArn } from "./arn";
import type { Owner } from "./call";
import type { Test } from "./conditions";
import type { Key } from "./types";
import { byAction } from "./policies";

/**
 * A key of AWS's own in an account, `aws/secretsmanager` or `aws/ssm`, opens to everybody of that account through that
 * service, and to nobody else; its policy cannot be changed. Its id is AWS's to make up, so no statement is taken to name it.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html#security-encryption-using-managed-key
 * https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#aws-managed-cmk
 */
export function awsKey({ partition, region, service }: ReadArn, owner: Owner): Key {
  const alias = `alias/aws/${service}`;
  const tests: readonly Test[] = [
    {
      operator: "StringEquals",
      key: "kms:CallerAccount",
      wanted: [owner.account],
      holds: ({ by }) => by.account === owner.account,
      found: ({ by }) => [by.account],
    },
    {
      operator: "StringLike",
      key: "kms:ViaService",
      wanted: [`${service}.${region}.*`],
      holds: ({ via }) => via?.startsWith(`${service}.${region}.`) === true,
      found: ({ via }) => (via === undefined ? undefined : [via]),
    },
  ];
  const statements = [
    {
      name: "AWS's own",
      effect: "Allow" as const,
      actions: new Set(["kms:Decrypt" as const]),
      resources: ["*"],
      except: false,
      aboutResource: () => true,
      principals: { everybody: true, accounts: new Set<string>(), roles: new Set<string>() },
      tests,
    },
  ];
  return {
    arn: `arn:${partition}:kms:${region}:${owner.account}:key/aws-${service}`,
    owner,
    aliases: [alias],
    policy: { name: alias, statements, byAction: byAction(statements) },
  };
}
