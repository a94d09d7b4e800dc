import { toRetireFirst, valuesToSet } from "../../../model/changes/afterMerge";
import { compare } from "../../../model/changes/compare";
import { inventoryOfPlan } from "../../../model/changes/ofPlan/inventory";
import type { Thing } from "../../../model/changes/types";
import type { CheckedStacks } from "../check";
import type { Base, Comparison } from "./comparison";
import { type Decisions, decisionsOf, undecidedWords } from "./decisions";
import { namesOfExport } from "./export/names";
import { type ExportedResource, type ReadExport, readExport } from "./export/readExport";
import { type OtherSide, thingsOfResource } from "./export/resources";
import { documentsOfExport } from "./export/stackDocuments";

/**
 * An earlier export. Both sides are read from what was registered, so that what the program changed shows as well; files
 * that are no resource do not. Who reads what is decided on both sides, and a statement that changes no decision is no
 * more than told; where it cannot be decided, statements are compared by their parts, and it is said.
 * @throws UsageError for what is no export
 */
export function exportBase(path: string): Base {
  const before = readExport(path);
  return { source: { export: path }, compare: (now) => Promise.resolve(compareWith(path, before, now)) };
}

function compareWith(path: string, before: ReadExport, now: CheckedStacks): Comparison {
  const after = new Map(now.stacks.map(({ stack, resources }) => [stack, resources.map(asExported)]));
  const both = [...after.keys()].filter((stack) => before.stacks.has(stack));
  const inBoth = <T extends { readonly stack: string }>(things: readonly T[]) =>
    things.filter(({ stack }) => both.includes(stack));
  const names = namesOfExport(before.stacks);
  const plan = inventoryOfPlan(now.plan, []);
  const held = { ...plan, toSet: inBoth(plan.toSet), names: plan.names };
  const decisions = decide(before, now);
  const isDecided = !("undecided" in decisions);
  const access = isDecided ? decisions.access : decisions;
  const things = (own: Stacks, others: Stacks) => [
    ...accounts(before, own),
    ...thingsIn(both, own, others, { isAlike: !before.isDeployed, isDecided }),
  ];
  return {
    base: { export: path },
    changes: compare(
      { things: [...things(before.stacks, after), ...(isDecided ? decisions.before : [])] },
      { things: [...things(after, before.stacks), ...(isDecided ? decisions.after : [])] },
    ),
    access,
    toSet: valuesToSet(names, held),
    toRetire: inBoth(toRetireFirst({ things: [], ...names }, held)),
    notCompared: [...notCompared(before, after), ...undecidedWords(access)],
  };
}

function decide(before: ReadExport, now: CheckedStacks): Decisions {
  const { undecided, ...documents } = documentsOfExport(before, now);
  return undecided.length > 0 ? { undecided } : decisionsOf(documents, now, [now.plan]);
}

type Stacks = ReadonlyMap<string, readonly ExportedResource[]>;

function thingsIn(
  stacks: readonly string[],
  own: Stacks,
  others: Stacks,
  compared: Pick<OtherSide, "isAlike" | "isDecided">,
): readonly Thing[] {
  return stacks.flatMap((stack) => {
    const byUrn = new Map((others.get(stack) ?? []).map((resource) => [resource.urn, resource]));
    const other = { get: (urn: string) => byUrn.get(urn), ...compared };
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
