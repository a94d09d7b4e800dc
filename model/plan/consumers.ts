import { parameterBytes } from "../aws/quotas";
import type { Consumer } from "../catalogue/types";
import type { Organisation } from "../organisation/types";
import { referencesText } from "../references/document";
import { plannedArn } from "../references/reference";
import { parameterArn } from "./arns";
import type { Items } from "./items";
import { consumerName, referencesName } from "./names";
import type { ConsumerRoles, GrantedRole, Roles } from "./roles";
import type { ConsumerPlan, InjectionPlan, ReferencesPlan, RolePlan } from "./types";

/** Consumers with their roles, granted exactly what they read and inject. */
export function planConsumers(
  roles: Roles,
  items: Items,
  organisation: Organisation,
): readonly ConsumerPlan[] {
  return roles.all.map((one) => {
    const planned = planConsumer(one, items);
    const references = planReferences(planned, organisation);
    return { ...planned, ...(references && { references }) };
  });
}

/** A full ARN is as long as its pattern, so that the size is known beforehand. */
function planReferences(consumer: ConsumerPlan, organisation: Organisation): ReferencesPlan | undefined {
  const size = Buffer.byteLength(referencesText(consumer, plannedArn));
  if (size > parameterBytes.Advanced) return undefined;
  const { service, environment, account } = consumer;
  const name = referencesName(service, environment, consumer.consumer);
  return {
    name,
    arn: parameterArn({ ...organisation, account }, name),
    tier: size > parameterBytes.Standard ? "Advanced" : "Standard",
  };
}

function planConsumer(
  { service, consumer, environment, runtime, execution }: ConsumerRoles,
  items: Items,
): ConsumerPlan {
  const injections = consumer.environment.map(({ variable, reference, container, file }): InjectionPlan => {
    const item = items.named(reference.service, environment.name, reference.item);
    return {
      variable,
      item,
      ...(reference.field !== undefined && { field: reference.field }),
      ...(container !== undefined && { container }),
      ...(file !== undefined && { file }),
    };
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
    variables: variablesIn(environment.name, consumer, undefined),
    sidecarVariables: Object.fromEntries(
      [...new Set(consumer.variables.map(({ container }) => container))].flatMap((container) =>
        container === undefined ? [] : [[container, variablesIn(environment.name, consumer, container)]],
      ),
    ),
  };
}

function variablesIn(
  environment: string,
  { variables }: Consumer,
  container: string | undefined,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    variables.flatMap(({ variable, value, container: own }) => {
      const text = own === container ? value[environment] : undefined;
      return text === undefined ? [] : [[variable, text]];
    }),
  );
}
