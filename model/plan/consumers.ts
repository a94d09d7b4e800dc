import type { Items } from "./items";
import { consumerName } from "./names";
import type { ConsumerRoles, GrantedRole, Roles } from "./roles";
import type { ConsumerPlan, InjectionPlan, RolePlan } from "./types";

/** Consumers with their roles, granted exactly what they read and inject. */
export function planConsumers(roles: Roles, items: Items): readonly ConsumerPlan[] {
  return roles.all.map((one) => planConsumer(one, items));
}

function planConsumer(
  { service, consumer, environment, runtime, execution }: ConsumerRoles,
  items: Items,
): ConsumerPlan {
  const injections = consumer.environment.map(({ variable, reference }): InjectionPlan => {
    const item = items.named(reference.service, environment.name, reference.item);
    return { variable, item, ...(reference.field !== undefined && { field: reference.field }) };
  });
  const granted = ({ identity, reads }: GrantedRole): RolePlan => ({
    ...identity,
    grants: reads.map((read) => items.named(read.service, environment.name, read.item)),
  });
  return {
    service: service.name,
    environment: environment.name,
    consumer: consumer.name,
    owner: service.owner,
    account: environment.workload.account,
    name: consumerName(service.name, environment.name, consumer.name),
    settings: consumer,
    role: granted(runtime),
    ...(execution && { executionRole: granted(execution) }),
    injections,
  };
}
