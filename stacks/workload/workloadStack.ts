import { deletionWindowDays } from "../../model/limits";
import { stackValuesProvider } from "../../components/values/valuesProvider";
import { Boundary } from "../../components/workload/boundary";
import { OperationsKey } from "../../components/account/operationsKey";
import { boundaryPolicy } from "../../model/documents/boundaryPolicy";
import { operationsKeyPolicy } from "../../model/documents/operationsKeyPolicy";
import type { WorkloadStack } from "../../model/organisation/types";
import { environmentOf } from "../../model/plan/environmentOf";
import { boundaryName } from "../../model/plan/names";
import type { ConsumerPlan, EnvironmentPlan } from "../../model/plan/types";
import { auditing } from "../account/auditing";
import { peoplesRoles } from "../account/peoplesRoles";
import type { ProgramInput } from "../programInput";
import { protectedNames, refuseUnretired } from "../outputs/retirement";
import { environmentKeys } from "../account/environmentKeys";
import { readSecurityOutputs, type SecurityArns } from "../outputs/securityOutputs";
import { platformTags } from "../account/tags";
import { consumers } from "./consumers";
import { managedAdministrators } from "./managedAdministrators";
import { network } from "./network";
import { parameters } from "./parameters";
import { references } from "./references";
import { rotationRollout } from "./rotationRollout";

/** The account of one environment: its parameters, and the roles that read values here and in the security account. */
export async function workloadStack(
  input: ProgramInput,
  stack: WorkloadStack,
): Promise<Record<string, unknown>> {
  const { plan } = input;
  const { organisation } = plan;
  const environment = environmentOf(input.plan, stack.environment);
  const held = heldBy(input, environment);
  await refuseUnretired(stack.name, held.names);
  const security = await readSecurityOutputs(plan, environment);
  askFor(security, held.consumers, organisation.region);

  const tags = platformTags(plan, environment.name);
  const operationsKey = new OperationsKey("operations", {
    policy: operationsKeyPolicy(organisation, stack.account),
    deletionWindowDays: deletionWindowDays(environment),
    tags,
  });
  const keys = environmentKeys(plan, held.keys);
  parameters(plan, held.parameters, keys, stackValuesProvider());
  const boundary = new Boundary("services-boundary", {
    name: boundaryName(environment.name),
    document: boundaryPolicy(plan, environment),
    partition: organisation.partition,
    account: stack.account,
    tags,
  });
  peoplesRoles(plan, stack.account, tags);
  const places = network(plan, stack, operationsKey, tags);
  consumers(input, held.consumers, {
    security,
    boundary,
    network: places,
    operationsKey,
    concurrentBuilds: stack.concurrency?.builds,
  });
  references(held.consumers, security);
  rotationRollout(input, stack, { environment, operationsKey, tags });
  managedAdministrators(plan, environment.name, tags);
  auditing(input, stack, {
    operationsKey,
    archive: security.archive,
    parameters: held.parameters,
    endpointIds: places.endpointIds,
    tags,
  });

  return { keyArns: keys.outputs, protectedNames: protectedNames(held) };
}

/** All that is needed of the security stack, ahead of everything, so that an update that has to stop makes nothing. */
function askFor(security: SecurityArns, consumers: readonly ConsumerPlan[], region: string): void {
  security.archive();
  for (const item of consumers.flatMap(({ role, executionRole }) => [
    ...role.grants,
    ...(executionRole?.grants ?? []),
  ])) {
    if (item.kind === "secret") security.secret(item);
    if (item.kind !== "managed-secret" && item.key?.home === "security") security.key(item.key, region);
  }
}

/** The part of the Plan that this stack holds. */
function heldBy({ plan }: ProgramInput, { name }: EnvironmentPlan) {
  const here = (thing: { readonly environment: string }) => thing.environment === name;
  const keys = plan.keys.filter((key) => key.home === "workload" && here(key));
  const parameters = plan.parameters.filter((parameter) => parameter.home === "workload" && here(parameter));
  return {
    keys,
    parameters,
    secrets: [],
    consumers: plan.consumers.filter(here),
    names: [...keys.map(({ alias }) => alias), ...parameters.map((parameter) => parameter.name)],
  };
}
