import { referencesBranch } from "./names";
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

/** A parameter that says where a consumer finds its values: an item of no manifest, and no consumer's to read. */
export interface ReferencesItem extends Pick<
  ConsumerPlan,
  "service" | "environment" | "account" | "consumer"
> {
  readonly kind: "parameter";
  /** `platform/api` */
  readonly item: string;
  readonly arn: string;
}

export function referencesItems({ consumers }: Pick<Plan, "consumers">): readonly ReferencesItem[] {
  return consumers.flatMap(({ service, environment, account, consumer, references }) =>
    references === undefined
      ? []
      : [
          {
            kind: "parameter",
            ...{ service, environment, account, consumer },
            item: `${referencesBranch}/${consumer}`,
            arn: references.arn,
          },
        ],
  );
}
