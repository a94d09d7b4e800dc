import type { Access, Reading } from "../../model/access/access";
import { actionsOf } from "../../model/access/calls";
import { explainReading } from "../../model/access/explain";
import { grants } from "../../model/access/grants";
import { inManifests } from "./inManifests";
import type { NamedItem, NamedRole } from "./names";
import type { Asked } from "./select";

/** One role and one item, decided. */
export interface Decision {
  readonly role: string;
  /** ARN of the role. */
  readonly principal: string;
  readonly account: string;
  readonly item: string;
  /** ARN of the item. */
  readonly arn: string;
  readonly decision: "allowed" | "refused";
  /** Actions by which the role gets the value. */
  readonly actions: readonly string[];
  /** Of a refusal: the first gate that refuses, why, and what would open it. */
  readonly refusedBy?: { readonly gate: string; readonly why: string; readonly opens: string };
  /** Of a consumer: what the manifests say, and would have to say. */
  readonly manifests?: string;
  /** Where it was asked for: each call, and each gate that it meets. */
  readonly chain?: readonly string[];
}

/** In the order of roles, then items. */
export function decisions(access: Access, asked: Asked): readonly Decision[] {
  const pairs = asked.refused
    ? asked.roles.flatMap((role) => asked.items.map((item) => ({ role, item })))
    : openPairs(access, asked);
  return pairs
    .filter((pair) => isOfService(pair, asked.service))
    .map((pair) => decision(access, pair, asked.explain))
    .sort((one, other) => compare(one.role, other.role) || compare(one.item, other.item));
}

interface Pair {
  readonly role: NamedRole;
  readonly item: NamedItem;
}

function openPairs(access: Access, { roles, items }: Asked): readonly Pair[] {
  const roleOf = new Map(roles.map((role) => [role.principal.arn, role]));
  const itemOf = new Map(items.map((item) => [item.item.arn.text, item]));
  return grants(access).flatMap(({ principal, item: arn }) => {
    const [role, item] = [roleOf.get(principal), itemOf.get(arn)];
    return role === undefined || item === undefined ? [] : [{ role, item }];
  });
}

function isOfService({ role, item }: Pair, service: string | undefined): boolean {
  return service === undefined || role.role?.service === service || item.place.service === service;
}

function decision(access: Access, { role, item }: Pair, explain: boolean): Decision {
  const { principal } = role;
  const actions = access.actions(principal, item.item);
  const reading: Reading = access.read(principal, item.item, actions[0] ?? actionsOf(item.item)[0]!);
  const { chain, refusedBy } = explainReading(reading);
  const manifests = inManifests(role, item);
  return {
    role: role.name,
    principal: principal.arn,
    account: principal.account,
    item: item.name,
    arn: item.item.arn.text,
    decision: actions.length > 0 ? "allowed" : "refused",
    actions,
    ...(refusedBy !== undefined && { refusedBy }),
    ...(manifests !== undefined && { manifests }),
    ...(explain && { chain }),
  };
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
