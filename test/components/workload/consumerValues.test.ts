import assert from "node:assert/strict";
import { injectedValues, valueReferences } from "../../../components/workload/consumerValues";
import type { ConsumerPlan, ReadableItem } from "../../../model/plan/types";
import { account, databaseArn, levelArn, sharedArn } from "./support/consumer";

const managedArn = `arn:aws:secretsmanager:eu-west-1:${account}:secret:rds!db-1234-AbCdEf`;
const secretArns = { "orders/prod/database": databaseArn, "billing/prod/token": sharedArn };

/** Of an item only what tells where it is. */
const item = (fields: object) => fields as ReadableItem;
const database = item({ kind: "secret", service: "orders", item: "database", name: "orders/prod/database" });
const token = item({ kind: "secret", service: "billing", item: "token", name: "billing/prod/token" });
const replica = item({ kind: "managed-secret", service: "orders", item: "replica", arn: managedArn });
const level = item({ kind: "parameter", service: "orders", item: "log-level", arn: levelArn });

/** A build reads and injects with one role, so its grants are both. */
const consumer = {
  name: "orders-prod-release",
  service: "orders",
  settings: {
    reads: [
      { service: "billing", item: "token" },
      { service: "orders", item: "log-level" },
      { service: "orders", item: "replica" },
    ],
  },
  role: { grants: [database, level, replica, token] },
  injections: [
    { variable: "DB_PASSWORD", item: database, field: "password" },
    { variable: "REPLICA", item: replica },
    { variable: "LOG_LEVEL", item: level },
  ],
} as unknown as ConsumerPlan;

describe("valueReferences", () => {
  it("gives what is read, not what is injected, by the names of the manifest", () => {
    assert.deepEqual(valueReferences(consumer, secretArns), [
      { item: "billing/token", arn: sharedArn },
      { item: "log-level", arn: levelArn },
      { item: "replica", arn: managedArn },
    ]);
  });

  it("stops at a secret whose ARN is not known", () => {
    assert.throws(() => valueReferences(consumer, {}), /ARN of secret billing\/prod\/token/);
  });

  it("stops at what was not granted", () => {
    const withoutGrants = { ...consumer, role: { ...consumer.role, grants: [] } };
    assert.throws(() => valueReferences(withoutGrants, secretArns), /not granted billing\/token/);
  });
});

describe("injectedValues", () => {
  it("tells secrets, whoever rotates them, from parameters", () => {
    assert.deepEqual(injectedValues(consumer, secretArns), [
      { kind: "secret", variable: "DB_PASSWORD", arn: databaseArn, field: "password" },
      { kind: "secret", variable: "REPLICA", arn: managedArn },
      { kind: "parameter", variable: "LOG_LEVEL", arn: levelArn },
    ]);
  });
});
