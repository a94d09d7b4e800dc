import { referenceVariable } from "../catalogue/referenceVariable";
import type { ConsumerPlan, ReadableItem, RolePlan } from "../plan/types";

/** Where a consumer finds a value: by a variable of its process, or by a name in its file of references. */
export interface Reference {
  /** Variable of the process; `reads` of every kind have one, which kinds without variables leave unused. */
  readonly variable: string;
  /** `value`: AWS fills the variable at start; `arn`: it says where the value is, and the program reads it. */
  readonly holds: "value" | "arn";
  readonly item: ReadableItem;
  /** As the consumer's manifest names the item: `item`, or `service/item` of another service. */
  readonly named: string;
  /** JSON field of a secret that is injected. @default the whole value */
  readonly field?: string;
  /** Of a task that is built here: the container beside the main one that has the variable. */
  readonly container?: string;
  /** Of a task that is built here: the file that holds the value, in place of the variable. */
  readonly file?: string;
}

/** All references of a consumer: what is injected, then what it reads, each in the manifest's order. */
export function referencesOf(consumer: ConsumerPlan): readonly Reference[] {
  const { service, injections, settings, role } = consumer;
  const nameOf = (item: { readonly service: string; readonly item: string }) =>
    item.service === service ? item.item : `${item.service}/${item.item}`;
  const injected = injections.map(({ variable, item, field, container, file }): Reference => ({
    variable,
    holds: "value",
    item,
    named: nameOf(item),
    ...(field !== undefined && { field }),
    ...(container !== undefined && { container }),
    ...(file !== undefined && { file }),
  }));
  const read = settings.reads.map((reference): Reference => {
    const named = nameOf(reference);
    return { variable: referenceVariable(named), holds: "arn", item: grantOf(role, reference), named };
  });
  return [...injected, ...read];
}

/**
 * Of what a team deploys itself, which has no further containers and no files, and of the main container of a task that is
 * built here.
 */
export function mainReferences(consumer: ConsumerPlan): readonly Reference[] {
  return referencesOf(consumer).filter(
    ({ container, file }) => container === undefined && file === undefined,
  );
}

function grantOf(
  { name, grants }: RolePlan,
  { service, item }: { service: string; item: string },
): ReadableItem {
  const granted = grants.find((grant) => grant.service === service && grant.item === item);
  if (granted === undefined) throw new Error(`${name} was not granted ${service}/${item}`);
  return granted;
}

/** An item's ARN; of a secret of ours a pattern, since AWS makes up the last six characters. */
export function plannedArn(item: ReadableItem): string {
  return item.kind === "secret" ? item.arnPattern : item.arn;
}
