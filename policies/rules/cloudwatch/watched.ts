import type { Resource } from "../../view/resource";
import { oncePerStack } from "../../documents/secrets";
import type { Stack } from "../../view/stack";
import { types } from "../../view/types";
import {
  booleanOf,
  entriesOf,
  isPresent,
  listOf,
  numberOf,
  objectOf,
  textOf,
  unknown,
  valueAt,
  type Value,
} from "../../view/values";
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
  const unnamed: Resource[] = [];
  const telling = stack.ofType(types.metricAlarm).filter((alarm) => tells(alarm) && goesOffAbove(alarm));
  for (const alarm of telling) {
    for (const metric of metricsOf(alarm)) {
      if (metric === unknown) unnamed.push(alarm);
      else byMetric.set(metric, [...(byMetric.get(metric) ?? []), alarm]);
    }
  }
  return stack.ofType(types.metricFilter).flatMap((filter): Watched[] => {
    const onTrail = isOnTrail(stack, filter);
    const metric = metricOf(filter);
    const own = metric === unknown ? telling : (byMetric.get(metric) ?? []);
    const sure = own.filter((alarm) => isSameRegion(alarm, filter));
    const alarms = sure.length > 0 ? sure : unnamed;
    if (alarms.length === 0 || onTrail === false || countsNothing(filter)) return [];
    const pattern = textOf(filter.props["pattern"]);
    const open = [
      ...(pattern === undefined ? ["pattern of a LogMetricFilter"] : []),
      ...(metric === unknown || valueOf(filter) === unknown
        ? ["metricTransformation of a LogMetricFilter"]
        : []),
      ...(sure.length === 0 ? ["metricName of a MetricAlarm"] : []),
      ...(alarms.every((alarm) => doubtsOf(alarm, filter).length > 0) ? doubtsOf(alarms[0]!, filter) : []),
      ...(onTrail === unknown ? ["logGroupName of a LogMetricFilter"] : []),
    ];
    return [{ pattern, alarms, ...(open[0] !== undefined && { dependsOn: open[0] }) }];
  });
});

/** What must be known to say whether an alarm on the filter's metric goes off. */
function doubtsOf({ props }: Resource, filter: Resource): readonly string[] {
  const own = ["actionsEnabled", "comparisonOperator", "region"].filter((name) => props[name] === unknown);
  return [
    ...own.map((name) => `${name} of a MetricAlarm`),
    ...(filter.props["region"] === unknown ? ["region of a LogMetricFilter"] : []),
  ];
}

/** A filter counts what happened: an alarm on few of it goes off while nothing does. */
function goesOffAbove({ props }: Resource): boolean {
  return !/^LessThan(?:OrEqualTo|Lower)?Threshold$/.test(textOf(props["comparisonOperator"]) ?? "");
}

/** What it adds for each event is 0. */
function countsNothing(filter: Resource): boolean {
  return numberOf(valueOf(filter)) === 0;
}

function valueOf({ props }: Resource): Value {
  return valueAt(props["metricTransformation"], "value");
}

/** Metrics and alarms are of one region. */
function isSameRegion(one: Resource, other: Resource): boolean {
  const [region, otherRegion] = [textOf(one.props["region"]), textOf(other.props["region"])];
  return region === undefined || otherRegion === undefined || region === otherRegion;
}

/** Does the alarm tell somebody, or may it: whether its actions are on can be unknown. */
export function tells({ props }: Resource): boolean {
  if (booleanOf(props["actionsEnabled"]) === false) return false;
  return props["alarmActions"] === unknown || listOf(props["alarmActions"]).length > 0;
}

type Metric = string | typeof unknown;

/** The metrics an alarm looks at: one of its own, or those of its queries. */
function metricsOf({ props }: Resource): readonly Metric[] {
  const { metricQueries, namespace, metricName, dimensions } = props;
  const own: readonly Metric[] = isPresent(metricName) ? [metricKey(namespace, metricName, dimensions)] : [];
  const queried = entriesOf(metricQueries).flatMap((query): readonly Metric[] => {
    const metric = valueAt(query, "metric");
    if (metric === undefined || metric === unknown) return metric === unknown ? [unknown] : [];
    const [space, name, by] = ["namespace", "metricName", "dimensions"].map((key) => valueAt(metric, key));
    return [metricKey(space, name, by)];
  });
  return [...own, ...queried];
}

/** The metric that a filter writes. */
function metricOf({ props }: Resource): Metric {
  const [space, name, by] = ["namespace", "name", "dimensions"].map((key) =>
    valueAt(props["metricTransformation"], key),
  );
  return metricKey(space, name, by);
}

/**
 * By other dimensions it is another metric
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html#Dimension).
 */
function metricKey(namespace: Value, name: Value, dimensions: Value): Metric {
  if (namespace === unknown || name === unknown || dimensions === unknown) return unknown;
  const by = Object.keys(objectOf(dimensions)).sort();
  return [textOf(namespace), textOf(name), ...by].join(" ");
}

/** Does the alarm wait for many: a threshold over 1, or a band that CloudWatch learns? */
export function countsMany({ props }: Resource): boolean {
  return textOf(props["thresholdMetricId"]) !== undefined || (numberOf(props["threshold"]) ?? 0) > 1;
}
