import assert from "node:assert/strict";
import {
  isRotatedByAnother,
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

  it("is another function's where another is named, and only there", () => {
    assert.equal(isRotatedByAnother(monthly, observed({}, { RotationLambdaARN: mine })), true);
    assert.equal(isRotatedByAnother(monthly, observed({ AutomaticallyAfterDays: 1000 })), false);
  });
});
