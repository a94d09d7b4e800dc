import assert from "node:assert/strict";
import { accessFinding } from "../../../model/audit/accessFinding";
import type { Plan, RotatorPlan } from "../../../model/plan/types";
import { sharedAdministratorPlan } from "../plan/support/sharedAdministrator";
import { Access } from "./support/access";
import { wrongGrants } from "./support/grants";

describe("an administrator that several services share", () => {
  for (const ordersKey of [false, true]) {
    for (const sharded of [false, true]) {
      const where = `under ${ordersKey ? "its service's own key" : "the environment's key"}${sharded ? ", in accounts of their own" : ""}`;

      it(`is read by every function that changes passwords with it, and by none else, ${where}`, () => {
        const plan = sharedAdministratorPlan({ ordersKey, sharded });
        const access = new Access(plan);
        assert.deepEqual(wrongGrants(plan), []);
        for (const rotator of plan.rotators) {
          const actor = access.rotator(rotator);
          const read = plan.secrets.filter((secret) => access.canRead(actor, secret));
          assert.deepEqual(
            read.map(({ name }) => name).sort(),
            [...new Set([...rotator.secrets, ...rotator.admins])].sort(),
            rotator.functionName,
          );
          const put = plan.secrets.filter((secret) => access.canPut(actor, secret)).map(({ name }) => name);
          for (const name of rotator.secrets)
            assert.ok(put.includes(name), `${rotator.functionName} ${name}`);
        }
        const admins = plan.rotators
          .filter(({ environment }) => environment === "prod")
          .flatMap((one) => one.admins);
        assert.deepEqual([...new Set(admins)].sort(), [
          "orders/prod/mysql-admin",
          "orders/prod/postgres-admin",
        ]);
      });
    }
  }

  it("is not read by the services that name it as administrator", () => {
    const plan = sharedAdministratorPlan();
    const access = new Access(plan);
    for (const { role, environment } of plan.consumers) {
      const read = plan.secrets.filter((secret) => access.canRead(access.consumer(role), secret));
      assert.deepEqual(
        read.map(({ name }) => name),
        [`payments/${environment}/payments-mysql`, `payments/${environment}/payments-postgres`],
      );
    }
  });

  it("is read for rotation, as audits say", () => {
    const plan = sharedAdministratorPlan();
    const admin = plan.secrets.find(({ name }) => name === "orders/prod/mysql-admin")!;
    const reader = rotatorOf(plan, "payments/prod/payments-mysql");
    const account = admin.account;
    const finding = (arn: string) =>
      accessFinding(plan, { kind: "role", name: arn.replace("*", "Rotation-1ABC"), account } as never, admin);
    assert.equal(finding(reader.role), "rotation");
    assert.equal(finding(rotatorOf(plan, "payments/prod/payments-postgres").role), "unexplained");
  });
});

function rotatorOf({ secrets }: Plan, name: string): RotatorPlan {
  return secrets.find((secret) => secret.name === name)!.rotation.rotator!;
}
