import { byAction, type ReadPolicy } from "./policies";

/**
 * A key of AWS's own in an account, `aws/secretsmanager` or `aws/ssm`, opens to everybody of that account through that
 * service, and to nobody else; its policy cannot be changed. Its id is AWS's to make up, so no statement is taken to name it.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html#security-encryption-using-managed-key
 * https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#aws-managed-cmk
 */
export function awsKeyPolicy(
  name: string,
  account: string,
  service: "secretsmanager" | "ssm",
  region: string,
): ReadPolicy {
  const statements = [
    {
      name: "AWS's own",
      effect: "Allow" as const,
      actions: new Set(["kms:Decrypt" as const]),
      resources: ["*"],
      except: false,
      aboutResource: () => true,
      principals: { everybody: true, accounts: new Set<string>(), roles: new Set<string>() },
      tests: [
        {
          operator: "StringEquals",
          key: "kms:CallerAccount",
          wanted: [account],
          holds: ({ by }: { by: { account: string } }) => by.account === account,
          found: ({ by }: { by: { account: string } }) => [by.account],
        },
        {
          operator: "StringLike",
          key: "kms:ViaService",
          wanted: [`${service}.${region}.*`],
          holds: ({ via }: { via?: string }) => via?.startsWith(`${service}.${region}.`) === true,
          found: ({ via }: { via?: string }) => (via === undefined ? undefined : [via]),
        },
      ],
    },
  ];
  return { name, statements, byAction: byAction(statements) };
}
