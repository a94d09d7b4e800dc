import type { Plan, ReadableItem, RolePlan } from "../../../../model/plan/types";
import { Access } from "./access";

export function rolesOf(plan: Plan): readonly RolePlan[] {
  return plan.consumers.flatMap(({ role, executionRole }) =>
    executionRole === undefined ? [role] : [role, executionRole],
  );
}

export function itemsOf(plan: Plan): readonly ReadableItem[] {
  return [...plan.secrets, ...plan.managedSecrets, ...plan.parameters];
}

/** Every pair of role and item whose gates do not stand as the Plan says. */
export function wrongGrants(plan: Plan, domain?: string): string[] {
  const access = new Access(plan, domain);
  return rolesOf(plan).flatMap((role) => {
    const actor = access.consumer(role);
    return itemsOf(plan).flatMap((item) => {
      const granted = role.grants.includes(item);
      if (access.canRead(actor, item) === granted) return [];
      const name = `${item.service}/${item.environment}/${item.item}`;
      return [granted ? `${role.name} cannot read ${name}` : `${role.name} can read ${name}`];
    });
  });
}
