import type { Access } from "../access/access";
import { readArn, type ReadArn } from "../access/arn";
import { byAction, type ReadPolicy } from "../access/policies";
import type { Item, Principal } from "../access/types";
import { groupBy } from "../groupBy";
import { isAtPartner } from "../documents/partnerRotation";
import { environmentOf } from "../plan/environmentOf";
import { managedAdminsOf } from "../plan/managedAdmin";
import type { ParameterPlan, Plan, RolePlan, SecretPlan } from "../plan/types";
import { everything } from "./assumed";
import { itemsByName, nameOf } from "./intention";
import { boundaryLayer } from "./layers/boundaries";
import { consumerLayer } from "./layers/consumers";
import { endpointLayer } from "./layers/endpoints";
import { keyLayer } from "./layers/keys";
import type { Layer } from "./layers/layer";
import { managedAdministratorsLayer } from "./layers/managedAdministrators";
import { oneOfEach } from "./layers/probes";
import { partnerLayer } from "./layers/partners";
import { personLayer } from "./layers/people";
import { rotatorLayer } from "./layers/rotators";
import { secretLayer } from "./layers/secrets";
import { shareLayer } from "./layers/shares";
import { rolesOf } from "../plan/contents";

/**
 * Every policy that has a say in who reads a value, each with what it is to say. One that is missing where the Plan asks for
 * it is there without statements, and so says too little.
 */
export function layersOf(plan: Plan, access: Access): readonly Layer[] {
  const { principals, items } = access.model;
  const all = [...items.values()];
  const some = representatives(plan, all);
  const few = oneOfEach(some, ({ kind, arn }) => `${kind} ${environmentIn(arn)}`);
  const byBranch = groupBy([...plan.secrets, ...plan.parameters], branchOf);
  const named = itemsByName(all.map(({ arn }) => ({ arn: arn.text })));
  const itemsOf = (item: Parameters<typeof nameOf>[0]): readonly Item[] =>
    (named.get(nameOf(item)) ?? []).map(({ arn }) => access.item(arn));
  const roles = new Map(rolesOf(plan.consumers).map((role) => [role.arn, role]));
  const rotators = new Map(plan.rotators.map((rotator) => [rotator.role, rotator]));
  const administrators = new Map(managedAdminsOf(plan).map((one) => [one.role, one]));
  const atPartners = new Map(plan.secrets.filter(isAtPartner).map((one) => [one.rotation.partner.role, one]));
  return [
    ...[...principals.values()].filter(isRegistered).map((by) => {
      const [role, rotator] = [roles.get(by.arn), rotators.get(by.arn)];
      const policy = together(by);
      if (role !== undefined) return consumerLayer({ plan, by, policy, ...around(role) });
      if (rotator?.hosted === "platform") return rotatorLayer({ plan, rotator, by, policy, items: some });
      const managedAdmins = administrators.get(by.arn);
      if (managedAdmins !== undefined) {
        const { secrets } = managedAdmins;
        const own = secrets.flatMap((arn) => itemsOf({ kind: "managed-secret", arn }));
        return managedAdministratorsLayer({ plan, secrets, by, policy, own, items: some });
      }
      const secret = atPartners.get(by.arn);
      if (secret !== undefined)
        return partnerLayer({ plan, secret, by, policy, own: itemsOf(secret), items: some });
      return personLayer({ plan, by, policy, items: some });
    }),
    ...boundaries(),
    ...plan.secrets.flatMap((secret) =>
      itemsOf(secret).map((item) => secretLayer(plan, secret, item, item.policy ?? none(secret.name))),
    ),
    ...plan.keys.flatMap((planned) =>
      [...keysOf(all)]
        .filter(({ owner, aliases }) => owner.account === planned.account && aliases.includes(planned.alias))
        .map((key) => keyLayer({ plan, planned, key, policy: key.policy, items: all })),
    ),
    ...[...plan.secrets, ...plan.parameters].flatMap(underOtherKeys),
    // One of a workload account is shared with nobody, and has no such policy.
    ...plan.parameters.flatMap((parameter) =>
      itemsOf(parameter)
        .filter(({ policy }) => parameter.home === "security" || policy !== undefined)
        .map((item) => shareLayer(plan.organisation, parameter, item, item.policy ?? none(parameter.name))),
    ),
    ...[...access.model.endpoints].map(([, { account, service, policy }]) =>
      endpointLayer({ organisation: plan.organisation, account, service, policy, items: some }),
    ),
  ];

  /** What a role was granted, and what stands near it. */
  function around(role: RolePlan): { granted: readonly Item[]; others: readonly Item[] } {
    const granted = new Set(role.grants.flatMap(itemsOf));
    const near = (byBranch.get(branchOf(role)) ?? []).slice(0, nearest);
    const others = [...new Set([...near.flatMap(itemsOf), ...few])].filter((item) => !granted.has(item));
    return { granted: [...granted], others };
  }

  /** The policy of the planned key where an item, or a replica of it, is under another one, and so under no such policy. */
  function underOtherKeys(item: SecretPlan | ParameterPlan): readonly Layer[] {
    const { key: planned, name } = item;
    if (planned === undefined) return [];
    return itemsOf(item).flatMap(({ underKey, arn, owner }) => {
      const actual = underKey?.key;
      if (actual?.owner.account === planned.account && actual.aliases.includes(planned.alias)) return [];
      const policy = {
        ...none(name),
        name: `policy of the key ${planned.alias}, which ${arn.text} is not under`,
      };
      const key = {
        arn: `${arn.text.split(":").with(2, "kms").slice(0, 5).join(":")}:key/none`,
        owner,
        aliases: [planned.alias],
        policy,
      };
      return [keyLayer({ plan, planned, key, policy, items: all })];
    });
  }

  /** One for each policy that is a boundary: of consumers' roles all have the same. */
  function boundaries(): readonly Layer[] {
    const found = new Map<string, Layer>();
    for (const role of roles.values()) {
      const by = principals.get(role.arn);
      if (by === undefined) continue;
      const policy = by.boundary ?? none(role.name);
      const environment = environmentOf(plan, role.environment);
      const id = `${environment.name} ${by.boundary === undefined ? role.name : policy.name}`;
      if (!found.has(id)) found.set(id, boundaryLayer({ plan, environment, by, policy, items: some }));
    }
    return [...found.values()];
  }
}

