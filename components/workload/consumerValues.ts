import type { ItemReference } from "../../model/catalogue/types";
import type { ConsumerPlan, ReadableItem } from "../../model/plan/types";
import type { InjectedValue, ValueReference } from "./references";

/** Full ARNs of secrets, by the secrets' names: what AWS adds to them is known only to the stack that made them. */
export type SecretArns = Readonly<Record<string, string>>;

/** What a consumer reads at run time, in the manifest's order. */
export function valueReferences(consumer: ConsumerPlan, secretArns: SecretArns): ValueReference[] {
  return consumer.settings.reads.map(({ service, item }) => {
    const granted = consumer.role.grants.find((grant) => grant.service === service && grant.item === item);
    if (granted === undefined) throw new Error(`${consumer.name} was not granted ${service}/${item}`);
    return {
      item: service === consumer.service ? item : `${service}/${item}`,
      arn: fullArn(granted, secretArns),
    };
  });
}

/**
 * What is copied into a consumer at its start, in the manifest's order; into its main container, or the one beside it
 * that is named.
 */
export function injectedValues(
  consumer: ConsumerPlan,
  secretArns: SecretArns,
  container?: string,
): InjectedValue[] {
  const own = consumer.injections.filter((injection) => injection.container === container);
  return own.map(({ variable, item, field, file }) => {
    const common = { variable, arn: fullArn(item, secretArns), ...(file !== undefined && { file }) };
    return item.kind === "parameter"
      ? { kind: "parameter", ...common }
      : { kind: "secret", ...common, ...(field !== undefined && { field }) };
  });
}

/** The secret with which the execution role logs in to a registry. */
export function loginArn(
  consumer: ConsumerPlan,
  { service, item }: ItemReference,
  secretArns: SecretArns,
): string {
  const granted = consumer.executionRole?.grants.find(
    (grant) => grant.service === service && grant.item === item,
  );
  if (granted === undefined) throw new Error(`${consumer.name} was not granted ${service}/${item}`);
  return fullArn(granted, secretArns);
}

function fullArn(item: ReadableItem, secretArns: SecretArns): string {
  if (item.kind !== "secret") return item.arn;
  const arn = secretArns[item.name];
  if (arn === undefined) throw new Error(`the ARN of secret ${item.name} was not given`);
  return arn;
}
