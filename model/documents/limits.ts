import type { Problem } from "../problem";
import type { KeyPlan, Plan, SecretPlan } from "../plan/types";
import { boundaryPolicy } from "./boundaryPolicy";
import { consumerPolicy } from "./consumerPolicy";
import { environmentKeyPolicy } from "./environmentKeyPolicy";
import type { KeyArns } from "./keyArns";
import { type PolicyDocument, policyText } from "./policy";
import { secretPolicy } from "./secretPolicy";

/**
 * AWS's limits on policies.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html
 * https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export const policyLimits = {
  /** Characters. */
  secret: 20_480,
  /** Bytes; our documents are ASCII, so characters. */
  key: 32_768,
  /** Characters of all inline policies of a role; ours has one. */
  role: 10_240,
  /** Characters of a managed policy, which the boundary is. */
  boundary: 6_144,
} as const;

/** Every document of the Plan that would pass AWS's limit, at the place in a manifest or stack file to mend. */
export function limitProblems(plan: Plan): Problem[] {
  return [
    ...plan.secrets.flatMap((secret) => secretProblems(plan, secret)),
    ...plan.keys.flatMap((key) => keyProblems(plan, key)),
    ...roleProblems(plan),
    ...boundaryProblems(plan),
  ];
}

function secretProblems(plan: Plan, secret: SecretPlan): Problem[] {
  const size = sizeOf(secretPolicy(plan, secret));
  if (size <= policyLimits.secret) return [];
  const names = secret.readers.map(({ name }) => name);
  return [
    {
      ...secret.at,
      path: `secrets.${secret.item}`,
      found: `the policy of ${secret.name} would have ${over(size, policyLimits.secret)} with its ${names.length} readers (${listed(names)})`,
      allowed: `Secrets Manager takes ${format(policyLimits.secret)} characters`,
      remedy: "give some of these readers a secret of their own",
    },
  ];
}

function keyProblems(plan: Plan, key: KeyPlan): Problem[] {
  const { region } = plan.organisation;
  const size = sizeOf(environmentKeyPolicy(plan, key, region));
  if (size <= policyLimits.key) return [];
  const parameters = plan.parameters.filter((parameter) => parameter.key === key);
  const readersByService = new Map<string, Set<string>>();
  for (const { service, readers } of parameters) {
    const seen = readersByService.get(service) ?? new Set();
    for (const { arn } of readers) seen.add(arn);
    readersByService.set(service, seen);
  }
  const heaviest = [...readersByService].sort((a, b) => b[1].size - a[1].size);
  const first = parameters.find(({ service }) => service === heaviest[0]?.[0]);
  const names = heaviest.map(([service, readers]) => `${service} with ${readers.size} readers`);
  return [
    {
      ...(first?.at ?? { file: "services", line: 1, column: 1 }),
      path: first ? `parameters.${first.item}` : "",
      found: `the policy of key ${key.alias} in account ${key.account} would have ${over(size, policyLimits.key)}`,
      allowed: `KMS takes ${format(policyLimits.key)} bytes`,
      remedy: `give services a key of their own with \`key: own\`, the largest first: ${listed(names)}`,
    },
  ];
}

function roleProblems(plan: Plan): Problem[] {
  const problems: Problem[] = [];
  for (const consumer of plan.consumers) {
    for (const role of [consumer.role, ...(consumer.executionRole ? [consumer.executionRole] : [])]) {
      const document = consumerPolicy(plan, consumer, role, sampleKeyArns(plan));
      const size = document ? sizeOf(document) : 0;
      if (size <= policyLimits.role) continue;
      problems.push({
        ...consumer.settings.at,
        path: `consumers.${consumer.consumer}`,
        found: `the policy of role ${role.name} would have ${over(size, policyLimits.role)} with the ${role.grants.length} items it reads`,
        allowed: `IAM takes ${format(policyLimits.role)} characters of inline policies`,
        remedy: "split the consumer, or gather values that are read together into one secret with fields",
      });
    }
  }
  return problems;
}

function boundaryProblems(plan: Plan): Problem[] {
  return plan.environments.flatMap((environment) => {
    const size = sizeOf(boundaryPolicy(plan, environment));
    if (size <= policyLimits.boundary) return [];
    return [
      {
        file: `Pulumi.${environment.workload.stack}.yaml`,
        line: 1,
        column: 1,
        path: "config.secrets-platform:boundary",
        found: `the permissions boundary would have ${over(size, policyLimits.boundary)}`,
        allowed: `IAM takes ${format(policyLimits.boundary)} characters in a managed policy`,
        remedy: "take statements out of the setting, or join those with the same resources",
      },
    ];
  });
}

/** ARNs of keys all have one length, whatever AWS makes up. */
function sampleKeyArns({ organisation }: Plan): KeyArns {
  return (key, region) =>
    `arn:${organisation.partition}:kms:${region}:${key.account}:key/00000000-0000-0000-0000-000000000000`;
}

function sizeOf(document: PolicyDocument): number {
  return policyText(document).length;
}

function over(size: number, limit: number): string {
  return `${format(size)} characters, ${format(size - limit)} too many,`;
}

function format(count: number): string {
  return count.toLocaleString("en-US");
}

/** The first few of many names. */
function listed(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(", ");
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown;
}
