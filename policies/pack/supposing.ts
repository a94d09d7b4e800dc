import { suppose } from "../documents/suppositions";
import { suppositions } from "../documents/supposition";
import type { Resource } from "../view/resource";
import {
  undecided,
  type Finding,
  type ResourceCheck,
  type StackCheck,
  type StackFinding,
} from "../rules/rule";
import { oncePerStack } from "../documents/secrets";
import type { Settings } from "./settings";
import { stackOf, type Stack } from "../view/stack";
import { entriesOf, isObject, unknown, unknownPaths, type Properties, type Value } from "../view/values";

/**
 * Runs a check, and again for what the policy documents may turn out to be whose parts are not known yet: what it does
 * not find each time is undecided. Rules need say nothing of such parts by themselves. Where all is known, nothing runs
 * twice.
 */
export function* checkResource(
  check: ResourceCheck["check"],
  resource: Resource,
  settings: Settings,
  today: string,
): Iterable<Finding> {
  const found = [...check(resource, settings, today)];
  const others = supposedResources(resource).map((other) => [...check(other, settings, today)]);
  yield* weigh(found, others, () => resource);
}

/**
 * The same for a stack; linear in the number of resources as the check is. A resource of which the check itself says
 * that it could not decide stays as it is.
 */
export function* checkStack(
  check: StackCheck["check"],
  stack: Stack,
  settings: Settings,
): Iterable<StackFinding> {
  const found = [...check(stack, settings)];
  const toldOf = new Set(found.flatMap(({ urn, undecided }) => (undecided === true && urn ? [urn] : [])));
  const others = supposedStacks(stack, toldOf).map((other) => [...check(other, settings)]);
  yield* weigh(found, others, (urn) => (urn === undefined ? undefined : stack.byUrn(urn)));
}

/** What was found, as undecided where some supposition does without it; and as undecided what only some show. */
function weigh(
  found: readonly StackFinding[],
  others: readonly (readonly StackFinding[])[],
  resourceOf: (urn: string | undefined) => Resource | undefined,
): readonly StackFinding[] {
  if (others.length === 0) return found;
  const weighed = found.map((one) =>
    one.undecided === true || others.every((other) => other.some((same) => isAbout(same, one)))
      ? one
      : unsureOf(resourceOf(one.urn), one),
  );
  for (const one of others.flat()) {
    if (one.undecided === true || weighed.some((said) => isAbout(said, one))) continue;
    const unsure = unsureOf(resourceOf(one.urn), one);
    // What depends on another resource's policy is said by the check itself, where it says so of anything there.
    const isSaid =
      unsure.message === dependence && found.some((said) => said.urn === one.urn && said.undecided);
    if (!isSaid) weighed.push(unsure);
  }
  return weighed;
}

/** Does the first say something of the other's property? */
function isAbout(one: StackFinding, { urn, property = "" }: StackFinding): boolean {
  return one.urn === urn && (one.property ?? "").startsWith(property);
}

function unsureOf(resource: Resource | undefined, { urn, property }: StackFinding): StackFinding {
  const about = urn === undefined ? {} : { urn };
  if (property === undefined) return { ...about, undecided: true, message: dependence };
  const own = unknownIn(resource, property);
  return own.length === 0
    ? { ...about, property, undecided: true, message: dependence }
    : { ...about, ...undecided(own.length === 1 ? own[0]! : property) };
}

const dependence = "depends on a policy that is not known before the update, so this could not be decided";

function unknownIn(resource: Resource | undefined, property: string): string[] {
  const [root = ""] = property.split(/[.[]/);
  return unknownPaths(resource?.props[root], root).filter((path) => path.startsWith(property));
}

const supposedProperties = new WeakMap<Properties, readonly Properties[]>();
const none: readonly Properties[] = [];

function supposedResources(resource: Resource): readonly Resource[] {
  return propertiesSupposed(resource.props).map((props) => ({ ...resource, props }));
}

/** One for each supposition; none when everything is known of the documents. */
function propertiesSupposed(props: Properties): readonly Properties[] {
  let result = supposedProperties.get(props);
  if (result === undefined) {
    const open = holders.filter((property) => holdsUnknown(props[property]));
    result =
      open.length === 0
        ? none
        : suppositions.map((how) => ({
            ...props,
            ...Object.fromEntries(
              open.map((property) => [property, supposeProperty(property, props[property], how)]),
            ),
          }));
    supposedProperties.set(props, result);
  }
  return result;
}

const supposedOnce = oncePerStack(() => new Map<string, readonly Stack[]>());

/** The stack under each supposition, without the resources that are to stay; none when nothing is left to suppose. */
function supposedStacks(stack: Stack, staying: ReadonlySet<string>): readonly Stack[] {
  const open = openIn(stack).filter(({ urn }) => !staying.has(urn));
  if (open.length === 0) return [];
  const urns = new Set(open.map(({ urn }) => urn));
  const key = open.map(({ urn }) => urn).join("\n");
  let result = supposedOnce(stack).get(key);
  if (result === undefined) {
    result = suppositions.map((_, at) =>
      stackOf(
        stack.resources.map((resource) =>
          urns.has(resource.urn)
            ? { ...resource, props: propertiesSupposed(resource.props)[at] ?? resource.props }
            : resource,
        ),
      ),
    );
    supposedOnce(stack).set(key, result);
  }
  return result;
}

const openIn = oncePerStack((stack) =>
  stack.resources.filter(({ props }) => propertiesSupposed(props).length > 0),
);

/** Properties that hold policy documents; a role's `inlinePolicies` hold some under `policy`. */
const lists = "inlinePolicies";
const holders = ["policy", "assumeRolePolicy", "inlinePolicy", lists];

function supposeProperty(property: string, value: Value, how: (typeof suppositions)[number]): Value {
  if (property !== lists) return suppose(value, how);
  return entriesOf(value).map((inline): Value => {
    if (inline === unknown) return { policy: suppose(unknown, how) };
    return isObject(inline) ? { ...inline, policy: suppose(inline["policy"], how) } : inline;
  });
}

function holdsUnknown(value: Value): boolean {
  if (value === unknown) return true;
  if (Array.isArray(value)) return (value as readonly Value[]).some(holdsUnknown);
  return isObject(value) && Object.values(value).some(holdsUnknown);
}
