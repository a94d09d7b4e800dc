import type { Output } from "@pulumi/pulumi";
import { EnvironmentKey } from "../../components/account/environmentKey";
import { environmentKeyPolicy } from "../../model/documents/environmentKeyPolicy";
import { keyOutput } from "../../model/documents/keyArns";
import type { KeyPlan, Plan } from "../../model/plan/types";
import { platformTags } from "./tags";

export interface Keys {
  arn(key: KeyPlan, region: string): Output<string>;
  /** By `{alias}@{region}`, as a security stack exports them. */
  readonly outputs: Readonly<Record<string, Output<string>>>;
}

/** Keys over the values of the environments, or of single services, that one account holds. */
export function environmentKeys(plan: Plan, keys: readonly KeyPlan[]): Keys {
  const { region } = plan.organisation;
  const made = new Map(keys.map((key) => [key.id, environmentKey(plan, key)]));
  const arn = (key: KeyPlan, at: string): Output<string> => {
    const component = made.get(key.id);
    if (component === undefined) throw new Error(`key ${key.id} is not held by this account`);
    return component.arnIn(at);
  };
  const outputs = keys.flatMap((key) =>
    [region, ...key.replicaRegions].map((at) => [keyOutput(key, at), arn(key, at)] as const),
  );
  return { arn, outputs: Object.fromEntries(outputs) };
}

function environmentKey(plan: Plan, key: KeyPlan): EnvironmentKey {
  const { region } = plan.organisation;
  const whose = key.service === undefined ? "Configuration" : `Configuration of ${key.service}`;
  return new EnvironmentKey(
    key.alias.slice("alias/".length),
    {
      alias: key.alias,
      description: `${whose} in ${key.environment}`,
      region,
      policy: environmentKeyPolicy(plan, key, region),
      deletionWindowDays: key.deletionWindowDays,
      replicaPolicies: Object.fromEntries(
        key.replicaRegions.map((at) => [at, environmentKeyPolicy(plan, key, at)]),
      ),
      tags: {
        ...platformTags(plan, key.environment),
        ...(key.service !== undefined && { service: key.service }),
      },
    },
    { protect: key.protected },
  );
}
