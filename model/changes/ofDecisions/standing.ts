import { rolesOf } from "../../plan/contents";
import { servicesPath } from "../../plan/names";
import type { Plan } from "../../plan/types";
import { itemKey } from "../../proof/compared/itemKey";
import type { DecidedSide } from "../../proof/compared/sides";
import { intention } from "../../proof/intention";

/**
 * Pairs that come and go with their item, as the Plans mean them: functions that rotate, people, administrators. Of
 * consumers none does, which are granted each item by itself.
 */
export function standingPairs(
  plans: readonly Plan[],
  sides: readonly DecidedSide[],
): (principal: string, item: string) => boolean {
  const arns = [...new Set(sides.flatMap(({ access }) => [...access.model.items.keys()]))];
  const items = arns.map((arn) => ({ arn }));
  const consumers = new Set(plans.flatMap((plan) => rolesOf(plan.consumers).map(({ arn }) => arn)));
  const meant = new Map<string, Set<string>>();
  for (const plan of plans) {
    for (const [principal, own] of intention(plan, items)) {
      const all = meant.get(principal) ?? new Set();
      meant.set(principal, all);
      for (const arn of own) all.add(itemKey(arn));
    }
  }
  return (principal, item) =>
    !consumers.has(principal) &&
    !principal.includes(`:role${servicesPath}`) &&
    meant.get(principal)?.has(itemKey(item)) === true;
}
