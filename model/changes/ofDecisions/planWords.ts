import { itemsOf, rolesOf } from "../../plan/contents";
import type { Plan } from "../../plan/types";
import { nameInArn, nameOf } from "../../proof/intention";
import { grant } from "../ofPlan/grants";
import type { GrantWords } from "./grants";

/** Consumers and items in the words of the manifests, of the first of the Plans that has both; else `others`. */
export function planGrantWords(plans: readonly Plan[], others: GrantWords): GrantWords {
  const known = plans.map((plan) => ({
    plan,
    roles: new Map(rolesOf(plan.consumers).map((role) => [role.arn, role])),
    items: new Map(itemsOf(plan).map((item) => [nameOf(item), item])),
  }));
  return (principal, arn) => {
    for (const { plan, roles, items } of known) {
      const [role, item] = [roles.get(principal), items.get(nameInArn(arn))];
      if (role === undefined || item === undefined) continue;
      const { stack, about, name, words } = grant(plan, role, item);
      return { stack, about, name, words };
    }
    return others(principal, arn);
  };
}
