import assert from "node:assert/strict";
import { rotatingSecretProblems } from "../../../components/security/rotatingSecretProblems";
import { readSchedule } from "../../../model/aws/schedules";
import { scheduleOf } from "../../../model/catalogue/normalise/schedules";
import { evaluate } from "../../../policies/pack/evaluate";
import { secretRotationMax } from "../../../policies/rules/secretsmanager/secret-rotation-max";
import { declare } from "../../policies/support/program";

/** Days at most between two rotations, for what a manifest, the pack and the component take. */
const taken: Readonly<Record<string, number>> = {
  "rate(30 days)": 30,
  "rate(1 day)": 1,
  "rate(90 days)": 90,
  "rate(12 hours)": 0.5,
  "cron(0 4 * * ? *)": 1,
  "cron(0 /8 * * ? *)": 8 / 24,
  "cron(0 2/10 * * ? *)": 10 / 24,
  "cron(0 4 ? * MON-FRI *)": 3,
  "cron(0 4 ? * 1 *)": 7,
  "cron(0 4 ? * L *)": 7,
  "cron(0 4 ? * SUN/2 *)": 2,
  "cron(0 4 ? * SUN#1 *)": 35,
  "cron(0 4 ? * SUNL *)": 35,
  "cron(0 4 ? * 6L *)": 35,
  "cron(0 4 L * ? *)": 31,
  "cron(0 4 1,L * ? *)": 30,
  "cron(0 4 1,15 * ? *)": 17,
  "cron(0 4 1/10 * ? *)": 10,
  "cron(0 4 1-5/2 * ? *)": 27,
  "cron(0 4 1 */2 ? *)": 62,
};

/** What Secrets Manager does not list, never comes, or comes too seldom. */
const refused = [
  ...["every day", "rate(0 days)", "rate(10 minutes)", "RATE(1 day)", "rate(30 DAYS)", "rate(91 days)"],
  ...["cron(0 4)", "cron(0 4 * * ?)", "cron(0 4 * * ? * *)", "CRON(0 4 * * ? *)"],
  ...["cron(5 4 * * ? *)", "cron(* 4 * * ? *)", "cron(0 24 * * ? *)", "cron(0 4,16 * * ? *)"],
  ...["cron(0 4-8 * * ? *)", "cron(0 */4 * * ? *)", "cron(0 4 * * * *)", "cron(0 4 ? * ? *)"],
  ...["cron(0 4 32 * ? *)", "cron(0 4 15W * ? *)", "cron(0 4 LW * ? *)", "cron(0 4 L-3 * ? *)"],
  ...["cron(0 4 5-1 * ? *)", "cron(0 4 1/0 * ? *)", "cron(0 4 , * ? *)", "cron(0 4 l * ? *)"],
  ...["cron(0 4 ? * XYZ *)", "cron(0 4 ? * 8 *)", "cron(0 4 ? * 0 *)", "cron(0 4 ? * SUN#6 *)"],
  ...["cron(0 4 ? * SUN#1,MON#1 *)", "cron(0 4 ? * MON-SUN *)", "cron(0 4 1 * ? 2027)"],
  ...["cron(0 4 30 2 ? *)", "cron(0 4 1 JAN,JUL ? *)"],
];

function manifestTakes(expression: string): boolean {
  return "schedule" in scheduleOf({ schedule: expression });
}

function packTakes(scheduleExpression: string): boolean {
  const rotation = declare("secretRotation", {
    secretId: "orders/prod/key",
    rotationRules: { scheduleExpression },
  });
  return evaluate([secretRotationMax], [rotation]).length === 0;
}

function componentTakes(scheduleExpression: string): boolean {
  const account = "111111111111";
  const problems = rotatingSecretProblems({
    secretName: "orders/prod/key",
    description: "Signs the webhooks we send",
    keyArn: `arn:aws:kms:eu-west-1:${account}:key/3f2504e0-4f89-11d3-9a0c-0305e82c3301`,
    policy: { Version: "2012-10-17", Statement: [] },
    recoveryWindowDays: 30,
    rotation: {
      functionArn: `arn:aws:lambda:eu-west-1:${account}:function:rotation-prod`,
      scheduleExpression,
      immediately: true,
    },
    tags: { service: "orders", environment: "prod", owner: "orders-team@example.com" },
  });
  return !problems.flat().some(({ propertyPath }) => propertyPath.startsWith("rotation"));
}

describe("a schedule of rotations", () => {
  for (const [expression, days] of Object.entries(taken)) {
    it(`is taken by manifest, pack and component alike: ${expression}`, () => {
      const times = readSchedule(expression);
      assert.ok("longest" in times, JSON.stringify(times));
      assert.equal(times.longest / 24, days);
      assert.deepEqual(
        [manifestTakes(expression), packTakes(expression), componentTakes(expression)],
        [true, true, true],
      );
    });
  }

  for (const expression of refused) {
    it(`is refused by manifest, pack and component alike: ${expression}`, () =>
      assert.deepEqual(
        [manifestTakes(expression), packTakes(expression), componentTakes(expression)],
        [false, false, false],
      ));
  }
});
