import { toRetireFirst, valuesToSet } from "../../../model/changes/afterMerge";
import { compare } from "../../../model/changes/compare";
import { inventoryOfPlan } from "../../../model/changes/ofPlan/inventory";
import type { Thing } from "../../../model/changes/types";
import type { CheckedStacks } from "../check";
import type { Base, Comparison } from "./comparison";
import { namesOfExport } from "./export/names";
import { type ExportedResource, type ReadExport, readExport } from "./export/readExport";
import { thingsOfResource } from "./export/resources";

/**
 * An earlier export. Both sides are read from what was registered, so that what the program changed shows as well; files
 * that are no resource do not.
 * @throws UsageError for what is no export
 */
export function exportBase(path: string): Base {
  const before = readExport(path);
  return { source: { export: path }, compare: (now) => compareWith(path, before, now) };
}

function compareWith(path: string, before: ReadExport, now: CheckedStacks): Comparison {
  const after = new Map(now.stacks.map(({ stack, resources }) => [stack, resources.map(asExported)]));
  const both = [...after.keys()].filter((stack) => before.stacks.has(stack));
  const inBoth = <T extends { readonly stack: string }>(things: readonly T[]) =>
    things.filter(({ stack }) => both.includes(stack));
  const names = namesOfExport(before.stacks);
  const plan = inventoryOfPlan(now.plan, []);
  const held = { ...plan, toSet: inBoth(plan.toSet), names: plan.names };
  return {
    base: { export: path },
    changes: compare(
      { things: [...accounts(before, before.stacks), ...thingsIn(both, before.stacks, after, before)] },
      { things: [...accounts(before, after), ...thingsIn(both, after, before.stacks, before)] },
    ),
    toSet: valuesToSet(names, held),
    toRetire: inBoth(toRetireFirst({ things: [], ...names }, held)),
    notCompared: notCompared(before, after),
  };
}

type Stacks = ReadonlyMap<string, readonly ExportedResource[]>;

function thingsIn(
  stacks: readonly string[],
  own: Stacks,
  others: Stacks,
  { isDeployed }: ReadExport,
): readonly Thing[] {
  return stacks.flatMap((stack) => {
    const urns = new Set((others.get(stack) ?? []).map(({ urn }) => urn));
    const other = { has: (urn: string) => urns.has(urn), isAlike: !isDeployed };
    return (own.get(stack) ?? []).flatMap((resource) => thingsOfResource(resource, other));
  });
}

/** Of one file nothing is known of other stacks. */
function accounts({ isOneFile }: ReadExport, stacks: Stacks): readonly Thing[] {
  if (isOneFile) return [];
  return [...stacks.keys()].map((stack) => ({
    kind: "account",
    stack,
    about: stack,
    name: "account",
    words: "account",
    wider: "added",
    facts: {},
  }));
}

/** As a file would hold it: what is undefined is not there. */
function asExported(resource: CheckedStacks["stacks"][number]["resources"][number]): ExportedResource {
  const { urn, type, custom, parent, inputs, outputs } = resource;
  return { urn, type, custom, parent, ...plain({ inputs, outputs }) };
}

function plain<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

function notCompared({ stacks, isDeployed }: ReadExport, after: Stacks): readonly string[] {
  const missing = [...after.keys()].filter((stack) => !stacks.has(stack));
  return [
    "settings and exemptions of the policy pack, and values that are said to be public: an export does not hold them",
    ...(isDeployed
      ? ["settings of resources that hold identifiers: those of a deployed stack are the cloud's"]
      : []),
    ...missing.map((stack) => `the stack ${stack}, which the export does not hold`),
  ];
}
