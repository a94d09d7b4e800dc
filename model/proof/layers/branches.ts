import { decrypt } from "../../access/actions";
import type { Call } from "../../access/call";
import { likeOneOf, type Matcher } from "../../access/match";
import type { Subject } from "../../access/subjects";
import type { Item } from "../../access/types";
import type { KeyPlan, Plan } from "../../plan/types";
import {
  decryptCalls,
  encrypted,
  inContextOf,
  oneOfEach,
  readCalls,
  regionsOf,
  wrongDecrypts,
} from "./probes";

/** Names of whole environments in one account: what is said of them is said of every service's item. */
export interface Branches {
  readonly secrets: readonly string[];
  readonly parameters: readonly string[];
}

/** ARN patterns; `region` may be `*`. */
export function branchesOf(
  { organisation: { partition } }: Plan,
  { account, region, environments }: { account: string; region: string; environments: readonly string[] },
): Branches {
  const names = [...new Set(environments)];
  const place = `${region}:${account}`;
  return {
    secrets: names.map((name) => `arn:${partition}:secretsmanager:${place}:secret:*/${name}/*`),
    parameters: names.map((name) => `arn:${partition}:ssm:${place}:parameter/*/${name}/*`),
  };
}

/**
 * Whether a call of Decrypt is by an alias of the keys, through one of the services, where the keys are, for a name of their
 * environments.
 */
export function throughAliasesOf(
  plan: Plan,
  {
    account,
    keys,
    services,
  }: {
    readonly account: string;
    readonly keys: readonly KeyPlan[];
    readonly services: readonly ("secretsmanager" | "ssm")[];
  },
): (call: Call) => boolean {
  const { partition, region } = plan.organisation;
  const environments = keys.map(({ environment }) => environment);
  const branches = branchesOf(plan, { account, region: "*", environments });
  const isName = { secretsmanager: likeAny(branches.secrets), ssm: likeAny(branches.parameters) };
  const context = { secretsmanager: "secretarn", ssm: "parameter_arn" };
  const aliases = new Set(keys.map(({ alias }) => alias));
  const regions = new Set([region, ...keys.flatMap(({ replicaRegions }) => replicaRegions)]);
  const isOurKey = likeOneOf([`arn:${partition}:kms:*:${account}:key/*`]);
  return ({ action, resource, via = "", key }) => {
    const [name, where = ""] = via.split(".");
    const service = services.find((one) => one === name);
    if (action !== decrypt || service === undefined || !regions.has(where)) return false;
    const value = key?.encryptionContext.get(context[service])?.value;
    return (
      isOurKey(resource) &&
      key?.aliases.some((alias) => aliases.has(alias)) === true &&
      value !== undefined &&
      isName[service](value)
    );
  };
}

/** Reads and decrypts of each item; and of those that are to be allowed, one a service with one thing about it wrong. */
export function branchProbes({
  plan,
  by,
  items,
  decrypts,
}: {
  readonly plan: Plan;
  readonly by: Subject;
  readonly items: readonly Item[];
  readonly decrypts: (call: Call) => boolean;
}): readonly Call[] {
  const regions = regionsOf(plan);
  const asked = items.flatMap((item) => decryptCalls(by, item));
  const right = oneOfEach(asked.filter(decrypts), ({ via }) => via ?? "");
  return [
    ...items.flatMap((item) => readCalls(by, item)),
    ...asked,
    ...right.flatMap((call) => [
      ...wrongDecrypts(call, regions),
      ...encrypted(items).map((other) => inContextOf(call, other)),
    ]),
  ];
}

/** Nothing, where there is no pattern. */
export function likeAny(patterns: readonly string[]): Matcher {
  return patterns.length === 0 ? () => false : likeOneOf(patterns);
}
