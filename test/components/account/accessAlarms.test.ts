import assert from "node:assert/strict";
import { AccessAlarms, type AccessAlarmsArgs } from "../../../components/account/accessAlarms";
import type { Alarm, MetricFilter } from "../../../model/detection/types";
import { rejected } from "../support/problems";
import { runProgram } from "../support/harness";
import { tags } from "../support/organisation";

const topicArn = "arn:aws:sns:eu-west-1:111111111111:secrets-platform-notices";
const trail = (name: string) => ({ namespace: "SecretsPlatform/Trail", name });

const filters: readonly MetricFilter[] = [
  { id: "reads", pattern: '{ $.eventName = "GetSecretValue" }', metric: "Reads" },
];
const alarms: readonly Alarm[] = [
  {
    id: "many",
    runbook: "Many.",
    metric: trail("Reads"),
    trigger: { kind: "count", atLeast: 9, minutes: 5 },
  },
  {
    id: "unusual",
    runbook: "Unusual.",
    metric: trail("Reads"),
    trigger: { kind: "band", deviations: 4, minutes: 5, inRow: 3 },
  },
  {
    id: "overdue",
    runbook: "Overdue.",
    metric: {
      namespace: "SecretsPlatform",
      name: "RotationOverdue",
      dimensions: { Function: "expiry-watch" },
    },
    trigger: { kind: "level", atLeast: 1, minutes: 1440 },
  },
  {
    id: "silent",
    runbook: "Silent.",
    metric: { namespace: "AWS/Logs", name: "IncomingLogEvents", dimensions: { LogGroupName: "/trail" } },
    trigger: { kind: "silence", minutes: 1440 },
  },
  {
    id: "absent",
    runbook: "Absent.",
    metric: { namespace: "SecretsPlatform", name: "Watched", dimensions: { Function: "expiry-watch" } },
    trigger: { kind: "absence", hours: 30 },
  },
];

const args: AccessAlarmsArgs = {
  namePrefix: "secrets-platform",
  logGroupName: "/trail",
  filters,
  alarms,
  topicArn,
  tags,
};

/** What every alarm has. */
function told(id: string, runbook: string) {
  return {
    name: `secrets-platform-${id}`,
    alarmDescription: runbook,
    alarmActions: [topicArn],
    actionsEnabled: true,
    tags,
  };
}

describe("AccessAlarms", () => {
  it("counts by filters and tells the topic by alarms", async () => {
    const { created, named } = await runProgram(() => new AccessAlarms("alarms", args));
    assert.deepEqual(created, [
      "aws:cloudwatch/logMetricFilter:LogMetricFilter alarms-reads-filter",
      "aws:cloudwatch/metricAlarm:MetricAlarm alarms-absent",
      "aws:cloudwatch/metricAlarm:MetricAlarm alarms-many",
      "aws:cloudwatch/metricAlarm:MetricAlarm alarms-overdue",
      "aws:cloudwatch/metricAlarm:MetricAlarm alarms-silent",
      "aws:cloudwatch/metricAlarm:MetricAlarm alarms-unusual",
    ]);
    assert.deepEqual(named("alarms-reads-filter").inputs, {
      name: "secrets-platform-reads",
      logGroupName: "/trail",
      pattern: '{ $.eventName = "GetSecretValue" }',
      metricTransformation: {
        namespace: "SecretsPlatform/Trail",
        name: "Reads",
        value: "1",
        defaultValue: "0",
      },
    });
    assert.deepEqual(named("alarms-many").inputs, {
      ...told("many", "Many."),
      namespace: "SecretsPlatform/Trail",
      metricName: "Reads",
      statistic: "Sum",
      period: 300,
      threshold: 9,
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      evaluationPeriods: 1,
      treatMissingData: "notBreaching",
    });
  });

  it("learns a band, and goes off above it alone", async () => {
    const { named } = await runProgram(() => new AccessAlarms("alarms", args));
    assert.deepEqual(named("alarms-unusual").inputs, {
      ...told("unusual", "Unusual."),
      metricQueries: [
        {
          id: "counted",
          metric: { namespace: "SecretsPlatform/Trail", metricName: "Reads", period: 300, stat: "Sum" },
          returnData: true,
        },
        {
          id: "band",
          expression: "ANOMALY_DETECTION_BAND(counted, 4)",
          label: "What is usual",
          returnData: true,
        },
      ],
      thresholdMetricId: "band",
      comparisonOperator: "GreaterThanUpperThreshold",
      evaluationPeriods: 3,
      treatMissingData: "notBreaching",
    });
  });

  it("takes the highest number reported, and nothing at all for silence", async () => {
    const { named } = await runProgram(() => new AccessAlarms("alarms", args));
    const overdue = named("alarms-overdue").inputs;
    assert.deepEqual(
      [overdue.statistic, overdue.period, overdue.threshold, overdue.dimensions],
      ["Maximum", 86_400, 1, { Function: "expiry-watch" }],
    );
    const silent = named("alarms-silent").inputs;
    assert.deepEqual(
      [silent.comparisonOperator, silent.threshold, silent.treatMissingData, silent.period],
      ["LessThanThreshold", 1, "breaching", 86_400],
    );
  });

  it("takes a zero for a sign of life where absence is asked for, hour by hour", async () => {
    const { named } = await runProgram(() => new AccessAlarms("alarms", args));
    assert.deepEqual(named("alarms-absent").inputs, {
      ...told("absent", "Absent."),
      namespace: "SecretsPlatform",
      metricName: "Watched",
      dimensions: { Function: "expiry-watch" },
      statistic: "SampleCount",
      period: 3_600,
      threshold: 1,
      comparisonOperator: "LessThanThreshold",
      evaluationPeriods: 30,
      treatMissingData: "breaching",
    });
  });

  it("rejects all that is wrong at once", async () => {
    const long = { id: "long", pattern: "x".repeat(1_025), metric: "Long" };
    const { result } = await runProgram(() =>
      rejected(
        () =>
          new AccessAlarms("alarms", {
            namePrefix: "a b",
            logGroupName: "/trail",
            filters: [long, ...Array<MetricFilter>(100).fill(filters[0]!)],
            alarms: [
              { ...alarms[0]!, runbook: "" },
              { ...alarms[0]!, metric: trail("Nothing") },
            ],
            topicArn,
            tags: {},
          }),
      ),
    );
    assert.deepEqual(Object.keys(result), [
      "namePrefix",
      "filters",
      "filters[0].pattern",
      "alarms",
      "alarms[0].runbook",
      "alarms[1].metric",
      "tags",
    ]);
    assert.match(
      result["filters"]!,
      /reads was found more than once[^]*101 were found; CloudWatch takes 100/,
    );
  });
});
