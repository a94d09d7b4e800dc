import { LogMetricFilter, MetricAlarm } from "@pulumi/aws/cloudwatch";
import { ComponentResource, type ComponentResourceOptions, type Input } from "@pulumi/pulumi";
import { type TextRule } from "../../model/aws/textRules";
import { longestFilterPattern, mostFilters } from "../../model/detection/filterPattern";
import { trailNamespace } from "../../model/detection/metrics";
import type { Alarm, MetricFilter } from "../../model/detection/types";
import { checkTags, type Tags } from "../argumentRules";
import {
  check,
  checkDistinct,
  checkText,
  type ArgumentProblem,
  rejectProblems,
  settled,
} from "../validation";
import { alarmTrigger } from "./alarmTrigger";

export interface AccessAlarmsArgs {
  /** What names of filters and alarms begin with. */
  readonly namePrefix: string;
  /** Log group a trail writes to. */
  readonly logGroupName: Input<string>;
  /** What is counted; at most 100, CloudWatch's limit for a log group. */
  readonly filters: readonly CountedRecords[];
  /** What tells whom of what was counted. */
  readonly alarms: readonly Alarm[];
  /** Topic that each alarm tells. */
  readonly topicArn: Input<string>;
  /** At least `service`, `environment` and `owner`. */
  readonly tags: Tags;
}

/** A filter whose pattern may name what another resource makes up. */
export type CountedRecords = Omit<MetricFilter, "pattern"> & { readonly pattern: Input<string> };

/**
 * Counts what a trail records and alarms on it. Each alarm's description says what happened and what to do first.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudwatch-alarms-for-cloudtrail.html
 */
export class AccessAlarms extends ComponentResource {
  constructor(name: string, args: AccessAlarmsArgs, opts?: ComponentResourceOptions) {
    rejectProblems("AccessAlarms", name, problemsOf(args));
    super("secrets-platform:account:AccessAlarms", name, {}, opts);
    for (const filter of args.filters) this.#count(name, filter, args);
    for (const alarm of args.alarms) this.#alarm(name, alarm, args);
    this.registerOutputs({});
  }

  #count(name: string, { id, pattern, metric }: CountedRecords, args: AccessAlarmsArgs): void {
    new LogMetricFilter(
      `${name}-${id}-filter`,
      {
        name: `${args.namePrefix}-${id}`,
        logGroupName: args.logGroupName,
        pattern,
        // Zero while nothing matches: a band is learned from quiet hours too.
        metricTransformation: { namespace: trailNamespace, name: metric, value: "1", defaultValue: "0" },
      },
      { parent: this },
    );
  }

  #alarm(name: string, alarm: Alarm, args: AccessAlarmsArgs): void {
    new MetricAlarm(
      `${name}-${alarm.id}`,
      {
        name: `${args.namePrefix}-${alarm.id}`,
        alarmDescription: alarm.runbook,
        alarmActions: [args.topicArn],
        actionsEnabled: true,
        ...alarmTrigger(alarm),
        tags: args.tags,
      },
      { parent: this },
    );
  }
}

const namePrefixes: TextRule = {
  pattern: /^[A-Za-z0-9_-]{1,100}$/,
  allowed: "1 to 100 letters, digits, `_` and `-` are allowed",
  remedy: "shorten it or replace the other characters",
};

/** Characters CloudWatch takes as an alarm's description. */
const longestRunbook = 1_024;

function problemsOf(args: AccessAlarmsArgs): ArgumentProblem[] {
  const { filters, alarms } = args;
  const counted = new Set(filters.map(({ metric }) => metric));
  return [
    ...checkText("namePrefix", args.namePrefix, namePrefixes),
    ...checkDistinct(
      "filters",
      filters.map(({ id }) => id),
    ),
    ...check(filters.length <= mostFilters, "filters", {
      found: `${filters.length} were found`,
      allowed: `CloudWatch takes ${mostFilters} for one log group`,
      remedy: "let one filter match what is answered alike",
    }),
    ...filters.flatMap(({ id, pattern }, index) => {
      const { length } = settled(pattern) ?? "";
      return check(length <= longestFilterPattern, `filters[${index}].pattern`, {
        found: `${length} characters were found in ${id}`,
        allowed: `CloudWatch takes ${longestFilterPattern}`,
        remedy: "split it over two filters of one metric",
      });
    }),
    ...checkDistinct(
      "alarms",
      alarms.map(({ id }) => id),
    ),
    ...alarms.flatMap(({ id, runbook }, index) =>
      check(runbook.length > 0 && runbook.length <= longestRunbook, `alarms[${index}].runbook`, {
        found: `${runbook.length} characters were found in ${id}`,
        allowed: `1 to ${longestRunbook} are allowed`,
        remedy: "say what happened and what to do first",
      }),
    ),
    ...alarms.flatMap(({ id, metric }, index) =>
      check(metric.namespace !== trailNamespace || counted.has(metric.name), `alarms[${index}].metric`, {
        found: `${metric.name} was found in ${id}`,
        allowed: "an alarm looks at a metric that a filter counts",
        remedy: "add the filter, or correct the name",
      }),
    ),
    ...checkTags("tags", args.tags),
  ];
}
