import { functionDimension, metricNamespace } from "../../model/functions/metrics";
import type { LogFields, WriteLine } from "./log";

export interface Metric {
  readonly name: string;
  readonly value: number;
  readonly unit: "Count" | "Milliseconds";
}

/**
 * Writes metrics in the embedded metric format: CloudWatch takes them from the log, so that no API call, permission
 * or network path is needed. `properties` are kept in the log only: as dimensions each value would be a metric to
 * pay for. At most 100 metrics.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function writeMetrics(
  write: WriteLine,
  functionName: string,
  metrics: readonly Metric[],
  properties: LogFields = {},
): void {
  write(
    JSON.stringify({
      _aws: {
        Timestamp: Date.now(),
        CloudWatchMetrics: [
          {
            Namespace: metricNamespace,
            Dimensions: [[functionDimension]],
            Metrics: metrics.map(({ name, unit }) => ({ Name: name, Unit: unit })),
          },
        ],
      },
      ...properties,
      [functionDimension]: functionName,
      ...Object.fromEntries(metrics.map(({ name, value }) => [name, value])),
    }),
  );
}
