import assert from "node:assert/strict";
import { asset } from "@pulumi/pulumi";
import type { RotationSettings } from "../../model/functions/settings";
import { evaluate } from "../../policies/pack/evaluate";
import { planSettings } from "../../policies/pack/planSettings";
import { rules } from "../../policies/rules";
import { managedAdministratorPlan, managedArns } from "../model/plan/support/managedAdministrator";
import { ofType } from "./support/built";
import { runStack } from "./support/runStack";

const rolesArn = {
  staging: "arn:aws:iam::222222222222:role/platform/rotation-administrators",
  prod: "arn:aws:iam::333333333333:role/platform/rotation-administrators",
};

describe("stacks of an administrator that a database service manages", function () {
  this.timeout(240_000);

  it("have a role in the workload account, for the one function and the one secret", async () => {
    const stack = await runStack(managedAdministratorPlan(), "prod", { security: "deployed" });
    const role = ofType(stack, "aws:iam/role:Role").find(
      ({ inputs }) => inputs["name"] === "rotation-administrators",
    )!;
    assert.equal(role.inputs["path"], "/platform/");
    assert.deepEqual(JSON.parse(String(role.inputs["assumeRolePolicy"])), {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "RotationAssumes",
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::111111111111:root" },
          Action: "sts:AssumeRole",
          Condition: {
            ArnEquals: {
              "aws:PrincipalArn": "arn:aws:iam::111111111111:role/platform/rotation-prod-postgres",
            },
            StringEquals: { "aws:PrincipalOrgID": managedAdministratorPlan().organisation.id },
          },
        },
      ],
    });
    const policy = ofType(stack, "aws:iam/rolePolicy:RolePolicy").find(
      ({ inputs }) => inputs["name"] === "rotation-administrators",
    )!;
    assert.deepEqual(JSON.parse(String(policy.inputs["policy"])), {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "ReadAdministrators",
          Effect: "Allow",
          Action: ["secretsmanager:GetSecretValue"],
          Resource: [managedArns.prod],
        },
      ],
    });
  });

  it("have none where no login names one", async () => {
    const stack = await runStack(managedAdministratorPlan({ without: true }), "prod", {
      security: "deployed",
    });
    const names = ofType(stack, "aws:iam/role:Role").map(({ inputs }) => inputs["name"]);
    assert.ok(!names.includes("rotation-administrators"), names.join());
  });

  it("tell the function whose login to read, by which role, and for which server", async () => {
    const settings: RotationSettings[] = [];
    const stack = await runStack(managedAdministratorPlan(), "security", {
      functionCode: (entry, given) => {
        if (entry === "rotation/postgres") settings.push(given as RotationSettings);
        return new asset.StringAsset(entry);
      },
    });
    const expected = (environment: "staging" | "prod") => {
      const one = {
        secret: managedArns[environment],
        role: rolesArn[environment],
        host: "db.internal",
        port: 5432,
      };
      return {
        secrets: ["orders", "payments", "stock"]
          .map((service) => `${service}/${environment}/database`)
          .concat(`stock/${environment}/database-admin`),
        administrators: { [`stock/${environment}/database`]: `stock/${environment}/database-admin` },
        managedAdministrators: {
          [`orders/${environment}/database`]: one,
          [`payments/${environment}/database`]: one,
        },
      };
    };
    assert.deepEqual(settings, [expected("staging"), expected("prod")]);
    for (const environment of ["staging", "prod"] as const) {
      const value = stack.resources.find(({ name }) => name === `orders/${environment}/database-value`)!;
      assert.equal(value.inputs["masterArn"], managedArns[environment]);
      const policy = ofType(stack, "aws:iam/rolePolicy:RolePolicy").find(
        ({ inputs }) => inputs["name"] === `rotation-${environment}-postgres`,
      )!;
      const { Statement } = JSON.parse(String(policy.inputs["policy"])) as { Statement: { Sid: string }[] };
      assert.deepEqual(
        Statement.find(({ Sid }) => Sid === "ReadManagedAdministrators"),
        {
          Sid: "ReadManagedAdministrators",
          Effect: "Allow",
          Action: "sts:AssumeRole",
          Resource: rolesArn[environment],
        },
      );
    }
  });

  it("give the pack nothing to refuse", async () => {
    const plan = managedAdministratorPlan();
    for (const name of ["security", "staging", "prod"]) {
      const stack = await runStack(plan, name, name === "security" ? {} : { security: "deployed" });
      const found = evaluate(rules, stack.resources, { settings: planSettings(plan) });
      assert.deepEqual(
        found.filter(({ level }) => level === "mandatory"),
        [],
        name,
      );
    }
  });
});
