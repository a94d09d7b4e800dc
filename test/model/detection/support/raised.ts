import { trailNamespace } from "../../../../model/detection/metrics";
import type { Alarm, Detections } from "../../../../model/detection/types";
import type { Happening } from "./corpus";
import { type Interpretation, metricFilter } from "./metricFilter";

/** Alarms that go off when all this happens within their time, and those that it is not yet enough for. */
export function raised(detections: Detections, all: readonly Happening[], how: Interpretation) {
  const sums = new Map<string, number>();
  for (const { pattern, metric } of detections.filters) {
    const matches = metricFilter(pattern);
    const matched = all.filter(({ record }) => record !== undefined && matches(record, how)).length;
    sums.set(metric, (sums.get(metric) ?? 0) + matched);
  }
  const counting = detections.alarms.filter(
    (alarm): alarm is Alarm & { trigger: { kind: "count" } } =>
      alarm.trigger.kind === "count" && alarm.metric.namespace === trailNamespace,
  );
  const sum = ({ metric }: Alarm) => sums.get(metric.name) ?? 0;
  const ids = (alarms: readonly Alarm[]) => alarms.map(({ id }) => id).sort();
  return {
    trips: ids(counting.filter((alarm) => sum(alarm) >= alarm.trigger.atLeast)),
    counts: ids(counting.filter((alarm) => sum(alarm) > 0 && sum(alarm) < alarm.trigger.atLeast)),
  };
}
