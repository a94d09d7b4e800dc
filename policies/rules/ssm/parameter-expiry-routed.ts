import type { Resource } from "../../resource";
import { undecided, type Rule, type StackFinding } from "../../rule";
import type { Stack } from "../../stack";
import { types } from "../../types";
import { isPresent, listOf, objectOf, textOf, unknown, type Value } from "../../values";

export const parameterExpiryRouted: Rule = {
  id: "parameter-expiry-routed",
  title: "The notices of expiring parameters reach somebody",
  why: "Parameter Store only puts an event on the account's bus; without a rule the value is deleted unheard",
  remedy: "Add an EventRule for `aws.ssm` events of type `Parameter Store Policy Action` with a target",
  severity: "high",
  level: "mandatory",
  references: ["AWS Systems Manager user guide: events for parameter policies"],
  stack: {
    types: [types.expiringParameter],
    *check(stack): Iterable<StackFinding> {
      const routes = stack.ofType(types.eventRule).map((rule) => routing(stack, rule));
      if (routes.includes("routed")) return;
      for (const { urn } of stack.ofType(types.expiringParameter)) {
        if (routes.includes(unknown)) yield { ...undecided("eventPattern of an EventRule"), urn };
        else
          yield {
            urn,
            message: "no EventRule with a target in this stack takes the notice of this parameter",
          };
      }
    },
  },
};

function routing(stack: Stack, rule: Resource): "routed" | typeof unknown | undefined {
  const { eventPattern, state, isEnabled } = rule.props;
  if (state === "DISABLED" || isEnabled === false) return undefined;
  if (eventPattern === unknown) return unknown;
  if (!takesNotices(eventPattern) || !targetsOf(stack).has(rule.urn)) return undefined;
  return "routed";
}

function takesNotices(eventPattern: Value): boolean {
  const pattern = readPattern(eventPattern);
  const has = (key: string, wanted: string) =>
    listOf(objectOf(pattern)[key]).some((value) => textOf(value) === wanted) ||
    !isPresent(objectOf(pattern)[key]);
  return (
    isPresent(pattern) && has("source", "aws.ssm") && has("detail-type", "Parameter Store Policy Action")
  );
}

function readPattern(eventPattern: Value): Value {
  try {
    return typeof eventPattern === "string" ? (JSON.parse(eventPattern) as Value) : eventPattern;
  } catch {
    return undefined;
  }
}

function targetsOf(stack: Stack): ReadonlySet<string> {
  return new Set(
    stack.ofType(types.eventTarget).flatMap((target) => stack.referred(target, "rule").map(({ urn }) => urn)),
  );
}
