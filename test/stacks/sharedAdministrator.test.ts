import assert from "node:assert/strict";
import { asset } from "@pulumi/pulumi";
import type { RotationSettings } from "../../model/functions/settings";
import { rotatorName } from "../../model/plan/names";
import type { Plan } from "../../model/plan/types";
import { evaluate } from "../../policies/pack/evaluate";
import { planSettings } from "../../policies/pack/planSettings";
import { rules } from "../../policies/rules";
import { sharedAdministratorPlan } from "../model/plan/support/sharedAdministrator";
import { ofType } from "./support/built";
import { runStack } from "./support/runStack";

describe("the security stack of services that share an administrator", function () {
  this.timeout(240_000);

  /** Settings that the functions are deployed with, by entry and environment. */
  const settings: [string, RotationSettings][] = [];

  async function stackOf(plan: Plan) {
    settings.length = 0;
    return runStack(plan, "security", {
      functionCode: (entry, given) => {
        settings.push([entry, given as RotationSettings]);
        return new asset.StringAsset(entry);
      },
    });
  }

  it("has one application of AWS for all under one key, and one for each other key, each with both keys", async () => {
    for (const ordersKey of [false, true]) {
      const plan = sharedAdministratorPlan({ ordersKey });
      const stack = await stackOf(plan);
      const arns = stack.outputs as {
        keyArns: Record<string, string>;
        secretArns: Record<string, string>;
      };
      const applications = ofType(stack, "aws:serverlessrepository/cloudFormationStack:CloudFormationStack")
        .map(({ inputs }) => inputs["parameters"] as Record<string, string>)
        .filter((parameters) =>
          parameters["functionName"]!.startsWith("rotation-prod-mysql-alternating-users"),
        )
        .map(({ functionName, kmsKeyArn, masterSecretArn, masterSecretKmsKeyArn }) => ({
          ...{ functionName, kmsKeyArn, masterSecretArn, masterSecretKmsKeyArn },
        }));
      const functionName = (name: string) => rotatorName("prod", `mysql-alternating-users-${name}`);
      const key = (owner: string) => arns.keyArns[`alias/prod/${owner}@eu-west-1`];
      const orders = ordersKey ? "orders" : "configuration";
      const expected = (name: string, owner: string) => ({
        functionName: functionName(name),
        kmsKeyArn: key(owner),
        masterSecretArn: arns.secretArns["orders/prod/mysql-admin"],
        masterSecretKmsKeyArn: key(orders),
      });
      assert.deepEqual(
        applications.sort((one, other) => (one.functionName! < other.functionName! ? -1 : 1)),
        [
          ...(ordersKey ? [expected("configuration-orders-mysql-admin", "configuration")] : []),
          expected("orders-mysql-admin", orders),
          expected("payments-orders-mysql-admin", "payments"),
        ],
      );
      const served = (name: string) =>
        plan.secrets
          .filter(({ rotation }) => rotation.rotator?.functionName === functionName(name))
          .map((secret) => secret.name);
      const sharing = ["reports/prod/reports-mysql", "stock/prod/stock-mysql"];
      assert.deepEqual(served(ordersKey ? "configuration-orders-mysql-admin" : "orders-mysql-admin"), [
        ...(ordersKey ? [] : ["orders/prod/orders-mysql"]),
        ...sharing,
      ]);
      assert.deepEqual(served("payments-orders-mysql-admin"), ["payments/prod/payments-mysql"]);
    }
  });

  it("puts the administrator's ARN into each value, and gives the pack nothing to refuse", async () => {
    const plan = sharedAdministratorPlan();
    const stack = await stackOf(plan);
    const { secretArns } = stack.outputs as { secretArns: Record<string, string> };
    for (const { name, environment, rotation } of plan.secrets) {
      const value = stack.resources.find((resource) => resource.name === `${name}-value`)!;
      const engine = /-(mysql|postgres)$/.exec(name)?.[1];
      const admin = engine === undefined ? undefined : `orders/${environment}/${engine}-admin`;
      assert.equal(rotation.admin, admin);
      assert.equal(value.inputs["masterArn"], admin && secretArns[admin]);
    }
    const found = evaluate(rules, stack.resources, { settings: planSettings(plan) });
    assert.deepEqual(
      found.filter(({ level }) => level === "mandatory"),
      [],
    );
  });

  it("tells the platform's function whose administrator each login has", async () => {
    await stackOf(sharedAdministratorPlan());
    const rotating = settings.filter(([entry]) => entry === "rotation/postgres").map(([, given]) => given);
    assert.deepEqual(
      rotating,
      ["staging", "prod"].map((environment) => ({
        secrets: [`payments/${environment}/payments-postgres`, `stock/${environment}/stock-postgres`],
        administrators: {
          [`payments/${environment}/payments-postgres`]: `orders/${environment}/postgres-admin`,
          [`stock/${environment}/stock-postgres`]: `orders/${environment}/postgres-admin`,
        },
      })),
    );
  });
});
