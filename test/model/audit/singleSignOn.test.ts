import assert from "node:assert/strict";
import type { Principal } from "../../../model/audit/principal";
import { accessFinding } from "../../../model/audit/accessFinding";
import type { Plan } from "../../../model/plan/types";
import { samplePlan } from "../plan/support/samples";

const path = "aws-reserved/sso.amazonaws.com/";
const end = "????????????????";

/** Deployer and expected readers of single sign-on, as settings may spell them. */
function planWith(place: string): Plan {
  const plan = samplePlan();
  const { organisation } = plan;
  const expectedRoles = [`${path}${place}AWSReservedSSO_Migrations_${end}`];
  return {
    ...plan,
    organisation: {
      ...organisation,
      principals: { ...organisation.principals, deployer: `${path}${place}AWSReservedSSO_Deployer_${end}` },
      stacks: organisation.stacks.map((stack) => ({ ...stack, alarms: { expectedRoles } })),
    },
  };
}

const role = (name: string): Principal => ({
  name: `arn:aws:iam::333333333333:role/${name}`,
  account: "333333333333",
  kind: "role",
});

describe("single sign-on roles that read values", () => {
  for (const place of ["*/", ""]) {
    it(`are known by their permission set, wherever Identity Center is: ${place}`, () => {
      const plan = planWith(place);
      const item = plan.parameters.find(
        ({ account, type }) => account === "333333333333" && type === "String",
      )!;
      const finding = (name: string) => accessFinding(plan, role(name), { ...item, kind: "parameter" });
      for (const region of ["eu-west-1/", ""]) {
        const named = (set: string) => `${path}${region}AWSReservedSSO_${set}_0123456789abcdef`;
        assert.equal(finding(named("Deployer")), "deployer");
        assert.equal(finding(named("Migrations")), "expected");
        for (const set of ["Deployer_Viewers", "Migrations_Viewers", "AWSReservedSSO_Deployer", "Deploy"]) {
          assert.equal(finding(named(set)), "unexplained", set);
        }
      }
      assert.equal(finding("AWSReservedSSO_Deployer_0123456789abcdef"), "unexplained");
    });
  }
});
