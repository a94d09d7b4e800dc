import { daysOfRate } from "./rotationState";

/** When and by what a secret is to rotate, as its manifest says. */
export interface PlannedRotation {
  /** Absent where Secrets Manager itself does it, at a partner. */
  readonly functionArn?: string | undefined;
  /** Present exactly then. */
  readonly partner?: RotationPartner | undefined;
  /** `rate(...)` or `cron(...)`. */
  readonly expression: string;
  /** Absent: AWS's own, the rest of the day. */
  readonly windowHours?: number | undefined;
  /** Days between two rotations at most. */
  readonly longestDays: number;
}

/** Whose credential Secrets Manager itself rotates, and how. */
export interface RotationPartner {
  readonly type: string;
  /** ARN of the role that Secrets Manager assumes. */
  readonly role: string;
  readonly metadata: Readonly<Record<string, string>>;
}

/** The same as Secrets Manager has it; what it does not tell is not compared. */
export interface ObservedRotation {
  readonly isOn: boolean;
  readonly functionArn?: string | undefined;
  readonly partner?: Partial<RotationPartner>;
  readonly expression?: string | undefined;
  /** `AutomaticallyAfterDays`: set in place of an expression, or worked out from one. */
  readonly everyDays?: number | undefined;
  /** `3h` */
  readonly duration?: string | undefined;
}

/** What DescribeSecret and ListSecrets alike say of it. */
export interface RotationSettings {
  readonly RotationEnabled?: boolean | undefined;
  readonly RotationLambdaARN?: string | undefined;
  readonly Type?: string | undefined;
  readonly ExternalSecretRotationRoleArn?: string | undefined;
  readonly ExternalSecretRotationMetadata?:
    readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] | undefined;
  readonly RotationRules?:
    | {
        readonly AutomaticallyAfterDays?: number | undefined;
        readonly Duration?: string | undefined;
        readonly ScheduleExpression?: string | undefined;
      }
    | undefined;
}

export function observedRotation(entry: RotationSettings): ObservedRotation {
  const { AutomaticallyAfterDays, Duration, ScheduleExpression } = entry.RotationRules ?? {};
  return {
    isOn: entry.RotationEnabled ?? false,
    functionArn: entry.RotationLambdaARN,
    partner: observedPartner(entry),
    expression: ScheduleExpression,
    everyDays: AutomaticallyAfterDays,
    duration: Duration,
  };
}

function observedPartner(entry: RotationSettings): Partial<RotationPartner> {
  const { Type: type, ExternalSecretRotationRoleArn: role, ExternalSecretRotationMetadata: items } = entry;
  return {
    ...(type !== undefined && { type }),
    ...(role !== undefined && { role }),
    ...(items && {
      metadata: Object.fromEntries(items.map(({ Key = "", Value = "" }) => [Key, Value])),
    }),
  };
}

/**
 * What differs from the manifest, in words; undefined where nothing does. A secret that rotates every thousand days, or
 * by somebody's own function, looks in order to whoever asks Secrets Manager alone.
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RotationRulesType.html
 */
export function rotationMisfit(planned: PlannedRotation, observed: ObservedRotation): string | undefined {
  if (!observed.isOn) return "its rotation is switched off";
  const differences = [
    ...scheduleDifference(planned, observed),
    ...windowDifference(planned, observed),
    ...whoDifference(planned, observed),
  ];
  return differences.length === 0 ? undefined : `it rotates ${differences.join(", ")}`;
}

/**
 * By which function or role, as whose credential or with what metadata it is rotated in place of what the manifest names, in
 * words; undefined where nothing of that differs. Starting it would hand the value to another one, or tell the partner
 * something else.
 */
export function rotatedOtherwise(planned: PlannedRotation, observed: ObservedRotation): string | undefined {
  const differences = whoDifference(planned, observed);
  return differences.length === 0 ? undefined : differences.join(", ");
}

function scheduleDifference(
  { expression: wanted }: PlannedRotation,
  { expression, everyDays }: ObservedRotation,
): string[] {
  if (expression !== undefined) {
    return spaced(expression) === spaced(wanted) ? [] : [`by ${expression} in place of ${wanted}`];
  }
  if (everyDays === undefined || daysOfRate(wanted) === everyDays) return [];
  return [`every ${everyDays} days in place of ${wanted}`];
}

/** Where nobody set a window it closes with the day, or after an hour for a rate in hours. */
function windowDifference(
  { expression, windowHours }: PlannedRotation,
  { duration }: ObservedRotation,
): string[] {
  const usual = /^rate\(\d+ hours?\)$/.test(expression) ? 1 : 24;
  const hours = /^(\d+)h$/.exec(duration ?? "")?.[1];
  if (Number(hours ?? usual) === (windowHours ?? usual)) return [];
  return [`in a window of ${hoursLong(hours)} in place of ${hoursLong(windowHours)}`];
}

function hoursLong(hours: string | number | undefined): string {
  return hours === undefined ? "AWS's own length" : `${hours} h`;
}

function whoDifference(
  { functionArn: wanted, partner: wantedPartner }: PlannedRotation,
  { functionArn, partner = {} }: ObservedRotation,
): string[] {
  if (functionArn !== undefined)
    return functionArn === wanted ? [] : [`by ${functionArn} in place of ${wanted ?? wantedPartner?.type}`];
  if (wantedPartner === undefined)
    return partner.role === undefined ? [] : [`as ${partner.type} in place of ${wanted}`];
  return [
    ...differing(partner.type, wantedPartner.type, "as"),
    ...differing(partner.role, wantedPartner.role, "by the role"),
    ...(partner.metadata === undefined || sorted(partner.metadata) === sorted(wantedPartner.metadata)
      ? []
      : [
          `with the metadata ${sorted(partner.metadata) || "none"} in place of ${sorted(wantedPartner.metadata) || "none"}`,
        ]),
  ];
}

function differing(found: string | undefined, wanted: string, how: string): string[] {
  return found === undefined || found === wanted ? [] : [`${how} ${found} in place of ${wanted}`];
}

/** `apiVersion=v65.0, ...`, in one order. */
function sorted(metadata: Readonly<Record<string, string>>): string {
  return Object.entries(metadata)
    .map(([key, value]) => `${key}=${value}`)
    .sort()
    .join(", ");
}

function spaced(expression: string): string {
  return expression.trim().replace(/\s+/g, " ");
}
