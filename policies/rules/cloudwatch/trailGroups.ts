import { parseArn } from "../../documents/arn";
import type { Resource } from "../../view/resource";
import { oncePerStack } from "../../documents/secrets";
import type { Stack } from "../../view/stack";
import type { Truth } from "../../view/threeValued";
import { types } from "../../view/types";
import { isPresent, textOf, unknown } from "../../view/values";

/** Is the metric filter on a log group that a trail of the stack writes to? True where no trail of it writes to any. */
export function isOnTrail(stack: Stack, filter: Resource): Truth {
  const trails = groupsOfTrails(stack);
  if (trails.length === 0) return true;
  const own = groupOf(stack, filter, "logGroupName");
  if (own === unknown) return unknown;
  if (trails.some((group) => group !== unknown && [...own].some((one) => group.has(one)))) return true;
  return trails.includes(unknown) ? unknown : false;
}

/** What a log group is known by: its name, and its URN where the stack makes it. */
type Group = ReadonlySet<string>;

const groupsOfTrails: (stack: Stack) => readonly (Group | typeof unknown)[] = oncePerStack((stack) =>
  stack
    .ofType(types.trail)
    .filter(({ props }) => isPresent(props["cloudWatchLogsGroupArn"]))
    .map((trail) => groupOf(stack, trail, "cloudWatchLogsGroupArn")),
);

function groupOf(stack: Stack, from: Resource, property: string): Group | typeof unknown {
  const name = groupName(textOf(from.props[property]));
  const made =
    name === undefined
      ? stack.referred(from, property).filter(({ type }) => type === types.logGroup)
      : (groupsByName(stack).get(name) ?? []);
  const group = [name, ...made.flatMap(({ urn, props }) => [urn, textOf(props["name"])])];
  const known = group.filter((text) => text !== undefined);
  return known.length === 0 ? unknown : new Set(known);
}

const groupsByName: (stack: Stack) => ReadonlyMap<string, readonly Resource[]> = oncePerStack((stack) => {
  const byName = new Map<string, Resource[]>();
  for (const group of stack.ofType(types.logGroup)) {
    const name = textOf(group.props["name"]);
    if (name !== undefined) byName.set(name, [...(byName.get(name) ?? []), group]);
  }
  return byName;
});

/** Of a name, or of an ARN with or without `:*` for its streams. */
function groupName(text: string | undefined): string | undefined {
  const resource = text === undefined ? undefined : (parseArn(text)?.resource ?? text);
  return resource?.replace(/^log-group:/, "").replace(/:\*$/, "");
}
