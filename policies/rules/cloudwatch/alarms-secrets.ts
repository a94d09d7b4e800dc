import { any, envelope, takesEvent, type EventFields } from "../../documents/eventPattern";
import type { Resource } from "../../view/resource";
import { undecided, type Rule, type StackFinding } from "../rule";
import type { Stack } from "../../view/stack";
import type { Truth } from "../../view/threeValued";
import { types } from "../../view/types";
import { textOf, unknown } from "../../view/values";
import { routesIn, type Route } from "../../view/eventRoutes";
import { askedFor } from "./filterPattern";
import { countsMany, tells, watchedIn, type Watched } from "./watched";

export const alarmsSecrets: Rule = {
  id: "alarms-secrets",
  title: "Unusual reads of secrets raise an alarm",
  why: "A stolen role reads like the service it was stolen from, except for where from, how often, and what it is refused",
  remedy:
    "Add the metric filters and alarms of AccessAlarms to every account with a trail, on the log group it writes to",
  severity: "high",
  level: "mandatory",
  references: ["AWS Secrets Manager user guide: monitor secrets", "NIST 800-53 AU-6"],
  stack: {
    types: [types.secret, types.role, types.trail],
    *check(stack): Iterable<StackFinding> {
      const watched = watchedIn(stack);
      const known = watched.filter(({ dependsOn }) => dependsOn === undefined);
      const sure = wantedIn(stack, false);
      for (const watch of wantedIn(stack, true)) {
        if (watch.covers(known, stack)) continue;
        const dependsOn = sure.includes(watch)
          ? (openFor(watch, watched, known, stack) ?? watch.dependsOn?.(stack))
          : "path of a Role";
        yield dependsOn === undefined
          ? { message: `nothing watches ${watch.about}` }
          : undecided(`${dependsOn}, for ${watch.about},`);
      }
    },
  },
};

/** What must be known to say whether one of the filters watches it. */
function openFor(
  { covers }: Watch,
  watched: readonly Watched[],
  known: readonly Watched[],
  stack: Stack,
): string | undefined {
  return watched.find((one) => one.pattern === undefined || covers([...known, one], stack))?.dependsOn;
}

/**
 * A trail records reads, also where no role of the stack reads. Of readers in another account the owner's record names
 * the account, not the role: their addresses and their number are watched where their roles are. A role whose path is not
 * known may be a consumer's.
 */
function wantedIn(stack: Stack, evenIfUnknown: boolean): readonly Watch[] {
  const owns = stack.ofType(types.secret).length > 0;
  if (readsHere(stack, evenIfUnknown)) return owns ? [...reading, ...owning] : reading;
  const recorded = stack.ofType(types.trail).length === 0 ? [] : reading.filter(({ anywhere }) => anywhere);
  return owns ? [...recorded, ...owning] : recorded;
}

interface Watch {
  readonly about: string;
  /** Also asked where nobody under `/services/` reads: the platform's own security account is such, with secrets or without. */
  readonly anywhere?: true;
  readonly covers: (watched: readonly Watched[], stack: Stack) => boolean;
  /** What else than filters must be known to say whether it is watched. */
  readonly dependsOn?: (stack: Stack) => string | undefined;
}

/** Consumers' roles read from here: the record of a read that names the role is in this account. */
function readsHere(stack: Stack, evenIfUnknown: boolean): boolean {
  return stack
    .ofType(types.role)
    .some(({ props: { path } }) =>
      path === unknown ? evenIfUnknown : textOf(path)?.startsWith("/services/"),
    );
}

const reading: readonly Watch[] = [
  {
    about: "reads from an unexpected address",
    covers: (watched) => reads(watched).some(({ text }) => /sourceIPAddress|vpcEndpointId/.test(text)),
  },
  {
    about: "reads by an unexpected role",
    anywhere: true,
    covers: (watched) =>
      reads(watched).some(({ text }) => /sessionIssuer|userIdentity\.(?:arn|principalId)/.test(text)),
  },
  {
    about: "reads that were denied",
    anywhere: true,
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
    covers: (watched) => watched.some(({ pattern }) => /break-?glass/i.test(askedFor(pattern ?? ""))),
  },
  {
    about: "rotations that fail",
    covers: (watched, stack) =>
      watched.some(({ pattern }) => /RotationFailed/.test(askedFor(pattern ?? ""))) ||
      routesIn(stack).some((route) => route.dependsOn === undefined && takesFailure(route) === true) ||
      stack.ofType(types.metricAlarm).some((alarm) => isAboutRotation(alarm) && tells(alarm)),
    dependsOn: (stack) => {
      const route = routesIn(stack).find((one) => takesFailure(one) !== false);
      return route && (route.dependsOn ?? "eventPattern of an EventRule");
    },
  },
];

/** Does an event rule take what AWS sends of a rotation that failed? */
function takesFailure({ pattern }: Route): Truth {
  return takesEvent(pattern, failure);
}

/** https://docs.aws.amazon.com/secretsmanager/latest/userguide/monitoring-eventbridge.html */
const failure: EventFields = {
  source: "aws.secretsmanager",
  "detail-type": any,
  ...envelope,
  detail: {
    eventName: "RotationFailed",
    eventSource: "secretsmanager.amazonaws.com",
    eventType: any,
    eventCategory: any,
    managementEvent: any,
    readOnly: any,
    awsRegion: any,
    recipientAccountId: any,
    additionalEventData: { SecretId: any },
  },
};

function isAboutRotation({ props }: Resource): boolean {
  return /rotation/i.test(textOf(props["metricName"]) ?? "");
}

/** What watches reads of values: its pattern asks for their name, and not only for any other. */
function reads(
  watched: readonly Watched[],
): { readonly text: string; readonly alarms: readonly Resource[] }[] {
  return watched.flatMap(({ pattern, alarms }) =>
    pattern !== undefined && /(?<!!)= *["%*]*(?:GetSecretValue|GetParameter)/.test(askedFor(pattern))
      ? [{ text: askedFor(pattern), alarms }]
      : [],
  );
}
