import { readSchedule } from "../../../../model/aws/schedules";
import type { Fact, Kind, Thing } from "../../../../model/changes/types";
import { types } from "../../../../policies/view/types";
import { documentsOf, isDecidedAlone } from "./documents";
import { identityOf } from "./identity";
import { type ExportedResource, record } from "./readExport";

/** The other side of a comparison, as far as it says what of one resource is told. */
export interface OtherSide {
  readonly get: (urn: string) => ExportedResource | undefined;
  /** Whether both sides were built without a cloud, so that whatever differs in them was changed. */
  readonly isAlike: boolean;
  /** Whether who reads what was decided on both sides, so that statements about it are no more than told. */
  readonly isDecided: boolean;
}

/** What is compared of one resource; of a component nothing is, but what it holds. */
export function thingsOfResource(resource: ExportedResource, other: OtherSide): readonly Thing[] {
  if (!resource.custom) return [];
  const isJudged = other.isDecided && isDecidedAlone(resource);
  const wider = isJudged ? undefined : widerOf(resource, other.get(resource.parent) !== undefined);
  const { stack, about, name, words } = identityOf(resource);
  return [
    {
      ...{ kind: kindsOf[resource.type] ?? "resource", stack, about, name, words },
      ...(wider && { wider }),
      facts: {
        ...(factsOf[resource.type]?.(resource.inputs) ?? {}),
        ...(other.isAlike && { settings: { value: settingsOf(resource), hidden: true as const } }),
      },
    },
    ...documentsOf(resource, other.get(resource.urn), other.isDecided),
  ];
}

const metricAlarm = "aws:cloudwatch/metricAlarm:MetricAlarm";
const eventRule = "aws:cloudwatch/eventRule:EventRule";
const metricFilter = "aws:cloudwatch/logMetricFilter:LogMetricFilter";

const kindsOf: Readonly<Record<string, Kind>> = {
  [types.secret]: "secret",
  [types.parameter]: "parameter",
  [types.expiringParameter]: "parameter",
  [types.role]: "role",
  [types.key]: "key",
  [metricAlarm]: "alarm",
  [metricFilter]: "alarm",
  [eventRule]: "rule",
};

/** What watches, records or refuses. */
const guards =
  /:(?:MetricAlarm|LogMetricFilter|EventRule|EventTarget|Trail|FlowLog|Analyzer|SecretRotation|TopicSubscription|BucketPublicAccessBlock|BucketObjectLockConfiguration|BucketVersioning)$/;
/** What lets somebody in, or leaves findings out. */
const openings =
  /:(?:Grant|Permission|PrincipalAssociation|ResourceAssociation|ArchiveRule|User|AccessKey|FunctionUrl|\w*Attachment)$/;

/** What comes with something new says nothing by itself: its grants do. */
function widerOf({ type }: ExportedResource, isParentOnBoth: boolean): Thing["wider"] {
  if (guards.test(type)) return "removed";
  if (!isParentOnBoth) return undefined;
  if (openings.test(type)) return "added";
  return type.endsWith("Policy") ? "either" : undefined;
}

const factsOf: Readonly<
  Record<string, (inputs: ExportedResource["inputs"]) => Readonly<Record<string, Fact>>>
> = {
  [types.role]: ({ permissionsBoundary, managedPolicyArns }) => ({
    ...fact("permissions boundary", permissionsBoundary, { wider: "any", absent: "widest" }),
    ...fact("managed policies", managedPolicyArns, { wider: "more" }),
  }),
  [types.secret]: ({ replicas }) => ({
    "replica regions": {
      value: (Array.isArray(replicas) ? replicas : []).map((replica) => String(record(replica)["region"])),
      wider: "more",
    },
  }),
  [types.secretRotation]: ({ rotationRules, rotationLambdaArn }) => {
    const { scheduleExpression } = record(rotationRules);
    const times = typeof scheduleExpression === "string" ? readSchedule(scheduleExpression) : undefined;
    return {
      ...fact("rotation schedule", scheduleExpression, {}),
      ...(times && "longest" in times
        ? { "most hours between rotations": { value: times.longest, wider: "more" as const } }
        : {}),
      ...fact("rotation function", rotationLambdaArn, { wider: "any" }),
    };
  },
  [types.expiringParameter]: ({ expires }) => {
    const { never, afterDays, remindDays, warnDays } = record(expires);
    return {
      ...fact("never expires", never, { wider: ["false", "true"] }),
      ...fact("days until it expires", afterDays, { wider: "more" }),
      ...fact("days between reminders", remindDays, { wider: "more" }),
      ...fact("days before it expires that its owner is told", warnDays, { wider: "fewer" }),
    };
  },
  [metricAlarm]: (inputs) => ({
    ...fact("threshold", inputs["threshold"], {
      wider: String(inputs["comparisonOperator"]).startsWith("Less") ? "fewer" : "more",
    }),
    ...fact("comparison", inputs["comparisonOperator"], { wider: "any" }),
    ...fact("periods", inputs["evaluationPeriods"], { wider: "more" }),
    ...fact("metric", inputs["metricName"], { wider: "any" }),
    ...fact("tells somebody", inputs["actionsEnabled"], { wider: ["true", "false"] }),
    ...fact("who is told", inputs["alarmActions"], { wider: "lost" }),
  }),
  [eventRule]: ({ state }) => fact("state", state, { wider: "any" }),
};

/** Only what is of a plain kind: a state keeps what is secret, or unknown, as something else. */
function fact(name: string, value: unknown, more: Omit<Fact, "value">): Readonly<Record<string, Fact>> {
  if (Array.isArray(value)) return { [name]: { value: value.map(String), ...more } };
  const isPlain = ["string", "number", "boolean"].includes(typeof value);
  return isPlain ? { [name]: { value: value as string | number | boolean, ...more } } : {};
}

/** All inputs but the documents that are compared by themselves. */
function settingsOf({ inputs }: ExportedResource): string {
  const others = Object.entries(inputs).filter(([name]) => !["policy", "assumeRolePolicy"].includes(name));
  return JSON.stringify(Object.fromEntries(others), (_key, value: unknown) =>
    Object.keys(record(value)).length === 0
      ? value
      : Object.fromEntries(Object.entries(record(value)).sort(([one], [other]) => (one < other ? -1 : 1))),
  );
}
