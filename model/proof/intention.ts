import { accountInArn } from "../aws/accountInArn";
import type { ItemDocuments } from "../access/input";
import { platformRoleArn } from "../documents/people";
import { groupBy } from "../groupBy";
import type { ManagedSecretPlan, ParameterPlan, Plan, ReadableItem, SecretPlan } from "../plan/types";
import { assumedPrincipals, concrete, rotatorsElsewhere } from "./assumed";
import { type ReferencesItem, referencesItems, rolesOf } from "../plan/contents";

/** Who is meant to read what, as the manifests and settings say; pairs of ARNs of a role and of an item. */
export type Intention = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * From the Plan alone: no document is read, so that what documents say can be held against it.
 *
 * - a consumer's role: what it was granted
 * - a rotation function: the secrets it rotates, the public keys it publishes of them, and the logins of administrators
 *   that it needs; of the platform's own
 *   functions no replica, which AWS writes, while what AWS's or a team's may do beside that is theirs
 * - the role by which such a function reads the logins of administrators that a database service manages: those
 * - developers: parameters of the environments that the settings list for them, in the account that holds them
 * - break-glass: all that the platform keeps in its account
 * - whoever may do everything in an account: what has no gate of its own there, which is text that is no secret, public
 *   keys that are shared with the account, and what a database service keeps for itself
 * - whoever reads text that is no secret: what says where a consumer's values are
 * - everybody else: nothing
 *
 * @param items those there are; an item of the Plan that is not among them is read by nobody
 */
export function intention(plan: Plan, items: readonly Pick<ItemDocuments, "arn">[]): Intention {
  const named = itemsByName(items);
  const meant = new Map<string, Set<string>>();
  const { region } = plan.organisation;
  const mean = (
    role: string,
    item: Parameters<typeof nameOf>[0],
    where: "everywhere" | "at home" = "everywhere",
  ) => {
    const found = meant.get(role) ?? new Set();
    meant.set(role, found);
    for (const { arn } of named.get(nameOf(item)) ?? []) {
      if (where === "everywhere" || arn.split(":")[3] === region) found.add(arn);
    }
  };
  for (const role of rolesOf(plan.consumers)) for (const item of role.grants) mean(role.arn, item);
  const elsewhere = new Set(rotatorsElsewhere(plan));
  for (const secret of plan.secrets)
    for (const role of secret.rotatorRoles)
      mean(concrete(role), secret, elsewhere.has(role) ? "everywhere" : "at home");
  for (const secret of plan.managedSecrets)
    if (secret.administratorsRole !== undefined) mean(secret.administratorsRole, secret);
  const references = referencesItems(plan);
  for (const item of [...plan.secrets, ...plan.parameters, ...references]) {
    for (const role of peopleReading(plan, item)) mean(role, item);
  }
  const plain = plan.parameters.filter(({ key }) => key === undefined);
  for (const keys of plain.filter(({ keysOf }) => keysOf !== undefined))
    for (const role of publishersOf(plan, keys)) mean(concrete(role), keys);
  const open = [...plan.managedSecrets, ...plain, ...references].flatMap((item) =>
    [accountInArn(item.arn), ...accountsReading(item)].map((account) => ({ account, item })),
  );
  const openTo = groupBy(open, ({ account }) => account);
  for (const { arn } of assumedPrincipals(plan)) {
    for (const { item } of openTo.get(accountInArn(arn)) ?? []) mean(arn, item);
  }
  return meant;
}

/** The function that rotates a key pair reads what it has published. */
function publishersOf(plan: Plan, { service, environment, keysOf }: ParameterPlan): readonly string[] {
  const secret = plan.secrets.find(
    (one) => one.service === service && one.environment === environment && one.item === keysOf,
  );
  return secret?.rotatorRoles ?? [];
}

/** Accounts that public keys are shared with. */
function accountsReading(item: ManagedSecretPlan | ParameterPlan | ReferencesItem): readonly string[] {
  return "keysOf" in item && item.keysOf !== undefined
    ? [...new Set(item.readers.map(({ account }) => account))].filter((account) => account !== item.account)
    : [];
}

function peopleReading(
  { organisation }: Plan,
  item: Pick<ReadableItem, "kind" | "environment" | "account">,
): readonly string[] {
  const developers =
    item.kind === "parameter" && organisation.principals.developers.environments.includes(item.environment);
  return [
    platformRoleArn(organisation, item.account, "breakGlass"),
    ...(developers ? [platformRoleArn(organisation, item.account, "developers")] : []),
  ];
}

/** In all regions, by kind, account and name. */
export function itemsByName<T extends { readonly arn: string }>(
  items: readonly T[],
): ReadonlyMap<string, readonly T[]> {
  return groupBy(items, ({ arn }) => nameInArn(arn));
}

export function nameOf(
  item: Pick<SecretPlan, "kind" | "arnPattern"> | Pick<ManagedSecretPlan | ParameterPlan, "kind" | "arn">,
): string {
  if (item.kind === "secret") return nameInArn(item.arnPattern);
  return nameInArn(item.arn);
}

/** Without its region, and of a secret without the six characters that AWS adds. */
export function nameInArn(arn: string): string {
  const [, , service, , account, ...rest] = arn.split(":");
  const name = rest.join(":");
  return [service, account, service === "secretsmanager" ? name.replace(/-[^-/]{6}$/, "") : name].join(":");
}
