import { parseArn } from "../documents/arn";
import type { Resource } from "./resource";
import type { Stack } from "./stack";
import { types } from "./types";
import { booleanOf, isPresent, textOf, unknown, type Value } from "./values";

/** An event rule that hands on what AWS sends to the account. */
export interface Route {
  /** As a value; undefined when the rule only runs by the clock, or its text is no JSON. */
  readonly pattern: Value;
  /** What must be known to say whether it hands on anything at all. */
  readonly dependsOn?: string;
}

/** The rules that are on, have a target, and stand on the default bus, to which alone AWS's services send. */
export function routesIn(stack: Stack): readonly Route[] {
  const targets = stack.ofType(types.eventTarget);
  const targeted = new Set(targets.flatMap((target) => stack.referred(target, "rule").map(({ urn }) => urn)));
  const astray = targets.some(
    (target) =>
      target.props["rule"] === unknown &&
      !stack.referred(target, "rule").some(({ type }) => type === types.eventRule),
  );
  return stack.ofType(types.eventRule).flatMap((rule): Route[] => {
    const bus = isOnOwnBus(stack, rule);
    if (isOff(rule) || bus === true || (!targeted.has(rule.urn) && !astray)) return [];
    const pattern = readPattern(rule.props["eventPattern"]);
    const open = [
      ...(rule.props["state"] === unknown ? ["state of an EventRule"] : []),
      ...(rule.props["isEnabled"] === unknown ? ["isEnabled of an EventRule"] : []),
      ...(bus === unknown ? ["eventBusName of an EventRule"] : []),
      ...(targeted.has(rule.urn) ? [] : ["rule of an EventTarget"]),
    ];
    return [open[0] === undefined ? { pattern } : { pattern, dependsOn: open[0] }];
  });
}

function isOff({ props }: Resource): boolean {
  return textOf(props["state"]) === "DISABLED" || booleanOf(props["isEnabled"]) === false;
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus.html */
function isOnOwnBus(stack: Stack, rule: Resource): boolean | typeof unknown {
  const bus = rule.props["eventBusName"];
  if (!isPresent(bus)) return false;
  if (stack.referred(rule, "eventBusName").some(({ type }) => type === types.eventBus)) return true;
  if (bus === unknown) return unknown;
  const text = textOf(bus) ?? "";
  return (parseArn(text)?.resource ?? text).replace(/^event-bus\//, "") !== "default";
}

function readPattern(eventPattern: Value): Value {
  try {
    return typeof eventPattern === "string" ? (JSON.parse(eventPattern) as Value) : eventPattern;
  } catch {
    return undefined;
  }
}
