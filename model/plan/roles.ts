import type { Catalogue, Consumer, ItemReference, Service } from "../catalogue/types";
import type { Organisation } from "../organisation/types";
import { roleArn } from "./arns";
import type { Environments } from "./environments";
import { elsewherePath, roleName, rolePath, type RoleSuffix } from "./names";
import { podsIn } from "./pods";
import type { EnvironmentPlan, RoleIdentity } from "./types";

/** Every consumer's roles, and who reads what: known before the items are, which name their readers. */
export interface Roles {
  readonly all: readonly ConsumerRoles[];
  /** Roles that read an item, in the order of services and consumers. */
  readersOf(service: string, environment: string, item: string): readonly RoleIdentity[];
}

/** A consumer in one environment, with its roles. */
export interface ConsumerRoles {
  readonly service: Service;
  readonly consumer: Consumer;
  readonly environment: EnvironmentPlan;
  /** Runs as; for ECS the task role. */
  readonly runtime: GrantedRole;
  /** ECS only: fetches what is injected, and images. */
  readonly execution?: GrantedRole;
}

/** A role, and what it may read, each item once. */
export interface GrantedRole {
  readonly identity: RoleIdentity;
  readonly reads: readonly ItemReference[];
}

/** Linear in grants. */
export function planRoles(
  catalogue: Catalogue,
  organisation: Organisation,
  environments: Environments,
): Roles {
  const all = catalogue.services.flatMap((service) =>
    service.environments.flatMap((name) =>
      service.consumers.map((consumer) =>
        consumerRoles({ service, consumer, environment: environments.named(name) }, organisation),
      ),
    ),
  );
  const readers = new Map<string, RoleIdentity[]>();
  for (const { environment, runtime, execution } of all) {
    for (const { identity, reads } of execution ? [runtime, execution] : [runtime]) {
      for (const { service, item } of reads) {
        const key = itemKey(service, environment.name, item);
        const known = readers.get(key);
        if (known === undefined) readers.set(key, [identity]);
        else known.push(identity);
      }
    }
  }
  return {
    all,
    readersOf: (service, environment, item) => readers.get(itemKey(service, environment, item)) ?? [],
  };
}

export function itemKey(service: string, environment: string, item: string): string {
  return `${service}/${environment}/${item}`;
}

type Wanted = Pick<ConsumerRoles, "service" | "consumer" | "environment">;

function consumerRoles(wanted: Wanted, organisation: Organisation): ConsumerRoles {
  const { consumer } = wanted;
  const injected = consumer.environment.map(({ reference }) => reference);
  const logins = consumer.kind === "ecs" ? consumer.repositoryCredentials : [];
  const role = (use: RoleIdentity["use"], reads: readonly ItemReference[], suffix?: RoleSuffix) => ({
    identity: { ...roleIdentity(wanted, organisation, suffix), use, ...takenOnBy(wanted) },
    reads: onceEach(reads),
  });
  return consumer.kind === "ecs"
    ? {
        ...wanted,
        runtime: role("ecs-task", consumer.reads, "task"),
        execution: role("ecs-execution", [...injected, ...logins], "execution"),
      }
    : { ...wanted, runtime: role(consumer.kind, [...consumer.reads, ...injected]) };
}

/** Who takes on the role, where its use alone does not say. */
function takenOnBy({ consumer, environment: { name } }: Wanted): Pick<RoleIdentity, "by" | "pods"> {
  if (consumer.kind === "role") return { by: consumer.service };
  return consumer.kind === "eks" ? { pods: podsIn(name, consumer) } : {};
}

/** An item may be read and injected too, or injected field by field. */
function onceEach(references: readonly ItemReference[]): readonly ItemReference[] {
  const byItem = new Map<string, ItemReference>();
  for (const { service, item } of references) byItem.set(`${service}/${item}`, { service, item });
  return [...byItem.values()];
}

function roleIdentity(
  { service, consumer, environment }: Wanted,
  { partition }: Organisation,
  suffix?: RoleSuffix,
): Omit<RoleIdentity, "use"> {
  const { account } = environment.workload;
  const name = roleName(service.name, environment.name, consumer.name, suffix);
  const isElsewhere = consumer.kind === "eks" || consumer.kind === "role";
  const path = isElsewhere ? elsewherePath(service.name) : rolePath(service.name);
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
