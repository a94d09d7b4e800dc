import type { ConsumerPlan, Plan, ReadableItem, RolePlan } from "./types";

/** Everything of the Plan that roles read, secrets first. */
export function itemsOf({
  secrets,
  managedSecrets,
  parameters,
}: Pick<Plan, "secrets" | "managedSecrets" | "parameters">): readonly ReadableItem[] {
  return [...secrets, ...managedSecrets, ...parameters];
}

/** Roles of some consumers, in their order: of an ECS consumer that of the task, then the one that starts it. */
export function rolesOf(consumers: readonly ConsumerPlan[]): readonly RolePlan[] {
  return consumers.flatMap(({ role, executionRole }) =>
    executionRole === undefined ? [role] : [role, executionRole],
  );
}