/** How many of a service's other items a consumer's policy is tried on. */
const nearest = 6;

function branchOf({
  service,
  environment,
}: {
  readonly service: string;
  readonly environment: string;
}): string {
  return `${service}/${environment}`;
}

/** Whose own policies a stack holds. */
function isRegistered({ identity }: Principal): boolean {
  return !identity.some(({ name }) => name === everything.name);
}

function together({ arn, identity }: Principal): ReadPolicy {
  const [first, ...others] = identity;
  if (first !== undefined && others.length === 0) return first;
  const statements = identity.flatMap((policy) => policy.statements);
  return { name: `policies of the role ${arn}`, statements, byAction: byAction(statements) };
}

function none(name: string): ReadPolicy {
  return { name: `the policy that ${name} lacks`, statements: [], byAction: new Map() };
}

function keysOf(items: readonly Item[]) {
  return new Set(items.flatMap(({ underKey }) => underKey?.key ?? []));
}

/**
 * One item of each kind, account, region, environment and key, which is all that policies over whole branches tell apart; and
 * what database services keep, of which there may be none.
 */
function representatives(plan: Plan, items: readonly Item[]): readonly Item[] {
  const some = oneOfEach(items, ({ kind, arn, underKey }) =>
    [kind, arn.account, arn.region, environmentIn(arn), underKey?.key.arn].join(),
  );
  return [...some, ...managed(plan)];
}

/** In a name by the scheme `{service}/{environment}/{item}`. */
function environmentIn({ resource }: ReadArn): string {
  const [, environment = ""] = resource.replace(/^(?:secret:|parameter\/)/, "").split("/");
  return environment;
}

function managed({ environments, organisation: { partition, region, id } }: Plan): readonly Item[] {
  const accounts = [...new Set(environments.map(({ workload }) => workload.account))];
  return accounts.flatMap((account) =>
    ["rds!db", "redshift!namespace"].flatMap((name): Item[] => {
      const text = `arn:${partition}:secretsmanager:${region}:${account}:secret:${name}-any-0a1b2c`;
      const arn = readArn(text, "secretsmanager", /^secret:/);
      return arn === undefined
        ? []
        : [{ kind: "secret", arn, owner: { account, organisation: id }, secret: { arn: text } }];
    }),
  );
}
