import { accountInArn } from "../../aws/accountInArn";
import type { Grant } from "../../access/grants";
import { groupBy } from "../../groupBy";
import { assumedName, patternOf } from "../../proof/assumed";
import { itemKey } from "../../proof/compared/itemKey";
import type { DecidedSide } from "../../proof/compared/sides";
import type { Thing } from "../types";

/** How a pair is called in a report. */
export type GrantWords = (
  principal: string,
  item: string,
) => Pick<Thing, "stack" | "about" | "name" | "words">;

export interface GrantsAsked {
  readonly own: DecidedSide;
  readonly other: DecidedSide;
  /** Of the organisation; a secret is one thing with its replicas in others. */
  readonly region: string;
  readonly wordsOf: GrantWords;
  /** Whether a pair comes and goes with its item, and says nothing by itself. */
  readonly comesWithItem: (principal: string, item: string) => boolean;
}

/**
 * Who reads what on one side, as the evaluator decides it, with the actions: so that two sides are compared by decisions.
 * One thing for a role and an item with its replicas. Whoever reads all there is, such as a function that rotates, comes
 * with an item that the other side lacks.
 */
export function grantsDecided({ own, other, region, wordsOf, comesWithItem }: GrantsAsked): readonly Thing[] {
  const there = new Set([...other.access.model.items.keys()].map(itemKey));
  const told = own.grants.filter(
    ({ principal, item }) => there.has(itemKey(item)) || !comesWithItem(principal, item),
  );
  const pairs = groupBy(told, ({ principal, item }) => `${principal} ${inRegion(itemKey(item), region)}`);
  return [...pairs.values()].map((grants): Thing => {
    const [{ principal, item }] = grants as [Grant, ...Grant[]];
    return {
      kind: "grant",
      ...wordsOf(principal, inRegion(item, region)),
      wider: "added",
      facts: {
        actions: { value: grants.flatMap((grant) => actionsIn(grant, region)).sort(), wider: "more" },
      },
    };
  });
}

function actionsIn({ item, actions }: Grant, region: string): readonly string[] {
  const own = item.split(":")[3] ?? "";
  return own === region ? actions : actions.map((action) => `${action} in ${own}`);
}

function inRegion(arn: string, region: string): string {
  return arn.split(":").with(3, region).join(":");
}

/** Of the resources themselves: names as AWS has them. `stacks` by account. */
export function plainGrantWords(stacks: ReadonlyMap<string, string>): GrantWords {
  return (principal, item) => {
    const stack = stacks.get(accountInArn(principal)) ?? stacks.get(accountInArn(item)) ?? "all";
    return {
      stack,
      about: stack,
      name: `${principal} ${itemKey(item)}`,
      words: `${roleWords(principal)} may read ${itemWords(item)}`,
    };
  };
}

/** `role orders-prod-api`, `any administrator of 333333333333`; of a made-up name the pattern that it stands for. */
function roleWords(arn: string): string {
  return assumedName(arn) ?? `role ${patternOf(arn.slice(arn.lastIndexOf("/") + 1))}`;
}

/** `secret billing/prod/token`, `parameter /billing/prod/level`. */
function itemWords(arn: string): string {
  const [, , service, , account = "", ...rest] = itemKey(arn).split(":");
  const name = patternOf(rest.join(":"));
  if (/^(?:secret:|parameter\/)\*$/.test(name))
    return `any other ${service === "secretsmanager" ? "secret" : "parameter"} of ${account}`;
  return name.replace(/^secret:/, "secret ").replace(/^parameter/, "parameter ");
}
