import { boundaryPolicy } from "../../../../model/documents/boundaryPolicy";
import { consumerPolicy } from "../../../../model/documents/consumerPolicy";
import { endpointPolicy } from "../../../../model/documents/endpointPolicy";
import { environmentKeyPolicy } from "../../../../model/documents/environmentKeyPolicy";
import {
  auditorsPolicy,
  breakGlassPolicy,
  developersPolicy,
  writersPolicy,
} from "../../../../model/documents/peoplePolicies";
import type { PolicyDocument } from "../../../../model/documents/policy";
import { policyText } from "../../../../model/documents/policy";
import { rotatorPolicy } from "../../../../model/documents/rotatorPolicy";
import { secretPolicy } from "../../../../model/documents/secretPolicy";
import type {
  AccessDocuments,
  ItemDocuments,
  KeyDocuments,
  NamedPolicy,
  PrincipalDocuments,
} from "../../../../model/access/input";
import type { Plan, ReadableItem } from "../../../../model/plan/types";
import { keyArn, secretArn } from "../../documents/support/access";
import { rolesOf } from "../../documents/support/grants";

/** The most that any administrator of an account could give a role. */
export const everything: NamedPolicy = {
  name: "everything",
  document: {
    Version: "2012-10-17",
    Statement: [{ Sid: "All", Effect: "Allow", Action: "*", Resource: "*" }],
  },
};

export const outsider = "999999999999";

/** What the Plan's documents come to, with people, rotators, whoever administers an account, and an outsider. */
export function planDocuments(plan: Plan): AccessDocuments {
  const { organisation } = plan;
  const accounts = [...new Set(organisation.stacks.map(({ account }) => account))];
  return {
    accounts: [
      ...accounts.map((account) => ({ account, organisation: organisation.id })),
      { account: outsider, organisation: "o-otherotherot" },
    ],
    principals: [
      ...consumers(plan),
      ...rotators(plan),
      ...accounts.flatMap((account) => people(plan, account)),
    ],
    items: items(plan),
    keys: keys(plan),
    endpoints: accounts.flatMap((account) =>
      (["kms", "secretsmanager", "ssm"] as const).map((service) => {
        const place = { partition: organisation.partition, region: organisation.region, account };
        const id = `vpce-${service}-${account}`;
        return { id, account, service, policy: named(id, endpointPolicy(organisation.id, place, service)) };
      }),
    ),
  };
}

export function named(name: string, document: PolicyDocument): NamedPolicy {
  return { name, document: policyText(document) };
}

function consumers(plan: Plan): readonly PrincipalDocuments[] {
  return rolesOf(plan).map((role) => {
    const consumer = plan.consumers.find((one) => one.role === role || one.executionRole === role)!;
    const environment = plan.environments.find(({ name }) => name === role.environment)!;
    const policy = consumerPolicy(plan, consumer, role, keyArn);
    return {
      arn: role.arn,
      policies: policy === undefined ? [] : [named(`policy of ${role.name}`, policy)],
      boundary: named(`boundary of ${environment.name}`, boundaryPolicy(plan, environment)),
    };
  });
}

function rotators(plan: Plan): readonly PrincipalDocuments[] {
  const own = plan.secrets.filter(({ rotation }) => rotation.rotator === undefined);
  return [
    ...plan.rotators.map((rotator) => ({
      arn: rotator.role.replace("*", "SecretsManagerRotationRole-1ABCDEFGHIJK"),
      policies: [
        rotator.hosted === "aws"
          ? everything
          : named(`policy of ${rotator.functionName}`, rotatorPolicy(plan, rotator)),
      ],
    })),
    ...[...new Set(own.flatMap(({ rotatorRoles }) => rotatorRoles))].map((arn) => ({
      arn,
      policies: [everything],
    })),
  ];
}

function people(plan: Plan, account: string): readonly PrincipalDocuments[] {
  const { partition } = plan.organisation;
  const role = (name: string) => `arn:${partition}:iam::${account}:role/${name}`;
  const holder = (name: string, policy: PolicyDocument | undefined): PrincipalDocuments => ({
    arn: role(`platform/${name}`),
    policies: policy === undefined ? [] : [named(`policy of ${name} in ${account}`, policy)],
  });
  return [
    holder("secrets-writers", writersPolicy(plan, account)),
    holder("secrets-developers", developersPolicy(plan, account)),
    holder("secrets-auditors", auditorsPolicy(plan, account)),
    holder("secrets-break-glass", breakGlassPolicy(plan, account)),
    { arn: role("Administrator"), policies: [everything] },
    { arn: role("platform-deployer"), policies: [everything] },
    ...(account === plan.organisation.stacks[0]?.account
      ? [{ arn: role("Administrator").replace(account, outsider), policies: [everything] }]
      : []),
  ];
}

function items(plan: Plan): readonly ItemDocuments[] {
  const { organisation } = plan;
  return [
    ...plan.secrets.flatMap((secret) =>
      [organisation.region, ...secret.replicas].map((region): ItemDocuments => ({
        kind: "secret",
        arn: secretArn(plan, secret, region),
        key: keyArn(secret.key, region),
        policy: named(`policy of ${secret.name}`, secretPolicy(plan, secret)),
        ...(secret.rotation.functionArn !== undefined && { rotationFunction: secret.rotation.functionArn }),
      })),
    ),
    ...new Map(plan.managedSecrets.map(({ arn }) => [arn, { kind: "secret" as const, arn }])).values(),
    ...plan.parameters.map((parameter): ItemDocuments => {
      const readers = [...new Set(parameter.readers.map(({ account }) => account))];
      return {
        kind: "parameter",
        arn: parameter.arn,
        type: parameter.type,
        ...(parameter.key && { key: keyArn(parameter.key, organisation.region) }),
        ...(parameter.home === "security" &&
          readers.length > 0 && {
            shares: [
              { name: `share of ${parameter.name}`, accounts: readers, external: false, permission: "read" },
            ],
          }),
      };
    }),
  ];
}

function keys(plan: Plan): readonly KeyDocuments[] {
  return plan.keys.flatMap((key) =>
    [plan.organisation.region, ...key.replicaRegions].map((region) => ({
      arn: keyArn(key, region),
      aliases: [key.alias],
      policy: named(`policy of ${key.id} in ${region}`, environmentKeyPolicy(plan, key, region)),
    })),
  );
}

/** ARN of an item among the documents. */
export function itemArn(plan: Plan, item: ReadableItem): string {
  return item.kind === "secret" ? secretArn(plan, item) : item.arn;
}
