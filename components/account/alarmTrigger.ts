import type { MetricAlarmArgs } from "@pulumi/aws/cloudwatch";
import type { Alarm, Metric } from "../../model/detection/types";

type TriggerArgs = Pick<
  MetricAlarmArgs,
  | "namespace"
  | "metricName"
  | "dimensions"
  | "statistic"
  | "period"
  | "threshold"
  | "thresholdMetricId"
  | "metricQueries"
  | "comparisonOperator"
  | "evaluationPeriods"
  | "treatMissingData"
>;

/**
 * When an alarm goes off, as CloudWatch takes it.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
 */
export function alarmTrigger({ metric, trigger }: Alarm): TriggerArgs {
  const period = trigger.kind === "absence" ? 3_600 : trigger.minutes * 60;
  switch (trigger.kind) {
    case "count":
      return {
        ...ofMetric(metric),
        statistic: "Sum",
        period,
        threshold: trigger.atLeast,
        comparisonOperator: "GreaterThanOrEqualToThreshold",
        evaluationPeriods: 1,
        treatMissingData: "notBreaching",
      };
    case "level":
      return {
        ...ofMetric(metric),
        statistic: "Maximum",
        period,
        threshold: trigger.atLeast,
        comparisonOperator: "GreaterThanOrEqualToThreshold",
        evaluationPeriods: 1,
        treatMissingData: "notBreaching",
      };
    case "silence":
      return {
        ...ofMetric(metric),
        statistic: "Sum",
        period,
        threshold: 1,
        comparisonOperator: "LessThanThreshold",
        evaluationPeriods: 1,
        treatMissingData: "breaching",
      };
    case "absence":
      return {
        ...ofMetric(metric),
        // Each hour for itself: one period is a day at most, and what runs daily is some seconds late on some days.
        statistic: "SampleCount",
        period,
        threshold: 1,
        comparisonOperator: "LessThanThreshold",
        evaluationPeriods: trigger.hours,
        treatMissingData: "breaching",
      };
    case "band":
      return {
        metricQueries: [
          {
            id: "counted",
            metric: { namespace: metric.namespace, metricName: metric.name, period, stat: "Sum" },
            returnData: true,
          },
          {
            id: "band",
            expression: `ANOMALY_DETECTION_BAND(counted, ${trigger.deviations})`,
            label: "What is usual",
            returnData: true,
          },
        ],
        thresholdMetricId: "band",
        comparisonOperator: "GreaterThanUpperThreshold",
        evaluationPeriods: trigger.inRow,
        treatMissingData: "notBreaching",
      };
  }
}

function ofMetric({ namespace, name, dimensions }: Metric): TriggerArgs {
  return { namespace, metricName: name, ...(dimensions && { dimensions }) };
}
