import type { Access } from "../../../model/access/access";
import type { ReadAction } from "../../../model/access/actions";
import { actionsOf, readCall, resourcesOf } from "../../../model/access/calls";
import type { Call } from "../../../model/access/call";
import type { Grant } from "../../../model/access/grants";
import type { Item, Principal } from "../../../model/access/types";

/** A call of a role as both engines are asked about it. */
export interface SampledCall {
  readonly principal: Principal;
  readonly action: ReadAction;
  readonly call: Call;
}

/**
 * Calls that read, half of them of open pairs and half of any, at the same places in each run. Left out are those about
 * which a statement of the role has a condition: the other engine takes one that does not hold for a Deny.
 */
export function sample(
  access: Access,
  open: readonly Grant[],
  count: number,
): { readonly calls: readonly SampledCall[]; readonly leftOut: number } {
  const principals = [...access.model.principals.values()];
  const items = [...access.model.items.values()];
  const places = numbers();
  const of = <T>(all: readonly T[]): T => all[places() % all.length]!;
  const calls: SampledCall[] = [];
  let leftOut = 0;
  while (calls.length < count) {
    const grant = calls.length % 2 === 0 ? of(open) : undefined;
    const principal = grant === undefined ? of(principals) : access.principal(grant.principal);
    const item: Item = grant === undefined ? of(items) : access.item(grant.item);
    const action = of(actionsOf(item));
    const call = readCall(principal, item, {
      action,
      resource: of(resourcesOf(item, action)),
      endpoint: undefined,
    });
    if (hasCondition(principal, action)) leftOut++;
    else calls.push({ principal, action, call });
  }
  return { calls, leftOut };
}

function hasCondition({ identity }: Principal, action: ReadAction): boolean {
  return identity.some(({ byAction }) => byAction.get(action)?.some(({ tests }) => tests.length > 0));
}

/** Numbers that look random and are the same each time: https://en.wikipedia.org/wiki/Linear_congruential_generator */
function numbers(): () => number {
  let state = 14;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 8;
  };
}
