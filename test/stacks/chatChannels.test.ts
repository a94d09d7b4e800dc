import assert from "node:assert/strict";
import type { Plan } from "../../model/plan/types";
import { samplePlan, samplePlanIn } from "../model/plan/support/samples";
import { ofType } from "./support/built";
import { runStack } from "./support/runStack";

/** The plan with notices of every account in one channel of each kind. */
function inChannels(plan: Plan): Plan {
  const { organisation } = plan;
  const stacks = organisation.stacks.map((stack) => ({
    ...stack,
    notices: {
      ...stack.notices,
      slack: [{ workspace: "T0123ABCDEF", channel: "C0123ABCDEF" }],
      teams: [{ tenant: "tenant", team: "team", channel: "19:x@thread.tacv2" }],
    },
  })) as Plan["organisation"]["stacks"];
  return { ...plan, organisation: { ...organisation, stacks } };
}

describe("chat channels that hear of notices", function () {
  this.timeout(120_000);

  for (const [partition, plan] of [
    ["aws", samplePlan()],
    ["aws-cn", samplePlanIn("aws-cn")],
  ] as const) {
    it(`may ask AWS nothing in ${partition}: whatever role their people choose, AWSDenyAll stands before it`, async () => {
      const stack = await runStack(inChannels(plan), "security");
      const channels = [
        ...ofType(stack, "aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration"),
        ...ofType(stack, "aws:chatbot/teamsChannelConfiguration:TeamsChannelConfiguration"),
      ];
      assert.equal(channels.length, 2);
      for (const { inputs } of channels) {
        assert.deepEqual(inputs["guardrailPolicyArns"], [`arn:${partition}:iam::aws:policy/AWSDenyAll`]);
        assert.equal(inputs["userAuthorizationRequired"], undefined);
        const role = ofType(stack, "aws:iam/role:Role").find(
          ({ outputs }) => outputs["arn"] === inputs["iamRoleArn"],
        );
        assert.ok(role, String(inputs["iamRoleArn"]));
        const { name } = role.inputs;
        const policies = ofType(stack, "aws:iam/rolePolicy:RolePolicy").filter(
          (policy) => policy.inputs["role"] === name,
        );
        assert.deepEqual([policies, role.inputs["managedPolicyArns"]], [[], undefined]);
      }
    });
  }
});
