import type { Resource } from "../../resource";
import { undecided, type Rule, type StackFinding } from "../../rule";
import type { Stack } from "../../stack";
import { types } from "../../types";
import { textOf } from "../../values";
import { countsMany, tells, watchedIn, type Watched } from "./watched";

export const alarmsSecrets: Rule = {
  id: "alarms-secrets",
  title: "Unusual reads of secrets raise an alarm",
  why: "A stolen role reads like the service it was stolen from, except for where from, how often, and what it is refused",
  remedy: "Add the metric filters and alarms of AccessAlarms to the account",
  severity: "high",
  level: "mandatory",
  references: ["AWS Secrets Manager user guide: monitor secrets", "NIST 800-53 AU-6"],
  stack: {
    types: [types.secret, types.role],
    *check(stack): Iterable<StackFinding> {
      const watched = watchedIn(stack);
      const open = watched.some(({ pattern }) => pattern === undefined);
      const wanted = [
        ...(readsHere(stack) ? reading : []),
        ...(stack.ofType(types.secret).length > 0 ? owning : []),
      ];
      for (const { about, covers } of wanted) {
        if (covers(watched, stack)) continue;
        yield open
          ? undecided(`pattern of a LogMetricFilter, for ${about},`)
          : { message: `nothing watches ${about}` };
      }
    },
  },
};

interface Watch {
  readonly about: string;
  readonly covers: (watched: readonly Watched[], stack: Stack) => boolean;
}

/** Consumers' roles read from here: the record of a read that names the role is in this account. */
function readsHere(stack: Stack): boolean {
  return stack.ofType(types.role).some(({ props }) => textOf(props["path"])?.startsWith("/services/"));
}

const reading: readonly Watch[] = [
  {
    about: "reads from an unexpected address",
    covers: (watched) => reads(watched).some(({ text }) => /sourceIPAddress|vpcEndpointId/.test(text)),
  },
  {
    about: "reads by an unexpected role",
    covers: (watched) =>
      reads(watched).some(({ text }) => /sessionIssuer|userIdentity\.(?:arn|principalId)/.test(text)),
  },
  {
    about: "reads that were denied",
    covers: (watched) => reads(watched).some(({ text }) => /AccessDenied/.test(text)),
  },
  {
    about: "a sudden number of reads",
    covers: (watched) => reads(watched).some(({ alarms }) => alarms.some(countsMany)),
  },
];

const owning: readonly Watch[] = [
  {
    about: "use of the break-glass role",
    covers: (watched) => watched.some(({ pattern }) => /break-?glass/i.test(pattern ?? "")),
  },
  {
    about: "rotations that fail",
    covers: (watched, stack) =>
      watched.some(({ pattern }) => /RotationFailed/.test(pattern ?? "")) ||
      stack
        .ofType(types.eventRule)
        .some(({ props }) => textOf(props["eventPattern"])?.includes("RotationFailed")) ||
      stack.ofType(types.metricAlarm).some((alarm) => isAboutRotation(alarm) && tells(alarm)),
  },
];

function isAboutRotation({ props }: Resource): boolean {
  return /rotation/i.test(textOf(props["metricName"]) ?? "");
}

/** What watches reads of values. */
function reads(
  watched: readonly Watched[],
): { readonly text: string; readonly alarms: readonly Resource[] }[] {
  return watched.flatMap(({ pattern, alarms }) =>
    pattern !== undefined && /GetSecretValue|GetParameter/.test(pattern) ? [{ text: pattern, alarms }] : [],
  );
}
