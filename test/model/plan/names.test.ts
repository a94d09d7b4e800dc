import assert from "node:assert/strict";
import fc from "fast-check";
import * as names from "../../../model/plan/names";
import { awsNames } from "./support/awsNames";
import { samplePlan } from "./support/samples";

describe("names of the samples", () => {
  it("are these, and policies elsewhere may count on them", () => {
    const plan = samplePlan();
    const orders = plan.consumers.find(({ name }) => name === "orders-prod-worker");
    assert.deepEqual(
      [orders?.role.arn, orders?.executionRole?.arn],
      [
        "arn:aws:iam::333333333333:role/services/orders/orders-prod-worker-task",
        "arn:aws:iam::333333333333:role/services/orders/orders-prod-worker-execution",
      ],
    );
    const found = awsNames(plan)
      .filter(({ account }) => account === "111111111111")
      .map(({ kind, name }) => `${kind} ${name}`);
    for (const name of [
      "secret orders/staging/database",
      "parameter /orders/prod/partner-token",
      "key alias/prod/configuration",
      "key alias/staging/payments",
      "function rotation-prod-generated",
      "function rotation-prod-postgres",
      "function rotation-staging-mysql-alternating-users-catalog-articles-admin",
      "role rotation-prod-postgres",
    ]) {
      assert.ok(found.includes(name), `${name} is not among\n${found.join("\n")}`);
    }
  });
});

describe("the role for a partner's secret", () => {
  it("is another for each secret, also where the parts joined by hyphens are the same, and fits", () => {
    const all = ["a-b/prod/c", "a/prod/b-c", "a/prod-b/c", `${"s".repeat(30)}/prod/${"i".repeat(90)}`].map(
      names.partnerRoleName,
    );
    assert.equal(new Set(all).size, all.length);
    for (const name of all) assert.match(name, /^rotation-prod[\w-]{1,51}-[a-z0-9]{8}$/);
  });
});

describe("shortening", () => {
  it("keeps what fits, to the character", () => {
    assert.equal(names.shorten("a".repeat(64), 64), "a".repeat(64));
    assert.match(names.shorten("a".repeat(65), 64), /^a{55}-[a-z0-9]{8}$/);
  });

  it("gives long names of one beginning different ends, fifty thousand and none twice", function () {
    this.timeout(240_000);
    const common = "s".repeat(64);
    const seen = new Set<string>();
    for (let index = 0; index < 50_000; index++) seen.add(names.shorten(`${common}-${index}`, 64));
    assert.equal(seen.size, 50_000);
  });

  it("keeps the roles of one ECS consumer apart", () => {
    const long = ["service-of-a-long-name-in-thirty-2", "prod", "consumer-of-a-long-name-in-thirty"] as const;
    const [execution, task] = [names.roleName(...long, "execution"), names.roleName(...long, "task")];
    assert.equal(execution.length, 64);
    assert.equal(task.length, 64);
    assert.notEqual(execution, task);
  });
});

describe("the name of a hosted application's stack", () => {
  it("has nine characters, so that CloudFormation leaves it whole in front of its roles' names", () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1 }), (identity) => {
        assert.match(names.hostedStackName(...identity), /^sp[a-z0-9]{7}$/);
      }),
    );
    assert.equal((names.hostedStackPrefix + names.hostedStackName("prod")).length, 24);
  });

  it("tells identities apart that read the same when joined", () => {
    assert.notEqual(names.hostedStackName("prod", "a-b", "c"), names.hostedStackName("prod", "a", "b-c"));
    assert.notEqual(names.hostedStackName("prod", "ab"), names.hostedStackName("prod", "a", "b"));
  });
});
