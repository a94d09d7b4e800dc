import assert from "node:assert/strict";
import { platformPath, platformRoleNames } from "../../model/plan/names";
import { decide } from "../model/documents/support/evaluator";
import { samplePlan } from "../model/plan/support/samples";
import { type Built, built, ofType } from "./support/built";
import { runStack } from "./support/runStack";

/** Names of the permission sets that the tests' organisation trusts, by the role that each may assume. */
const sets = {
  writers: "SecretsWriters",
  developers: "Developers",
  auditors: "Auditors",
  breakGlass: "BreakGlass",
} as const;
const people = Object.keys(sets) as (keyof typeof sets)[];

describe("the roles for people in every account", function () {
  this.timeout(120_000);
  let all: Built;

  before(async () => {
    all = await built("aws");
  });

  /** What the registered role's trust says to a session of a permission set. */
  function decision(
    stack: Built["stacks"][number],
    person: keyof typeof sets,
    set: string,
    context: Readonly<Record<string, string>> = {},
  ): string {
    const roles = ofType(stack, "aws:iam/role:Role").filter(
      ({ inputs }) => inputs["path"] === platformPath && inputs["name"] === platformRoleNames[person],
    );
    assert.equal(roles.length, 1, `${roles.length} roles ${platformRoleNames[person]} in ${stack.stack}`);
    const { account } = stack;
    const session = `aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_${set}_0123456789abcdef`;
    return decide(String(roles[0]!.inputs["assumeRolePolicy"]), {
      caller: { arn: `arn:aws:iam::${account}:role/${session}`, account, organisation: "o-exampleorgid" },
      action: "sts:AssumeRole",
      resource: "",
      context,
    });
  }

  for (const person of people) {
    it(`${person}: assumed by those whom the settings name for it, and by none of the others`, () => {
      for (const stack of all.stacks)
        for (const other of people) {
          const expected = other === person ? "allow" : "nothing";
          assert.equal(decision(stack, person, sets[other]), expected, `${other} in ${stack.stack}`);
        }
    });
  }

  it("break-glass of IAM users: only with a second factor less than 15 minutes old", async () => {
    const plan = samplePlan();
    const { organisation } = plan;
    const breakGlass = { ...organisation.principals.breakGlass, mfa: "iam" as const };
    const principals = { ...organisation.principals, breakGlass };
    const stack = await runStack({ ...plan, organisation: { ...organisation, principals } }, "security");
    const after = (seconds: string) =>
      decision(stack, "breakGlass", sets.breakGlass, {
        "aws:MultiFactorAuthPresent": "true",
        "aws:MultiFactorAuthAge": seconds,
      });
    assert.deepEqual(
      [after("0"), after("899"), after("900"), after("3600")],
      ["allow", "allow", "nothing", "nothing"],
    );
    assert.equal(decision(stack, "breakGlass", sets.breakGlass), "nothing", "without a second factor");
    assert.equal(decision(stack, "auditors", sets.auditors), "allow", "others need none");
  });
});
