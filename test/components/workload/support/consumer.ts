import { Policy } from "@pulumi/aws/iam";
import type { ConsumerRoleArgs } from "../../../../components/workload/consumerRole";
import type { InjectedValue, ValueReference } from "../../../../components/workload/references";
import { policyNamed } from "../../support/organisation";

/** Arguments of consumers in the sample organisation's production account. */
export const account = "333333333333";
export const boundaryArn = `arn:aws:iam::${account}:policy/platform/services-boundary-prod`;
export const operationsKeyArn = `arn:aws:kms:eu-west-1:${account}:key/99999999-8888-7777-6666-555555555555`;
export const logs = { retentionDays: 365, keyArn: operationsKeyArn };

/** Registers a policy to wait for, as the account's boundary is. */
export function boundary() {
  return { arn: boundaryArn, policy: new Policy("boundary", { policy: "{}" }) };
}

export function roleArgs(name: string): ConsumerRoleArgs {
  return {
    name,
    path: "/services/orders/",
    arn: `arn:aws:iam::${account}:role/services/orders/${name}`,
    trust: policyNamed("Trust"),
    policy: policyNamed("Configuration"),
  };
}

/** What `roleArgs` becomes. */
export function roleInputs(name: string, tags: unknown) {
  return {
    name,
    path: "/services/orders/",
    assumeRolePolicy: JSON.stringify(policyNamed("Trust")),
    permissionsBoundary: boundaryArn,
    maxSessionDuration: 3600,
    tags,
  };
}

export const databaseArn = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:orders/prod/database-AbCdEf";
export const sharedArn = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:billing/prod/token-GhIjKl";
export const levelArn = `arn:aws:ssm:eu-west-1:${account}:parameter/orders/prod/log-level`;

export const references: ValueReference[] = [
  { item: "log-level", arn: levelArn },
  { item: "billing/token", arn: sharedArn },
  { item: "database", arn: databaseArn },
];

export const referenceEnvironment = {
  BILLING_TOKEN_ARN: sharedArn,
  DATABASE_ARN: databaseArn,
  LOG_LEVEL_ARN: levelArn,
};

export const injected: InjectedValue[] = [
  { kind: "secret", variable: "DB_PASSWORD", arn: databaseArn, field: "password" },
  { kind: "parameter", variable: "LOG_LEVEL", arn: levelArn },
  { kind: "secret", variable: "BILLING_TOKEN", arn: sharedArn },
];
