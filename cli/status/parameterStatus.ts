import { dayMilliseconds } from "../../model/aws/days";
import type { ParameterPlan } from "../../model/plan/types";
import { printable } from "../../model/printable";
import { observedPolicies } from "../../model/values/parameterPolicies";
import { pendingSettings, type SettingName } from "../../model/values/pendingSettings";
import { onOneLine } from "../../model/yaml/oneLine";
import { itemPath } from "../operations/item";
import type { ObservedParameter } from "../../aws/parameter";
import { day, daysUntil, type Finding, type ItemStatus } from "./itemStatus";

export interface Surroundings {
  /** Stack that holds the parameter. */
  readonly stack: string;
  readonly isUnset: boolean;
  /** ARN of the key it should be under; undefined for a caller who may not ask, who then is not told of another. */
  readonly keyArn?: string | undefined;
  readonly now: Date;
}

/** Of one parameter, from its metadata; undefined where the account has none of that name. */
export function parameterStatus(
  parameter: ParameterPlan,
  observed: ObservedParameter | undefined,
  surroundings: Surroundings,
): ItemStatus {
  const { now } = surroundings;
  const expiresAt = observed && observedPolicies(observed.policies).expiresAt;
  const next = expiresAt === undefined ? undefined : new Date(expiresAt);
  const pending = observed === undefined ? [] : pendingOf(parameter, observed, surroundings);
  const findings = findingsOf(parameter, observed, pending, surroundings);
  return {
    item: itemPath(parameter),
    kind: "parameter",
    owner: parameter.owner,
    state: findings[0]?.kind ?? "ok",
    last: observed?.lastModified,
    next,
    daysLeft: daysUntil(next, now),
    findings,
    notes: [
      ...(pending.length > 0 && !findings.some(({ kind }) => kind === "waiting" || kind === "unset")
        ? [`${pending.join(", ")} as in the manifest from the next npx platform set on`]
        : []),
      ...lastingNote(parameter, observed, surroundings),
    ],
  };
}

/** Why a parameter never expires, and when somebody is reminded of it: what its manifest says is never out of sight. */
function lastingNote(
  { expires }: ParameterPlan,
  observed: ObservedParameter | undefined,
  { isUnset, now }: Surroundings,
): readonly string[] {
  if (expires?.never !== true) return [];
  const { reason, remindDays } = expires;
  const reminder = new Date((observed?.lastModified.getTime() ?? 0) + remindDays * dayMilliseconds);
  const on = isUnset || reminder <= now ? "" : `, on ${day(reminder)}`;
  return [
    `it never expires: ${onOneLine(printable(reason))}; a reminder after ${remindDays} days without a new value${on}`,
  ];
}

function findingsOf(
  parameter: ParameterPlan,
  observed: ObservedParameter | undefined,
  pending: readonly SettingName[],
  { stack, isUnset, now }: Surroundings,
): readonly Finding[] {
  const path = itemPath(parameter);
  const { expires } = parameter;
  if (observed === undefined) return [gone(parameter, stack)];
  if (observed.type !== parameter.type) {
    return [
      {
        kind: "foreign",
        matter: `it is a ${observed.type} where the manifest has a ${parameter.type}`,
        remedy: `delete or rename it, then pulumi up --refresh --stack ${stack} --policy-pack policies`,
      },
    ];
  }
  if (expires === undefined) return [];
  const { expiresAt, warnDays = 0, remindDays } = observedPolicies(observed.policies);
  if (expiresAt !== undefined && expiresAt <= now.getTime()) {
    return [{ ...gone(parameter, stack), matter: `it expired on ${day(new Date(expiresAt))}` }];
  }
  if (isUnset) return [{ kind: "unset", matter: "it has no value yet", remedy: `npx platform set ${path}` }];
  const warnedDays = Math.max(warnDays, expires.never ? 0 : expires.warnDays);
  const findings: Finding[] = [];
  if (expiresAt !== undefined && expiresAt - warnedDays * dayMilliseconds <= now.getTime()) {
    findings.push({
      kind: "expiring",
      matter: `AWS deletes it on ${day(new Date(expiresAt))}`,
      remedy: `renew it with a new value: npx platform set ${path}`,
    });
  }
  if (
    remindDays !== undefined &&
    observed.lastModified.getTime() + remindDays * dayMilliseconds <= now.getTime()
  ) {
    findings.push({
      kind: "unchanged",
      matter: `it never expires and is the same since ${day(observed.lastModified)}`,
      remedy: `check that it is still right; a new value ends this: npx platform set ${path}`,
    });
  }
  // What it looks like can wait for the next value; when it ends and under which key it lies cannot.
  if (pending.some((setting) => setting !== "description")) {
    findings.push({
      kind: "waiting",
      matter: `${pending.join(", ")} as in the manifest from its next value on: AWS takes both only together`,
      remedy: `npx platform set ${path}`,
    });
  }
  return findings;
}

function gone(parameter: ParameterPlan, stack: string): Finding {
  const path = itemPath(parameter);
  const again = `pulumi up --refresh --stack ${stack} --policy-pack policies`;
  if (parameter.expires === undefined) {
    return { kind: "missing", matter: "it is not there: never deployed, or deleted by hand", remedy: again };
  }
  return parameter.expires.never
    ? {
        kind: "missing",
        matter: "it is not there: never deployed, or deleted by hand",
        remedy: `${again} makes it, then npx platform set ${path}`,
      }
    : {
        kind: "expired",
        matter: "it is gone: expired, never deployed, or deleted by hand",
        remedy: `${again} makes it again, unset and shared again, then npx platform set ${path}`,
      };
}

function pendingOf(
  { key, expires, description }: ParameterPlan,
  observed: ObservedParameter,
  { keyArn }: Surroundings,
): readonly SettingName[] {
  if (key === undefined || expires === undefined) return [];
  const keyId = observed.keyId === key.alias ? key.alias : (keyArn ?? observed.keyId ?? key.alias);
  return pendingSettings({ description, keyId, expires }, observed);
}
