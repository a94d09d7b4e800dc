import { secretRotationMax } from "../../../../policies/rules/secretsmanager/secret-rotation-max";
import { testRule } from "../../support/cases";
import { declare, later } from "../../support/program";

const rotation = (rotationRules: object) =>
  declare("secretRotation", { secretId: "orders/prod/database", rotationRules });

testRule(secretRotationMax, {
  passes: {
    "90 days": rotation({ automaticallyAfterDays: 90 }),
    "a rate": rotation({ scheduleExpression: "rate(90 days)" }),
    "a rate of hours": rotation({ scheduleExpression: "rate(4 hours)" }),
    "the first of every month": rotation({ scheduleExpression: "cron(0 4 1 * ? *)" }),
    "a Sunday in four": rotation({ scheduleExpression: "cron(0 4 ? * SUN#1 *)" }),
    "the last day of a month": rotation({ scheduleExpression: "cron(0 4 L * ? *)" }),
  },
  fails: {
    "91 days": {
      program: rotation({ automaticallyAfterDays: 91 }),
      at: "rotationRules.automaticallyAfterDays is 91",
    },
    "a longer rate": {
      program: rotation({ scheduleExpression: "rate(91 days)" }),
      at: "rotationRules.scheduleExpression leaves up to 91 days",
    },
    "hours that amount to more": {
      program: rotation({ scheduleExpression: "rate(2184 hours)" }),
      at: "rotationRules.scheduleExpression leaves up to 91 days",
    },
    "a quarter of 92 days": {
      program: rotation({ scheduleExpression: "cron(0 4 1 */3 ? *)" }),
      at: "rotationRules.scheduleExpression leaves up to 92 days",
    },
    "once a year": {
      program: rotation({ scheduleExpression: "cron(0 4 1 JAN ? *)" }),
      at: "rotationRules.scheduleExpression leaves up to 366 days",
    },
    "a day that never comes": {
      program: rotation({ scheduleExpression: "cron(0 4 31 2 ? *)" }),
      at: "rotationRules.scheduleExpression never comes",
    },
    "no expression AWS knows": {
      program: rotation({ scheduleExpression: "monthly" }),
      at: "rotationRules.scheduleExpression is neither",
    },
    "no schedule": { program: rotation({ duration: "2h" }), at: "rotationRules gives no schedule" },
    "no rules": {
      program: declare("secretRotation", { secretId: "orders/prod/database" }),
      at: "rotationRules gives no schedule",
    },
  },
  undecided: {
    "the rules": { program: rotation(later), at: "rotationRules is not known" },
    "the days": {
      program: rotation({ automaticallyAfterDays: later }),
      at: "rotationRules.automaticallyAfterDays is not",
    },
    "the expression": {
      program: rotation({ scheduleExpression: later }),
      at: "rotationRules.scheduleExpression is not",
    },
  },
});
