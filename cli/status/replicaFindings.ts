import type { SecretPlan } from "../../model/plan/types";
import { type FailedReplica, failedReplicas } from "../../model/values/replicas";
import type { ObservedSecret } from "../../aws/secret";
import type { Finding } from "./itemStatus";

/** Copies in other regions that do not follow; none where nobody could look. */
export function replicaFindings(
  secret: SecretPlan,
  { replicas }: ObservedSecret,
  stack: string,
): readonly Finding[] {
  if (replicas === undefined) return [];
  return failedReplicas(secret.replicas, replicas).map((replica) => ({
    kind: "replica failed",
    matter: replica.matter,
    remedy: remedy(secret, replica, stack),
  }));
}

/** What cannot be told where DescribeSecret is not allowed: the list knows nothing of copies. */
export function replicaNotes({ replicas }: SecretPlan, observed: ObservedSecret): readonly string[] {
  return replicas.length > 0 && observed.replicas === undefined
    ? [`whether its copies in ${replicas.join(", ")} follow shows by secretsmanager:DescribeSecret alone`]
    : [];
}

/** https://docs.aws.amazon.com/secretsmanager/latest/userguide/replicate-secrets_troubleshoot.html */
function remedy(
  { name, key, replicas }: SecretPlan,
  { region, cause }: FailedReplica,
  stack: string,
): string {
  const up = `pulumi up --refresh --stack ${stack} --policy-pack policies`;
  if (!replicas.includes(region)) return `the manifest wants none there: ${up} takes it away`;
  const again =
    `aws secretsmanager replicate-secret-to-regions --secret-id ${name} ` +
    `--add-replica-regions Region=${region},KmsKeyId=${key.alias}`;
  switch (cause) {
    case "none":
      return `${up} makes it`;
    case "name":
      return (
        `another secret has this name there: find out whose it is, and delete or rename it; then, as the deployer, ${again} ` +
        "(--force-overwrite-replica-secret writes over it, and its value is lost)"
      );
    case "key":
      return `${up} makes the key ${key.alias} of ${region} and its policy as they should be; then, as the deployer, ${again}`;
    case "region":
      return `enable the region for the account; then, as the deployer, ${again}`;
    case "other":
      return `correct what AWS names; then, as the deployer, ${again}`;
  }
}
