import type { AlarmSettings } from "../organisation/types";
import { all, any, equals, filterPattern, isOther } from "./filterPattern";
import { breakGlassRole } from "./breakGlass";
import { drift } from "./drift";
import { counted, overdueRotations } from "./metrics";
import {
  byNoneOf,
  denied,
  developerRole,
  hostedRotationRoles,
  readByName,
  readOfAny,
  readOfParameter,
  readOfSecret,
  rotationRoles,
  succeeded,
} from "./records";
import type { Alarm, MetricFilter } from "./types";

/** A security account, its readers and its rotators. */
export interface SecurityScope {
  readonly account: string;
  /** Workload accounts whose consumers read here. */
  readonly readers: readonly string[];
  /** Roles of teams' own rotation functions, as `path/name`. */
  readonly rotators: readonly string[];
  /** Name of the stack. */
  readonly stack: string;
}

/** Reads as the account that holds the values records them: a foreign caller's record names its account alone. */
export function securityReads(
  scope: SecurityScope,
  settings: Required<AlarmSettings>,
): { readonly filters: readonly MetricFilter[]; readonly alarms: readonly Alarm[] } {
  const mended = drift.mendedIn(scope.stack);
  return {
    filters: [
      {
        id: "unexpected-account",
        metric: "ReadsByUnexpectedAccount",
        pattern: unexpectedAccountPattern(scope),
      },
      { id: "local-reader", metric: "ReadsByLocalPrincipal", pattern: localReaderPattern(scope, settings) },
      { id: "denied-reads", metric: "DeniedReads", pattern: deniedPattern },
    ],
    alarms: [
      {
        id: "unexpected-account",
        runbook:
          "An account that no environment belongs to read a value here. First: find account and value with `platform audit`; " +
          `take the account out of the secret's and the key's policy (${mended} puts ours back), then \`platform rotate\` the secret.`,
        metric: counted("ReadsByUnexpectedAccount"),
        trigger: { kind: "count", atLeast: 1, minutes: 5 },
      },
      {
        id: "local-reader",
        runbook:
          "A principal of the security account that is no rotation function read a value. First: find who with `platform audit`. " +
          `Secrets refuse this by policy, so look for a changed policy too; put it back with ${mended}, then \`platform rotate\` what was read.`,
        metric: counted("ReadsByLocalPrincipal"),
        trigger: { kind: "count", atLeast: 1, minutes: 5 },
      },
      {
        id: "denied-reads",
        runbook:
          "A principal of the security account was refused a value. First: find who with `platform audit` and ask them. " +
          `A rotation function: its role or the secret's policy was changed; ${mended} puts them back.`,
        metric: counted("DeniedReads"),
        trigger: { kind: "count", atLeast: settings.deniedReads, minutes: 5 },
      },
      {
        id: "rotation-overdue",
        runbook:
          "Secrets are past the day of their rotation. First: `platform status` lists them, and the log of each one's rotation function says why; " +
          "mend that, then `platform rotate`.",
        metric: overdueRotations,
        trigger: { kind: "level", atLeast: 1, minutes: 24 * 60 },
      },
    ],
  };
}

export function unexpectedAccountPattern({ account, readers }: SecurityScope): string {
  return filterPattern(all(readOfAny, isOther("userIdentity.accountId", [account, ...readers])));
}

export function localReaderPattern(
  { account, rotators }: SecurityScope,
  { expectedRoles }: Pick<Required<AlarmSettings>, "expectedRoles">,
): string {
  const unnamed = rotators.filter((role) => !expectedRoles.some((expected) => covers(expected, role)));
  return filterPattern(
    all(
      any(readOfSecret, all(readOfParameter, byNoneOf([developerRole]))),
      equals("userIdentity.accountId", account),
      byNoneOf([rotationRoles, breakGlassRole, hostedRotationRoles, ...expectedRoles, ...unnamed]),
      succeeded,
    ),
  );
}

function covers(expected: string, role: string): boolean {
  return expected.endsWith("*") ? role.startsWith(expected.slice(0, -1)) : role === expected;
}

const deniedPattern = filterPattern(all(denied, any(readByName, equals("eventName", "Decrypt"))));
