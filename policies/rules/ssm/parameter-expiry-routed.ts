import { any, envelope, takesEvent, type EventFields } from "../../documents/eventPattern";
import type { Resource } from "../../view/resource";
import { undecided, type Rule, type StackFinding } from "../rule";
import { someOf, type Truth } from "../../view/threeValued";
import { types } from "../../view/types";
import {
  booleanOf,
  isPresent,
  objectOf,
  textOf,
  unknown,
  unknownPaths,
  type Properties,
  type Value,
} from "../../view/values";
import { routesIn, type Route } from "../../view/eventRoutes";

export const parameterExpiryRouted: Rule = {
  id: "parameter-expiry-routed",
  title: "The notices of expiring parameters reach somebody",
  why: "Parameter Store only puts an event on the account's bus; without a rule the value is deleted unheard, and with a rule for one kind of event only it is deleted without warning",
  remedy:
    "Add an EventRule on the default bus, with a target, for `aws.ssm` events of type `Parameter Store Policy Action`, of every kind and every parameter",
  severity: "high",
  level: "mandatory",
  references: ["AWS Systems Manager user guide: events for parameter policies"],
  stack: {
    types: [types.expiringParameter],
    *check(stack): Iterable<StackFinding> {
      const routes = routesIn(stack).filter(({ pattern }) => takesEvent(pattern, anyNotice) !== false);
      for (const parameter of stack.ofType(types.expiringParameter)) yield* check(parameter, routes);
    },
  },
};

/**
 * What AWS sends, and what the fields hold.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-cwe.html
 */
const notice = {
  source: "aws.ssm",
  "detail-type": "Parameter Store Policy Action",
  ...envelope,
} as const;
const detail = {
  "parameter-type": "SecureString",
  "policy-content": any,
  "action-status": "Success",
  "action-reason": any,
} as const;
const anyNotice: EventFields = {
  ...notice,
  detail: { ...detail, "parameter-name": any, "policy-type": any },
};

function* check({ urn, props }: Resource, routes: readonly Route[]): Iterable<StackFinding> {
  const kinds = kindsOf(props["expires"]);
  const taken = kinds.all.map((kind) => takenBy(routes, eventOf(kind, props)));
  const lost = kinds.all.filter((_, at) => taken[at] === false);
  const open = kinds.all.find((_, at) => taken[at] === unknown);
  if (lost.length > 0 && (kinds.certain || lost.length === kinds.all.length)) {
    const message = `no EventRule with a target in this stack takes what AWS sends of this parameter: ${lost.join(", ")}`;
    yield { urn, message };
  } else if (lost.length > 0) {
    if (isPresent(props["expires"])) yield { ...undecided("expires"), urn };
  } else if (open !== undefined) yield { ...undecided(dependence(routes, eventOf(open, props))), urn };
}

type Kind = (typeof everyKind)[number];
const everyKind = ["Expiration", "ExpirationNotification", "NoChangeNotification"] as const;

/**
 * The kinds of events that a parameter's policies send; not certain while its `expires` is not known or not given.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-policies.html
 */
function kindsOf(expires: Value): { readonly all: readonly Kind[]; readonly certain: boolean } {
  const { never, afterDays, remindDays } = objectOf(expires);
  if (never === unknown) return { all: everyKind, certain: false };
  const ends = booleanOf(never) !== true && isPresent(afterDays);
  const reminds = booleanOf(never) === true || isPresent(remindDays);
  if (!ends)
    return reminds ? { all: ["NoChangeNotification"], certain: true } : { all: everyKind, certain: false };
  return { all: reminds ? everyKind : ["Expiration", "ExpirationNotification"], certain: true };
}

function eventOf(kind: Kind, { arn, name }: Properties): EventFields {
  const called = name === unknown ? unknown : (textOf(name) ?? any);
  return {
    ...notice,
    resources: textOf(arn) ?? any,
    detail: { ...detail, "policy-type": kind, "parameter-name": called },
  };
}

function takenBy(routes: readonly Route[], event: EventFields): Truth {
  return someOf(routes, ({ pattern, dependsOn }) => {
    const takes = takesEvent(pattern, event);
    return takes === true && dependsOn !== undefined ? unknown : takes;
  });
}

/** What must be known to say whether any of the rules takes the event. */
function dependence(routes: readonly Route[], event: EventFields): string {
  const route = routes.find(({ pattern }) => takesEvent(pattern, event) !== false);
  if (route?.dependsOn !== undefined) return route.dependsOn;
  return unknownPaths(route?.pattern, "").length > 0 ? "eventPattern of an EventRule" : "name";
}
