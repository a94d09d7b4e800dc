import { alarmActions } from "../../../../policies/rules/cloudwatch/alarm-actions";
import { testRule } from "../../support/cases";
import { declare, later } from "../../support/program";

const alarm = (more: object) =>
  declare("metricAlarm", { comparisonOperator: "GreaterThanThreshold", evaluationPeriods: 1, ...more });

testRule(alarmActions, {
  passes: {
    "a topic": alarm({ alarmActions: ["arn:aws:sns:eu-west-1:111111111111:notices"] }),
    "a topic this update makes": alarm({ alarmActions: [later] }),
    "actions that are not known yet": alarm({ alarmActions: later }),
  },
  fails: {
    nobody: { program: alarm({}), at: "alarmActions names nobody" },
    "an empty list": { program: alarm({ alarmActions: [] }), at: "alarmActions names nobody" },
    "turned off": {
      program: alarm({ alarmActions: ["arn:t"], actionsEnabled: false }),
      at: "actionsEnabled is off",
    },
    "an alarm over alarms": {
      program: declare("compositeAlarm", { alarmName: "a", alarmRule: "ALARM(b)" }),
      at: "alarmActions names nobody",
    },
  },
  undecided: {
    "whether they are on": {
      program: alarm({ alarmActions: ["arn:t"], actionsEnabled: later }),
      at: "actionsEnabled is not",
    },
  },
});
