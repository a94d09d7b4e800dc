import type { Resource } from "../../view/resource";
import { oncePerStack } from "../../documents/secrets";
import type { Stack } from "../../view/stack";
import { types } from "../../view/types";
import { booleanOf, listOf, numberOf, objectOf, textOf, unknown, type Value } from "../../view/values";
import { isOnTrail } from "./trailGroups";

/** A metric filter on the trail's log group whose metric has an alarm that tells somebody. */
export interface Watched {
  /** The filter's pattern, in its own language; undefined while it is not known. */
  readonly pattern: string | undefined;
  readonly alarms: readonly Resource[];
  /** What must be known to say what it watches. */
  readonly dependsOn?: string;
}

/** What the stack watches: each metric filter with its alarms; none on a log group that no trail writes to. */
export const watchedIn: (stack: Stack) => readonly Watched[] = oncePerStack((stack) => {
  const byMetric = new Map<string, Resource[]>();
  for (const alarm of stack.ofType(types.metricAlarm)) {
    if (!tells(alarm)) continue;
    for (const metric of metricsOf(alarm)) byMetric.set(metric, [...(byMetric.get(metric) ?? []), alarm]);
  }
  return stack.ofType(types.metricFilter).flatMap((filter): Watched[] => {
    const { metricTransformation, pattern: written } = filter.props;
    const { namespace, name } = objectOf(metricTransformation);
    const alarms = byMetric.get(metricKey(namespace, name));
    const onTrail = isOnTrail(stack, filter);
    if (alarms === undefined || onTrail === false) return [];
    const pattern = textOf(written);
    if (pattern === undefined) return [{ pattern, alarms, dependsOn: "pattern of a LogMetricFilter" }];
    if (alarms.every(({ props }) => props["actionsEnabled"] === unknown))
      return [{ pattern, alarms, dependsOn: "actionsEnabled of a MetricAlarm" }];
    return [
      { pattern, alarms, ...(onTrail === unknown && { dependsOn: "logGroupName of a LogMetricFilter" }) },
    ];
  });
});

/** Does the alarm tell somebody, or may it: whether its actions are on can be unknown. */
export function tells({ props }: Resource): boolean {
  if (booleanOf(props["actionsEnabled"]) === false) return false;
  return props["alarmActions"] === unknown || listOf(props["alarmActions"]).length > 0;
}

/** The metrics an alarm looks at: one of its own, or those of its queries. */
function metricsOf({ props }: Resource): readonly string[] {
  const queried = listOf(props["metricQueries"]).flatMap((query) => {
    const metric = objectOf(query)["metric"];
    return metric === undefined
      ? []
      : [metricKey(objectOf(metric)["namespace"], objectOf(metric)["metricName"])];
  });
  return [metricKey(props["namespace"], props["metricName"]), ...queried];
}

function metricKey(namespace: Value, name: Value): string {
  return `${textOf(namespace) ?? ""} ${textOf(name) ?? ""}`;
}

/** Does the alarm wait for many: a threshold over 1, or a band that CloudWatch learns? */
export function countsMany({ props }: Resource): boolean {
  return textOf(props["thresholdMetricId"]) !== undefined || (numberOf(props["threshold"]) ?? 0) > 1;
}
