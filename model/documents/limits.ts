import type { Problem } from "../problem";
import type { KeyPlan, Plan, RotatorPlan, SecretPlan } from "../plan/types";
import { boundaryPolicy } from "./boundaryPolicy";
import { consumerPolicy } from "./consumerPolicy";
import { environmentKeyPolicy } from "./environmentKeyPolicy";
import type { KeyArns } from "./keyArns";
import { breakGlassPolicy, developersPolicy, writersPolicy } from "./peoplePolicies";
import { type PolicyDocument, policyText } from "./policy";
import { rotatorPolicy } from "./rotatorPolicy";
import { secretPolicy } from "./secretPolicy";
import { breakGlassTrust, peopleTrust } from "./trustPolicies";

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
  /** Characters of a role's trust policy, unless the account's quota was raised. */
  trust: 2_048,
} as const;

/** Every document of the Plan that would pass AWS's limit, at the place in a manifest or stack file to mend. */
export function limitProblems(plan: Plan): Problem[] {
  return [
    ...plan.secrets.flatMap((secret) => secretProblems(plan, secret)),
    ...plan.keys.flatMap((key) => keyProblems(plan, key)),
    ...roleProblems(plan),
    ...boundaryProblems(plan),
    ...platformRoleProblems(plan),
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
      found: `the policy of ${secret.name} would have ${over(size, policyLimits.secret)}, with its ${names.length} readers (${listed(names)})`,
      allowed: `Secrets Manager takes ${format(policyLimits.secret)} characters`,
      remedy: "give some of these readers a secret of their own",
    },
  ];
}

function keyProblems(plan: Plan, key: KeyPlan): Problem[] {
  const regions = [plan.organisation.region, ...key.replicaRegions];
  const size = Math.max(...regions.map((region) => sizeOf(environmentKeyPolicy(plan, key, region))));
  if (size <= policyLimits.key) return [];
  const rolesByService = new Map<string, Set<string>>();
  const items = [...plan.parameters, ...plan.secrets].filter((item) => item.key === key);
  for (const item of items) {
    const seen = rolesByService.get(item.service) ?? new Set();
    const roles = item.kind === "secret" ? item.rotatorRoles : item.readers.map(({ arn }) => arn);
    for (const role of roles) seen.add(role);
    rolesByService.set(item.service, seen);
  }
  const heaviest = [...rolesByService].sort((a, b) => b[1].size - a[1].size);
  const first = items.find(({ service }) => service === heaviest[0]?.[0]);
  const names = heaviest.map(([service, roles]) => `${service} with ${roles.size} roles`);
  return [
    {
      ...(first?.at ?? { file: "services", line: 1, column: 1 }),
      path: first === undefined ? "" : `${first.kind}s.${first.item}`,
      found: `the policy of key ${key.alias} in account ${key.account} would have ${over(size, policyLimits.key)}`,
      allowed: `KMS takes ${format(policyLimits.key)} bytes`,
      remedy:
        key.service === undefined
          ? `give services a key of their own with \`key: own\`, the largest first: ${listed(names)}`
          : `let fewer consumers of ${key.service} read its SecureStrings, or split the service`,
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
        found: `the policy of role ${role.name} would have ${over(size, policyLimits.role)}, with the ${role.grants.length} items it reads`,
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

/** Roles under `/platform/`, whose documents grow with the settings and with the number of keys. */
function platformRoleProblems(plan: Plan): Problem[] {
  const { organisation } = plan;
  const { writers, developers, auditors, breakGlass } = organisation.principals;
  const place = { ...organisation, account: organisation.stacks[0]?.account ?? "" };
  const trusts = [
    ["writers", peopleTrust(place, writers)],
    ["developers", peopleTrust(place, developers)],
    ["auditors", peopleTrust(place, auditors)],
    ["breakGlass", breakGlassTrust(place, breakGlass)],
  ] as const;
  const policies = organisation.stacks.flatMap(({ account }) => [
    ["writers", account, writersPolicy(plan, account)] as const,
    ["developers", account, developersPolicy(plan, account)] as const,
    ["breakGlass", account, breakGlassPolicy(plan, account)] as const,
  ]);
  return [
    ...trusts.flatMap(([name, document]) => {
      const size = sizeOf(document);
      if (size <= policyLimits.trust) return [];
      return [
        inProject(`principals.${name}.trusted`, {
          found: `the trust of the role for ${name} would have ${over(size, policyLimits.trust)}`,
          allowed: `IAM takes ${format(policyLimits.trust)} characters in a role's trust policy`,
          remedy: "name fewer roles",
        }),
      ];
    }),
    ...policies.flatMap(([name, account, document]) => {
      const size = document ? sizeOf(document) : 0;
      if (size <= policyLimits.role) return [];
      const keys = plan.keys.filter((key) => key.account === account);
      return [
        inProject(`principals.${name}`, {
          found: `the policy of the role for ${name} in account ${account} would have ${over(size, policyLimits.role)}, with the ${keys.length} keys there`,
          allowed: `IAM takes ${format(policyLimits.role)} characters of inline policies`,
          remedy: "give fewer services a key of their own, or hold environments in several security stacks",
        }),
      ];
    }),
    ...plan.rotators.flatMap((rotator) => rotatorProblems(plan, rotator)),
  ];
}

function rotatorProblems(plan: Plan, rotator: RotatorPlan): Problem[] {
  if (rotator.hosted === "aws") return [];
  const size = sizeOf(rotatorPolicy(plan, rotator));
  if (size <= policyLimits.role) return [];
  const first = plan.secrets.find((secret) => secret.rotation.rotator === rotator);
  return [
    {
      ...(first?.at ?? { file: "services", line: 1, column: 1 }),
      path: first === undefined ? "" : `secrets.${first.item}`,
      found: `the policy of role ${rotator.roleName} would have ${over(size, policyLimits.role)}, with ${rotator.admins.length} administrators' logins`,
      allowed: `IAM takes ${format(policyLimits.role)} characters of inline policies`,
      remedy: "rotate some of these secrets by AWS's functions, with `hosted: aws`",
    },
  ];
}

/** At a setting of Pulumi.yaml, whose lines are not known here. */
function inProject(path: string, fault: Pick<Problem, "found" | "allowed" | "remedy">): Problem {
  return { file: "Pulumi.yaml", line: 1, column: 1, path: `config.${path}`, ...fault };
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
  return `${format(size)} characters, ${format(size - limit)} too many`;
}

function format(count: number): string {
  return count.toLocaleString("en-US");
}

/** The first few of many names. */
function listed(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(", ");
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown;
}
