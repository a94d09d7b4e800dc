import assert from "node:assert/strict";
import type { Parameter, Service } from "../../../model/catalogue/types";
import { buildPlan } from "../../../model/plan/build";
import type { ParameterPlan } from "../../../model/plan/types";
import { catalogue, plainText, secret, secureString, service } from "./support/catalogues";
import { organisation } from "./support/organisations";

const at = { file: "services/orders.yaml", line: 3, column: 5 };
const common = {
  ...{ service: "orders", environment: "prod", owner: "orders-team@example.com", at },
  ...{ shareWith: [], readers: [] },
};

function planned(rest: Partial<Service>) {
  return buildPlan(catalogue(service("orders", rest)), organisation());
}

function parameterPlans(...parameters: readonly Parameter[]): readonly ParameterPlan[] {
  return planned({ parameters }).parameters;
}

/** All that a Plan says of an item: what is left out of it, nothing else can say. */
describe("the plan of an item, as a whole", () => {
  it("of a SecureString in the security account", () => {
    const [token] = parameterPlans(secureString("token"));
    const { key, ...rest } = token!;
    assert.deepEqual(rest, {
      ...common,
      kind: "parameter",
      item: "token",
      description: "Token the partner gave us",
      account: "111111111111",
      name: "/orders/prod/token",
      arn: "arn:aws:ssm:eu-west-1:111111111111:parameter/orders/prod/token",
      home: "security",
      type: "SecureString",
      tier: "Advanced",
      expires: { never: false, afterDays: 90, warnDays: 14 },
      protected: true,
    });
    assert.deepEqual(key, {
      id: "security:alias/prod/configuration",
      home: "security",
      environment: "prod",
      account: "111111111111",
      alias: "alias/prod/configuration",
      replicaRegions: [],
      protected: true,
      deletionWindowDays: 30,
    });
  });

  it("of one in the workload account that is retired", () => {
    const [kept] = parameterPlans(secureString("kept", { home: "workload", tier: "Standard", retire: true }));
    const { key, ...rest } = kept!;
    assert.deepEqual(rest, {
      ...common,
      kind: "parameter",
      item: "kept",
      description: "Token the partner gave us",
      account: "333333333333",
      retired: true,
      name: "/orders/prod/kept",
      arn: "arn:aws:ssm:eu-west-1:333333333333:parameter/orders/prod/kept",
      home: "workload",
      type: "SecureString",
      tier: "Standard",
      expires: { never: false, afterDays: 90, warnDays: 14 },
      protected: false,
    });
    assert.deepEqual([key?.id, key?.account], ["workload:alias/prod/configuration", "333333333333"]);
  });

  it("of a plain parameter", () => {
    assert.deepEqual(parameterPlans(plainText("level")), [
      {
        ...common,
        kind: "parameter",
        item: "level",
        description: "Verbosity of the logs",
        account: "333333333333",
        name: "/orders/prod/level",
        arn: "arn:aws:ssm:eu-west-1:333333333333:parameter/orders/prod/level",
        home: "workload",
        type: "String",
        tier: "Standard",
        value: "info",
        protected: false,
      },
    ]);
  });

  it("of a secret with one field", () => {
    const { secrets } = planned({ secrets: [secret("token", { fields: ["id"] }), secret("whole")] });
    assert.deepEqual(
      secrets.map(({ shape }) => shape),
      [{ form: "fields", fields: ["id"] }, { form: "string" }],
    );
  });

  it("of a secret under a key of its service's own, with a replica", () => {
    const { secrets } = planned({
      ownKey: true,
      secrets: [secret("token", { fields: ["id", "key"], replicas: ["eu-central-1"] })],
    });
    const key = {
      id: "security:alias/prod/orders",
      home: "security",
      environment: "prod",
      account: "111111111111",
      alias: "alias/prod/orders",
      service: "orders",
      replicaRegions: ["eu-central-1"],
      protected: true,
      deletionWindowDays: 30,
    };
    const functionArn = "arn:aws:lambda:eu-west-1:111111111111:function:rotation-prod-generated";
    const role = "arn:aws:iam::111111111111:role/platform/rotation-prod-generated";
    assert.deepEqual(secrets, [
      {
        ...common,
        kind: "secret",
        item: "token",
        description: "Signs what we send",
        account: "111111111111",
        name: "orders/prod/token",
        arnPattern: "arn:aws:secretsmanager:eu-west-1:111111111111:secret:orders/prod/token-??????",
        key,
        shape: { form: "fields", fields: ["id", "key"] },
        rotation: {
          rotator: {
            environment: "prod",
            account: "111111111111",
            functionName: "rotation-prod-generated",
            functionArn,
            secrets: ["orders/prod/token"],
            admins: [],
            keys: [key],
            hosted: "platform",
            rotates: "generated",
            roleName: "rotation-prod-generated",
            role,
          },
          functionArn,
          schedule: { expression: "rate(30 days)", longestDays: 30 },
          immediately: true,
        },
        rotatorRoles: [role],
        replicas: ["eu-central-1"],
        protected: true,
        recoveryWindowDays: 30,
      },
    ]);
  });
});
