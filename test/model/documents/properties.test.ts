import assert from "node:assert/strict";
import { secretPolicy } from "../../../model/documents/secretPolicy";
import type { Plan } from "../../../model/plan/types";
import { forAnyPlan } from "../plan/support/plans";
import { Access, type Actor } from "./support/access";
import { documentFaults } from "./support/documents";
import { forbidden } from "./support/forbidden";
import { itemsOf, rolesOf, wrongGrants } from "./support/grants";

describe("the documents of any valid catalogue", function () {
  this.timeout(240_000);

  it("open exactly what the plan grants, and say nothing that no document may say", () => {
    let open = 0;
    let closed = 0;
    forAnyPlan((plan) => {
      assert.deepEqual(wrongGrants(plan), []);
      assert.deepEqual(documentFaults(plan, forbidden), []);
      const granted = rolesOf(plan).reduce((sum, { grants }) => sum + grants.length, 0);
      open += granted;
      closed += rolesOf(plan).length * itemsOf(plan).length - granted;
    });
    assert.ok(open > 100 && closed > 1_000, `${open} pairs were open and ${closed} closed`);
  });

  it("keep secrets from people, from roles of any power, and from rotators of others; not from break-glass", () => {
    forAnyPlan((plan) => {
      const access = new Access(plan);
      const { deployer, administrators } = plan.organisation.principals;
      const actors = plan.organisation.stacks.flatMap(({ account }) => [
        ...(["writers", "developers", "auditors"] as const).map((person) => access.person(person, account)),
        ...[deployer, ...administrators, "services/x/imposter"].map((name) => access.mighty(account, name)),
      ]);
      for (const actor of actors) assert.deepEqual(secretsReadBy(plan, access, actor), [], actor.arn);
      for (const rotator of plan.rotators) {
        const known = new Set([...rotator.secrets, ...rotator.admins]);
        const read = secretsReadBy(plan, access, access.rotator(rotator));
        assert.deepEqual(new Set(read), known, rotator.functionName);
      }
      for (const secret of plan.secrets) {
        assert.ok(access.canRead(access.person("breakGlass", secret.account), secret), secret.name);
      }
    });
  });

  it("spare from a secret's refusal only roles under paths that are reserved", () => {
    const reserved = /:role\/(?:services|platform|rotation)\/|:role\/serverlessrepo-sp[a-z0-9]{7}-\*$/;
    const seen = new Set<string>();
    forAnyPlan((plan) => {
      for (const secret of plan.secrets) {
        for (const statement of secretPolicy(plan, secret).Statement) {
          for (const values of Object.values(statement.Condition ?? {})) {
            for (const arn of [values["aws:PrincipalArn"] ?? []].flat()) {
              assert.match(arn, reserved, secret.name);
              seen.add(/:role\/[a-z]+/.exec(arn)![0]);
            }
          }
        }
      }
    });
    assert.deepEqual([...seen].sort(), [
      ":role/platform",
      ":role/rotation",
      ":role/serverlessrepo",
      ":role/services",
    ]);
  });
});

function secretsReadBy(plan: Plan, access: Access, actor: Actor): readonly string[] {
  return plan.secrets.filter((secret) => access.canRead(actor, secret)).map(({ name }) => name);
}
