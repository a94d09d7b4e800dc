import type { Catalogue, Consumer, Service } from "../catalogue/types";
import type { Organisation } from "../organisation/types";
import { roleArn } from "./arns";
import type { Environments } from "./environments";
import type { Items } from "./items";
import { consumerName, roleName, rolePath, type RoleSuffix } from "./names";
import type { ConsumerPlan, EnvironmentPlan, InjectionPlan, ReadableItem, RolePlan } from "./types";

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
        planConsumer({ service, consumer, environment: environments.named(name) }, organisation, items),
      ),
    ),
  );
}

/** A consumer in one environment. */
interface Wanted {
  readonly service: Service;
  readonly consumer: Consumer;
  readonly environment: EnvironmentPlan;
}

function planConsumer(wanted: Wanted, organisation: Organisation, items: Items): ConsumerPlan {
  const { service, consumer, environment } = wanted;
  const injections = consumer.environment.map(({ variable, reference }): InjectionPlan => {
    const item = items.named(reference.service, environment.name, reference.item);
    return { variable, item, ...(reference.field !== undefined && { field: reference.field }) };
  });
  const reads = consumer.reads.map(({ service: owner, item }) => items.named(owner, environment.name, item));
  const injected = injections.map(({ item }) => item);
  const role = (use: RolePlan["use"], granted: readonly ReadableItem[], suffix?: RoleSuffix): RolePlan => {
    const planned = {
      ...roleIdentity(wanted, organisation, suffix),
      use,
      grants: [...new Set(granted)],
    };
    items.read(planned);
    return planned;
  };
  const isTask = consumer.kind === "ecs";
  const runtime = isTask ? role("ecs-task", reads, "task") : role(consumer.kind, [...reads, ...injected]);
  const execution = isTask ? role("ecs-execution", injected, "execution") : undefined;
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

function roleIdentity(
  { service, consumer, environment }: Wanted,
  { partition }: Organisation,
  suffix?: RoleSuffix,
): Omit<RolePlan, "use" | "grants"> {
  const { account } = environment.workload;
  const name = roleName(service.name, environment.name, consumer.name, suffix);
  const path = rolePath(service.name);
  return {
    service: service.name,
    environment: environment.name,
    consumer: consumer.name,
    account,
    name,
    path,
    arn: roleArn({ partition, account }, path, name),
  };
}
