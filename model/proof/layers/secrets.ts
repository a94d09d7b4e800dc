import type { Call } from "../../access/call";
import type { ReadPolicy } from "../../access/policies";
import { arnLikeOneOf } from "../../access/match";
import type { Item } from "../../access/types";
import { platformRoleArn } from "../../documents/people";
import { environmentOf } from "../../plan/environmentOf";
import type { Plan, SecretPlan } from "../../plan/types";
import { administrator, concrete } from "../assumed";
import type { Layer } from "./layer";
import { readCalls, strangersTo } from "./probes";
import { subjectsOf } from "./subjects";

/**
 * A secret's own policy: lets its readers in, by their account so that their boundary still limits, and denies everybody
 * else but who rotates it or needs its login, and break-glass.
 */
export function secretLayer(plan: Plan, secret: SecretPlan, item: Item, policy: ReadPolicy): Layer {
  const { organisation } = plan;
  const { partition } = organisation;
  const readers = new Set(secret.readers.map(({ arn }) => arn));
  const spared = [
    ...readers,
    ...secret.rotatorRoles,
    platformRoleArn(organisation, secret.account, "breakGlass"),
  ];
  const isSpared = arnLikeOneOf(spared);
  const subject = subjectsOf(organisation);
  const by = spared.map(concrete).map(subject);
  const workload = environmentOf(plan, secret.environment).workload.account;
  const everybodyElse = [secret.account, workload].flatMap((account) =>
    [
      administrator(partition, account),
      `arn:${partition}:iam::${account}:role/services/${secret.service}/another`,
      platformRoleArn(organisation, account, "developers"),
      platformRoleArn(organisation, account, "writers"),
    ].map(subject),
  );
  return {
    policy,
    probes: [...by, ...by.flatMap(strangersTo), ...everybodyElse].flatMap((one) => readCalls(one, item)),
    allows: (call) => (isReader(call) ? "account" : undefined),
    denies: ({ by }) => !isSpared(by.arn),
  };

  function isReader({ by }: Call): boolean {
    return readers.has(by.arn) && by.organisation === organisation.id;
  }
}
