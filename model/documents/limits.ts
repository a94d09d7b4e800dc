import type { Problem, ProblemWords } from "../yaml/problem";
import { lambdaEnvironmentSize } from "../catalogue/lambdaEnvironment";
import { referenceVariable } from "../catalogue/referenceVariable";
import { isManagedAdmin } from "../plan/managedAdmin";
import { platformFunctionNames } from "../plan/names";
import { rolloutsIn } from "../plan/rollouts";
import type { KeyPlan, Plan, PlatformRotatorPlan, RotatorPlan, SecretPlan } from "../plan/types";
import { boundaryPolicy } from "./boundaryPolicy";
import { consumerPolicy } from "./consumerPolicy";
import { environmentKeyPolicy } from "./environmentKeyPolicy";
import type { KeyArns } from "./keyArns";
import { accountPlace } from "./accountHoldings";
import { breakGlassPolicy, developersPolicy, writersPolicy } from "./peoplePolicies";
import { organisationPolicy } from "./organisationPolicy";
import { rolloutPolicy } from "./rolloutPolicies";
import { managedAdministratorsPolicy } from "./managedAdministrators";
import { rotatorPolicy } from "./rotatorPolicy";
import { secretPolicy } from "./secretPolicy";
import { furtherPolicyLimits, longestLambdaEnvironment, policyLimits } from "../aws/quotas";
import { format, listed, over, sizeOf } from "./sizes";
import { taskSizeProblems } from "./taskSize";
import { breakGlassTrust, peopleTrust } from "./trustPolicies";
import { rolesOf } from "../plan/contents";

/** Every document of the Plan that would pass AWS's limit, at the place in a manifest or stack file to fix. */
export function limitProblems(plan: Plan): Problem[] {
  return [
    ...plan.secrets.flatMap((secret) => secretProblems(plan, secret)),
    ...plan.keys.flatMap((key) => keyProblems(plan, key)),
    ...roleProblems(plan),
    ...environmentProblems(plan),
    ...taskSizeProblems(plan),
    ...boundaryProblems(plan),
    ...platformRoleProblems(plan),
    ...rolloutProblems(plan),
    ...organisationProblems(plan),
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
    for (const role of rolesOf([consumer])) {
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

/** Lambda's variables say where each item is that a function reads. */
function environmentProblems(plan: Plan): Problem[] {
  return plan.consumers.flatMap((consumer) => {
    const { settings, role } = consumer;
    if (settings.kind !== "lambda" || settings.function === undefined) return [];
    const variables = role.grants.map((item): [string, string] => [
      referenceVariable(item.service === consumer.service ? item.item : `${item.service}/${item.item}`),
      // As long as the ARN that AWS will make of it.
      item.kind === "secret" ? item.arnPattern : item.arn,
    ]);
    const size = lambdaEnvironmentSize({ ...Object.fromEntries(variables), ...consumer.variables });
    if (size <= longestLambdaEnvironment) return [];
    return [
      {
        ...settings.at,
        path: `consumers.${consumer.consumer}`,
        found: `the variables of ${consumer.name} with the ARNs of the ${variables.length} items it reads would have ${over(size, longestLambdaEnvironment, "bytes")}`,
        allowed: `Lambda takes ${format(longestLambdaEnvironment)} bytes`,
        remedy: "split the consumer, or gather values that are read together into one secret with fields",
      },
    ];
  });
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
  const first = plan.secrets.find((secret) => secret.rotation.rotator === rotator);
  if (size <= policyLimits.role) return managedAdminsProblems(plan, rotator);
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

function managedAdminsProblems({ secrets: all }: Plan, rotator: PlatformRotatorPlan): Problem[] {
  const { managedAdmins, environment } = rotator;
  const size = managedAdmins === undefined ? 0 : sizeOf(managedAdministratorsPolicy(managedAdmins));
  if (managedAdmins === undefined || size <= policyLimits.role) return [];
  const { roleName, secrets } = managedAdmins;
  const first = all.find(
    ({ rotation: { rotator: by, admin } }) => by === rotator && admin !== undefined && isManagedAdmin(admin),
  );
  return [
    {
      ...(first?.at ?? { file: "services", line: 1, column: 1 }),
      path: first === undefined ? "" : `secrets.${first.item}`,
      found: `the policy of role ${roleName} in ${environment} would have ${over(size, policyLimits.role)}, with ${secrets.length} administrators that RDS manages`,
      allowed: `IAM takes ${format(policyLimits.role)} characters of inline policies`,
      remedy: "name administrators of your own making for some of them",
    },
  ];
}

/** At a setting of Pulumi.yaml, whose lines are not known here. */
function inProject(path: string, problem: ProblemWords): Problem {
  return { file: "Pulumi.yaml", line: 1, column: 1, path: `config.${path}`, ...problem };
}

/** ARNs of keys all have one length, whatever AWS makes up. */
function sampleKeyArns({ organisation }: Plan): KeyArns {
  return (key, region) =>
    `arn:${organisation.partition}:kms:${region}:${key.account}:key/00000000-0000-0000-0000-000000000000`;
}

/** The role that redeploys ECS services names each of them. */
function rolloutProblems(plan: Plan): Problem[] {
  return plan.environments.flatMap(({ name, workload }) => {
    const services = rolloutsIn(plan, name).flatMap((rollout) => rollout.services);
    const size = sizeOf(rolloutPolicy(accountPlace(plan.organisation, workload.account), services));
    if (size <= policyLimits.role) return [];
    const first = plan.consumers.find(
      ({ environment, settings }) =>
        environment === name && settings.kind === "ecs" && settings.rollout !== undefined,
    );
    return [
      {
        ...(first?.settings.at ?? { file: "services", line: 1, column: 1 }),
        path: first === undefined ? "" : `consumers.${first.consumer}.rollout`,
        found: `the policy of role ${platformFunctionNames.rollout} in ${name} would have ${over(size, policyLimits.role)}, with all that stands under \`rollout\``,
        allowed: `IAM takes ${format(policyLimits.role)} characters of inline policies`,
        remedy: "take `rollout` from some consumers, and read the values at run time",
      },
    ];
  });
}

/** The service control policy names each role that nobody may change. */
function organisationProblems({ organisation }: Plan): Problem[] {
  const size = sizeOf(organisationPolicy(organisation));
  if (size <= furtherPolicyLimits.organisation) return [];
  return [
    inProject("principals.administrators", {
      found: `the policy for the organisation would have ${over(size, furtherPolicyLimits.organisation)}, with the roles of \`deployer\`, \`administrators\` and \`foundation\``,
      allowed: `AWS Organizations takes ${format(furtherPolicyLimits.organisation)} characters in a service control policy`,
      remedy: "name fewer roles",
    }),
  ];
}
