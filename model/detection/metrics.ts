import { expiryWatchMetrics, functionDimension, metricNamespace } from "../functions/metrics";
import { platformFunctionNames } from "../plan/names";
import type { Metric } from "./types";

/** Namespace of what metric filters count. */
export const trailNamespace = `${metricNamespace}/Trail`;

export function counted(name: string): Metric {
  return { namespace: trailNamespace, name };
}

/** Secrets whose rotation is overdue, as the daily watch counts them. */
export const overdueRotations: Metric = {
  namespace: metricNamespace,
  name: expiryWatchMetrics.findings.overdue,
  dimensions: { [functionDimension]: platformFunctionNames.expiryWatch },
};

/** Items the daily watch looked at, zero included: what it writes last whenever it comes to its end. */
export const watchedItems: Metric = {
  namespace: metricNamespace,
  name: expiryWatchMetrics.watched,
  dimensions: { [functionDimension]: platformFunctionNames.expiryWatch },
};

/** Notices that the daily watch could not send. */
export const unheardNotices: Metric = {
  namespace: metricNamespace,
  name: expiryWatchMetrics.noticesFailed,
  dimensions: { [functionDimension]: platformFunctionNames.expiryWatch },
};

/** Records that reached a log group. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CloudWatch-Logs-Monitoring-CloudWatch-Metrics.html */
export function arrivals(logGroup: string): Metric {
  return { namespace: "AWS/Logs", name: "IncomingLogEvents", dimensions: { LogGroupName: logGroup } };
}
