import { dayMilliseconds } from "../../model/aws/days";
import type { FindingKind } from "../../model/functions/metrics";
import type { ExpiryWatchSettings } from "../../model/functions/settings";
import { type ExpiryRule, observedPolicies, policiesMatch } from "../../model/values/parameterPolicies";
import { day, type Finding } from "./finding";
import type { WatchedItem, WatchedParameter } from "./items";
import { plannedSecrets, secretFinding } from "./secretFinding";

/** At most one finding for each value: the one to be dealt with first. */
export function findings(items: readonly WatchedItem[], settings: ExpiryWatchSettings, now: Date): Finding[] {
  const present = new Set(items.flatMap(({ kind, name }) => (kind === "parameter" ? name : [])));
  const owners = new Map(settings.expectedParameters.map(({ name, owner }) => [name, owner]));
  const plannedOf = plannedSecrets(settings);
  const expiries = new Map(settings.expectedParameters.map(({ name, expires }) => [name, expires]));
  const gone = settings.expectedParameters
    .filter(({ name }) => !present.has(name))
    .map(({ name, owner }) => expired(name, owner, "it is gone: it expired, or was deleted by hand"));
  return [
    ...gone,
    ...items.flatMap((item) => {
      const found =
        item.kind === "parameter"
          ? parameterFinding(
              { ...item, owner: item.owner ?? owners.get(item.name) },
              expiries.get(item.name),
              settings.warnDays,
              now,
            )
          : secretFinding(item, plannedOf(item.name), now);
      return found ?? [];
    }),
  ];
}

function parameterFinding(
  parameter: WatchedParameter,
  expires: ExpiryRule | undefined,
  warnDays: number,
  now: Date,
): Finding | undefined {
  const { name, owner, isUnset, lastModified } = parameter;
  const { expiresAt, warnDays: ownWarnDays = warnDays, remindDays } = observedPolicies(parameter.policies);
  const found = (kind: FindingKind, matter: string, remedy: string): Finding => ({
    kind,
    item: "parameter",
    name,
    owner,
    matter,
    remedy,
  });
  const path = commandPath(name);
  if (expiresAt !== undefined && expiresAt <= now.getTime()) {
    return expired(name, owner, `it expired on ${day(expiresAt)}`);
  }
  if (isUnset) return found("unset", "it has no value yet", `supply it: npx platform set ${path}`);
  if (expiresAt !== undefined && expiresAt <= now.getTime() + ownWarnDays * dayMilliseconds) {
    const left = Math.floor((expiresAt - now.getTime()) / dayMilliseconds);
    const days = left === 0 ? "today or tomorrow" : left === 1 ? "in 1 day" : `in ${left} days`;
    return found(
      "expiring",
      `it expires ${days}, on ${day(expiresAt)}, and is deleted then`,
      `renew it with a new value: npx platform set ${path}`,
    );
  }
  const remindAt =
    remindDays === undefined || lastModified === undefined
      ? undefined
      : lastModified.getTime() + remindDays * dayMilliseconds;
  if (remindAt !== undefined && remindAt <= now.getTime()) {
    return found(
      "unchanged",
      `it never expires and has not been changed since ${day(lastModified?.getTime() ?? 0)}`,
      `check that it is still right; a new value (npx platform set ${path}) ends this reminder`,
    );
  }
  if (
    expires !== undefined &&
    lastModified !== undefined &&
    !hasPlannedExpiry(parameter, expires, lastModified)
  ) {
    return found(
      "not as planned",
      `${lifetime(expiresAt)}, which is not what the manifest says`,
      `give it that with a new value: npx platform set ${path}`,
    );
  }
  return undefined;
}

/** Also where somebody wrote the value with a later date, or with none: it then lives longer than it may. */
function hasPlannedExpiry({ policies }: WatchedParameter, expires: ExpiryRule, lastModified: Date): boolean {
  return policiesMatch(expires, observedPolicies(policies), lastModified);
}

function lifetime(expiresAt: number | undefined): string {
  return expiresAt === undefined ? "it never expires" : `it expires on ${day(expiresAt)}`;
}

function expired(name: string, owner: string | undefined, matter: string): Finding {
  const remedy = `make it again with pulumi up --refresh --policy-pack policies, then supply it: npx platform set ${commandPath(name)}`;
  return { kind: "expired", item: "parameter", name, owner, matter, remedy };
}

/** `orders/prod/partner-token`, as the commands take it. */
function commandPath(parameterName: string): string {
  return parameterName.replace(/^\//, "");
}
