import type { Access, Reading } from "../access/access";
import { actionsOf } from "../access/calls";
import { explainReading } from "../access/explain";
import type { Grant } from "../access/grants";
import type { Intention } from "./intention";

/** A pair of role and item that the documents decide otherwise than the Plan means. */
export interface UnexpectedAccess {
  /** ARN of the role, and of the item. */
  readonly principal: string;
  readonly item: string;
  readonly expected: Decision;
  readonly decision: Decision;
  /** The statements that made it. */
  readonly why: string;
  /** What would set it right. */
  readonly remedy: string;
}

export type Decision = "allowed" | "refused";

/** In the order of roles, then of items. */
export function unexpectedAccess({
  access,
  open,
  meant,
}: {
  readonly access: Access;
  readonly open: readonly Grant[];
  readonly meant: Intention;
}): readonly UnexpectedAccess[] {
  const found = new Map<string, Set<string>>();
  const tooMuch = open.flatMap((grant) => {
    const { principal, item } = grant;
    found.set(principal, (found.get(principal) ?? new Set()).add(item));
    return meant.get(principal)?.has(item) === true ? [] : [opened(access, grant)];
  });
  const tooLittle = [...meant].flatMap(([principal, items]) =>
    [...items]
      .filter((item) => found.get(principal)?.has(item) !== true)
      .map((item) => closed(access, principal, item)),
  );
  return [...tooMuch, ...tooLittle].sort(inOrder);
}

function opened(access: Access, { principal, item, actions }: Grant): UnexpectedAccess {
  const [by, what] = [access.principal(principal), access.item(item)];
  const [action] = actions;
  const reading = access.read(by, what, action ?? actionsOf(what)[0]!);
  return {
    principal,
    item,
    expected: "refused",
    decision: "allowed",
    why: explainReading(reading).chain.map(trimmed).join("; "),
    remedy: `take the role or the item out of ${openedBy(reading)}, or grant it in a manifest`,
  };
}

function openedBy({ calls }: Reading): string {
  const statements = calls.flatMap(({ gates }) =>
    gates
      .filter(({ answer }) => answer.effect === "allow")
      .flatMap(({ policies, answer }) =>
        answer.statements.map((statement) => {
          const policy = policies.find((one) => one.statements.includes(statement));
          return `${policy?.name ?? "a policy"}, ${statement.name}`;
        }),
      ),
  );
  return [...new Set(statements)].join(" or ");
}

function closed(access: Access, principal: string, item: string): UnexpectedAccess {
  const both = { principal, item, expected: "allowed", decision: "refused" } as const;
  if (!access.model.principals.has(principal))
    return {
      ...both,
      why: "no stack registers the role",
      remedy: "a component has to make the role under that name",
    };
  const [by, what] = [access.principal(principal), access.item(item)];
  const explained = explainReading(access.read(by, what, actionsOf(what)[0]!));
  return {
    ...both,
    why: explained.refusedBy?.why ?? "no action that reads it is allowed",
    remedy: explained.refusedBy?.opens ?? "a statement that allows one",
  };
}

function trimmed(text: string): string {
  return text.trim();
}

function inOrder(one: UnexpectedAccess, other: UnexpectedAccess): number {
  const [a, b] = [one, other].map(({ principal, item }) => `${principal} ${item}`) as [string, string];
  return a < b ? -1 : a > b ? 1 : 0;
}
