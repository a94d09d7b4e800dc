import { groupBy } from "../../../../model/groupBy";
import type { Plan } from "../../../../model/plan/types";
import type { BuiltStack } from "../../../inMemory/buildStack";
import type { AccountData, ServiceData } from "./types";

/** The accounts that were built, in the order of the stacks, with what the Plan puts into each. */
export function accountsOf(plan: Plan, stacks: readonly BuiltStack[]): readonly AccountData[] {
  return stacks.flatMap(({ stack: name, resources }) => {
    const stack = plan.organisation.stacks.find((candidate) => candidate.name === name);
    if (stack === undefined) return [];
    const { account, kind } = stack;
    const amount = (things: readonly { readonly account: string }[]) =>
      things.filter((thing) => thing.account === account).length;
    const consumers = plan.consumers.filter((consumer) => consumer.account === account);
    return [
      {
        stack: name,
        account,
        kind,
        environments: stack.kind === "security" ? stack.environments : [stack.environment],
        resources: resources.length,
        keys: amount(plan.keys),
        secrets: amount(plan.secrets),
        secureStrings: amount(plan.parameters.filter(({ key }) => key !== undefined)),
        plainParameters: amount(plan.parameters.filter(({ key }) => key === undefined)),
        rotators: amount(plan.rotators),
        consumers: consumers.length,
        roles: consumers.reduce((sum, { executionRole }) => sum + (executionRole === undefined ? 1 : 2), 0),
      },
    ];
  });
}

/** By name. */
export function servicesOf(plan: Plan): readonly ServiceData[] {
  const { secrets, managedSecrets, parameters, consumers } = plan;
  const things = groupBy(
    [...secrets, ...managedSecrets, ...parameters, ...consumers],
    ({ service }) => service,
  );
  const order = plan.environments.map(({ name }) => name);
  return [...things]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([service, own]) => {
      const present = new Set(own.map(({ environment }) => environment));
      return {
        service,
        owners: [...new Set(own.map(({ owner }) => owner))],
        environments: order.filter((name) => present.has(name)),
        secrets: own.filter((thing) => "kind" in thing && thing.kind !== "parameter").length,
        parameters: own.filter((thing) => "kind" in thing && thing.kind === "parameter").length,
        consumers: own.filter((thing) => "consumer" in thing).length,
      };
    });
}
