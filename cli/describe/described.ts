import { valuesToSet } from "../../model/changes/afterMerge";
import { itemsToSet } from "../../model/changes/ofPlan/inventory";
import { rolesOf } from "../../model/plan/contents";
import { environmentOf } from "../../model/plan/environmentOf";
import type { ConsumerPlan, Plan, ReadableItem, RoleIdentity } from "../../model/plan/types";
import { plannedArn, type Reference, referencesOf } from "../../model/references/reference";
import { consumerOf } from "../audit/rows";
import { itemPath } from "../operations/item";
import { type DescribedItem, describedItem } from "./item";
import type { Selected } from "./select";

/** A service in one environment, as JSON shows it. */
export interface Described {
  readonly service: string;
  readonly environment: string;
  readonly owner: string;
  readonly securityAccount: string;
  readonly workloadAccount: string;
  /** The service's own, then those of other services that its consumers read. */
  readonly items: readonly DescribedItem[];
  readonly consumers: readonly DescribedConsumer[];
  /** Items that wait for a value after the merge that brings them, with the command. */
  readonly toSet: readonly { readonly item: string; readonly command: string }[];
}

export interface DescribedConsumer {
  /** `orders/prod/api` */
  readonly consumer: string;
  readonly kind: string;
  readonly roles: readonly Pick<RoleIdentity, "use" | "name" | "arn">[];
  readonly variables: readonly DescribedVariable[];
  /** Those in plain text. */
  readonly plain: Readonly<Record<string, string>>;
  /** The same of each container beside the main one that has any, by its name. */
  readonly plainBeside: ConsumerPlan["sidecarVariables"];
  /** Where the manifest has it: `services/orders.yaml:42`. */
  readonly at: string;
}

export interface DescribedVariable {
  /** Name of the variable; of an EC2 instance the key in its file of references. */
  readonly variable: string;
  readonly holds: Reference["holds"];
  readonly item: string;
  readonly field?: string;
  /** The container beside the main one that has it. */
  readonly container?: string;
  /** File that holds the value in place of the variable. */
  readonly file?: string;
  /** ARN of the item, or its pattern. */
  readonly arn: string;
}

export function describedOf(plan: Plan, { service, environment, items, consumers }: Selected): Described {
  const { security, workload } = environmentOf(plan, environment);
  const foreign = consumers.flatMap((consumer) =>
    rolesOf([consumer]).flatMap(({ grants }) => grants.filter((item) => !items.includes(item))),
  );
  const all = [...items, ...new Set(foreign)];
  return {
    service,
    environment,
    owner: [...items, ...consumers][0]?.owner ?? "",
    securityAccount: security.account,
    workloadAccount: workload.account,
    items: all.map(describedItem),
    consumers: consumers.map(describedConsumer),
    toSet: toSet(plan, all, service),
  };
}

function describedConsumer(consumer: ConsumerPlan): DescribedConsumer {
  const { settings } = consumer;
  return {
    consumer: consumerOf(consumer.role),
    kind: settings.kind,
    roles: rolesOf([consumer]).map(({ use, name, arn }) => ({ use, name, arn })),
    variables: referencesOf(consumer).map(({ variable, holds, item, named, field, container, file }) => ({
      variable: settings.kind === "ec2" ? named : variable,
      holds,
      item: itemPath(item),
      ...(field !== undefined && { field }),
      ...(container !== undefined && { container }),
      ...(file !== undefined && { file }),
      arn: plannedArn(item),
    })),
    plain: consumer.variables,
    plainBeside: consumer.sidecarVariables,
    at: `${settings.at.file}:${settings.at.line}`,
  };
}

/** All that waits for a value where nothing is deployed yet; another service's is that service's to set. */
function toSet(plan: Plan, items: readonly ReadableItem[], service: string): Described["toSet"] {
  const paths = new Set(items.filter((item) => item.service === service).map(itemPath));
  return valuesToSet({ toSet: [] }, { toSet: itemsToSet(plan) })
    .filter(({ item }) => paths.has(item))
    .map(({ item }) => ({ item, command: `npx platform set ${item}` }));
}
