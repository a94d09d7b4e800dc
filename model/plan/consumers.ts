import type { Catalogue, Consumer, Service } from "../catalogue/types";
import type { Organisation } from "../organisation/types";
import { roleArn } from "./arns";
import type { Environments } from "./environments";
import type { Items } from "./items";
import { consumerName, roleName, rolePath, type RoleSuffix } from "./names";
import type { ConsumerPlan, EnvironmentPlan, InjectionPlan, RolePlan } from "./types";

/** Consumers with their roles, granted exactly what they read and inject. */
export function planConsumers(
  catalogue: Catalogue,
  organisation: Organisation,
  environments: Environments,
  items: Items,
): readonly ConsumerPlan[] {
  return catalogue.services.flatMap((service) =>
    service.environments.flatMap((name) =>
      service.consumers.map((consumer) =>
        planConsumer(service, consumer, environments.named(name), organisation, items),
      ),
    ),
  );
}

function planConsumer(
  service: Service,
  consumer: Consumer,
  environment: EnvironmentPlan,
  organisation: Organisation,
  items: Items,
): ConsumerPlan {
  const role = (use: RolePlan["use"], suffix?: RoleSuffix) =>
    planRole(service, consumer, environment, organisation, use, suffix);
  const runtime = consumer.kind === "ecs" ? role("ecs-task", "task") : role(consumer.kind);
  const execution = consumer.kind === "ecs" ? role("ecs-execution", "execution") : undefined;
  const injections = consumer.environment.map(({ variable, reference }): InjectionPlan => {
    const item = items.named(reference.service, environment.name, reference.item);
    return { variable, item, ...(reference.field !== undefined && { field: reference.field }) };
  });
  for (const { service: owner, item } of consumer.reads) {
    items.grant(runtime, items.named(owner, environment.name, item));
  }
  for (const { item } of injections) items.grant(execution ?? runtime, item);
  return {
    service: service.name,
    environment: environment.name,
    consumer: consumer.name,
    owner: service.owner,
    account: environment.workload.account,
    name: consumerName(service.name, environment.name, consumer.name),
    settings: consumer,
    role: runtime,
    ...(execution && { executionRole: execution }),
    injections,
  };
}

function planRole(
  service: Service,
  consumer: Consumer,
  environment: EnvironmentPlan,
  { partition }: Organisation,
  use: RolePlan["use"],
  suffix?: RoleSuffix,
): RolePlan {
  const { account } = environment.workload;
  const name = roleName(service.name, environment.name, consumer.name, suffix);
  const path = rolePath(service.name);
  return {
    service: service.name,
    environment: environment.name,
    consumer: consumer.name,
    account,
    use,
    name,
    path,
    arn: roleArn({ partition, account }, path, name),
    grants: [],
  };
}
