import assert from "node:assert/strict";
import { EventRules, type EventRulesArgs } from "../../../components/account/eventRules";
import type { EventRule } from "../../../model/detection/types";
import { rejected } from "../support/problems";
import { runProgram } from "../support/harness";
import { policyNamed, policyTooLong, tags } from "../support/organisation";

const topicArn = "arn:aws:sns:eu-west-1:111111111111:secrets-platform-notices";

const failed: EventRule = {
  id: "rotation-failed",
  description: "A rotation failed",
  pattern: { source: ["aws.secretsmanager"], detail: { eventName: ["RotationFailed"] } },
  includesReads: false,
  message: {
    fields: { secret: "$.detail.additionalEventData.SecretId" },
    title: "A rotation failed",
    description: "The rotation of <secret> failed.",
    nextSteps: ["Read its log"],
  },
};

const args: EventRulesArgs = {
  namePrefix: "secrets-platform",
  rules: [failed, { ...failed, id: "sensitive-calls", includesReads: true }],
  topicArn,
  role: { name: "event-notices", trust: policyNamed("Trust"), policy: policyNamed("Publish") },
  tags,
};

describe("EventRules", () => {
  it("tells the topic of events in words, as a role", async () => {
    const { created, named } = await runProgram(() => new EventRules("notices", args));
    assert.deepEqual(created, [
      "aws:cloudwatch/eventRule:EventRule notices-rotation-failed",
      "aws:cloudwatch/eventRule:EventRule notices-sensitive-calls",
      "aws:cloudwatch/eventTarget:EventTarget notices-rotation-failed-target",
      "aws:cloudwatch/eventTarget:EventTarget notices-sensitive-calls-target",
      "aws:iam/role:Role notices-role",
      "aws:iam/rolePolicy:RolePolicy notices-policy",
    ]);
    assert.deepEqual(named("notices-rotation-failed").inputs, {
      name: "secrets-platform-rotation-failed",
      description: "A rotation failed",
      eventPattern: '{"source":["aws.secretsmanager"],"detail":{"eventName":["RotationFailed"]}}',
      state: "ENABLED",
      tags,
    });
    const { inputs, dependsOn } = named("notices-rotation-failed-target");
    assert.deepEqual(inputs, {
      rule: "secrets-platform-rotation-failed",
      arn: topicArn,
      roleArn: "arn:aws:iam::111111111111:role/platform/event-notices",
      inputTransformer: {
        inputPaths: { secret: "$.detail.additionalEventData.SecretId" },
        inputTemplate: JSON.stringify({
          version: "1.0",
          source: "custom",
          content: {
            textType: "client-markdown",
            title: "A rotation failed",
            description: "The rotation of <secret> failed.",
            nextSteps: ["Read its log"],
            keywords: ["rotation-failed"],
          },
        }),
      },
    });
    assert.ok(dependsOn.includes("notices-policy"));
  });

  it("asks for calls that only read where a notice is about them", async () => {
    const { named } = await runProgram(() => new EventRules("notices", args));
    assert.equal(
      named("notices-sensitive-calls").inputs.state,
      "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS",
    );
  });

  it("rejects all that is wrong at once", async () => {
    const { result } = await runProgram(() =>
      rejected(
        () =>
          new EventRules("notices", {
            namePrefix: "a b",
            rules: [
              { ...failed, description: "x".repeat(513) },
              { ...failed, pattern: { source: ["x".repeat(2_048)] } },
            ],
            topicArn,
            role: { name: "a/b", trust: policyTooLong(), policy: policyTooLong() },
            tags: {},
          }),
      ),
    );
    assert.deepEqual(Object.keys(result), [
      "namePrefix",
      "rules",
      "rules[0].description",
      "rules[1].pattern",
      "role.name",
      "role.trust",
      "role.policy",
      "tags",
    ]);
  });
});
