import assert from "node:assert/strict";
import {
  rotatedOtherwise,
  observedRotation,
  type PlannedRotation,
  rotationMisfit,
} from "../../../model/values/plannedRotation";

const functionArn = "arn:aws:lambda:eu-west-1:111111111111:function:rotation-prod-generated";
const mine = "arn:aws:lambda:eu-west-1:111111111111:function:mine";
const monthly: PlannedRotation = { functionArn, expression: "rate(30 days)", longestDays: 30 };

const observed = (rules: object, rest: object = {}) =>
  observedRotation({ RotationEnabled: true, RotationLambdaARN: functionArn, RotationRules: rules, ...rest });

describe("a rotation held against its manifest", () => {
  it("fits in each form that Secrets Manager gives it", () => {
    for (const rules of [
      { ScheduleExpression: "rate(30 days)" },
      { ScheduleExpression: "rate(30 days)", AutomaticallyAfterDays: 30 },
      { ScheduleExpression: " rate(30  days) ", Duration: "24h" },
      // Worked out from the schedule at the last rotation, not set.
      { ScheduleExpression: "rate(30 days)", AutomaticallyAfterDays: 90 },
      { AutomaticallyAfterDays: 30 },
      {},
    ]) {
      assert.equal(rotationMisfit(monthly, observed(rules)), undefined, JSON.stringify(rules));
    }
    const hourly = { ...monthly, expression: "rate(12 hours)", longestDays: 0.5 };
    assert.equal(
      rotationMisfit(hourly, observed({ ScheduleExpression: "rate(12 hours)", Duration: "1h" })),
      undefined,
    );
    const windowed = { ...monthly, expression: "cron(0 4 ? * SUN *)", windowHours: 3 };
    assert.equal(
      rotationMisfit(windowed, observed({ ScheduleExpression: "cron(0 4 ? * SUN *)", Duration: "3h" })),
      undefined,
    );
  });

  const cases: readonly [object, object, string][] = [
    [{ AutomaticallyAfterDays: 1000 }, {}, "it rotates every 1000 days in place of rate(30 days)"],
    [{ ScheduleExpression: "rate(999 days)" }, {}, "it rotates by rate(999 days) in place of rate(30 days)"],
    [
      { ScheduleExpression: "cron(0 4 1 1 ? *)" },
      {},
      "it rotates by cron(0 4 1 1 ? *) in place of rate(30 days)",
    ],
    [
      { ScheduleExpression: "rate(30 days)", Duration: "1h" },
      {},
      "it rotates in a window of 1 h in place of AWS's own length",
    ],
    [{}, { RotationLambdaARN: mine }, `it rotates by ${mine} in place of ${functionArn}`],
    [
      { AutomaticallyAfterDays: 1000 },
      { RotationLambdaARN: mine },
      `it rotates every 1000 days in place of rate(30 days), by ${mine} in place of ${functionArn}`,
    ],
    [{}, { RotationEnabled: false }, "its rotation is switched off"],
  ];
  for (const [rules, rest, expected] of cases) {
    it(`does not fit: ${expected}`, () => {
      assert.equal(rotationMisfit(monthly, observed(rules, rest)), expected);
    });
  }

  it("is a partner's as its manifest says, and differs in each thing that may be another", () => {
    const partner = {
      type: "SalesforceClientSecret",
      role: "arn:role",
      metadata: { apiVersion: "v65.0", b: "1" },
    };
    const planned: PlannedRotation = { partner, expression: "rate(30 days)", longestDays: 30 };
    const same = {
      RotationEnabled: true,
      RotationRules: { ScheduleExpression: "rate(30 days)" },
      Type: "SalesforceClientSecret",
      ExternalSecretRotationRoleArn: "arn:role",
      ExternalSecretRotationMetadata: [
        { Key: "b", Value: "1" },
        { Key: "apiVersion", Value: "v65.0" },
      ],
    };
    assert.equal(rotationMisfit(planned, observedRotation(same)), undefined);
    const found = (change: object) => rotationMisfit(planned, observedRotation({ ...same, ...change }));
    assert.equal(
      found({ ExternalSecretRotationRoleArn: "arn:theirs" }),
      "it rotates by the role arn:theirs in place of arn:role",
    );
    assert.equal(
      found({ Type: "BigIDClientSecret" }),
      "it rotates as BigIDClientSecret in place of SalesforceClientSecret",
    );
    assert.equal(
      found({ ExternalSecretRotationMetadata: [{ Key: "apiVersion", Value: "v65.0" }] }),
      "it rotates with the metadata apiVersion=v65.0 in place of apiVersion=v65.0, b=1",
    );
    assert.equal(
      found({ RotationLambdaARN: mine }),
      `it rotates by ${mine} in place of SalesforceClientSecret`,
    );
    assert.equal(rotatedOtherwise(planned, observedRotation(same)), undefined);
    assert.ok(rotatedOtherwise(planned, observedRotation({ ...same, RotationLambdaARN: mine })));
    assert.equal(
      rotationMisfit(monthly, observedRotation({ ...same, RotationLambdaARN: undefined })),
      `it rotates as SalesforceClientSecret in place of ${functionArn}`,
    );
  });

  it("is another function's where another is named, and only there", () => {
    assert.ok(rotatedOtherwise(monthly, observed({}, { RotationLambdaARN: mine })));
    assert.equal(rotatedOtherwise(monthly, observed({ AutomaticallyAfterDays: 1000 })), undefined);
  });
});
