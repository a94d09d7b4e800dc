import { awsErrorKind } from "../../aws/errors";
import type { Stack } from "../../model/organisation/types";
import type { KeyPlan, ManagedSecretPlan, ParameterPlan, Plan, SecretPlan } from "../../model/plan/types";
import { isManagedAdmin } from "../../model/plan/managedAdmin";
import { unsetTag } from "../../model/values/tags";
import { inParallel } from "../operations/inParallel";
import { keyArn } from "../operations/keyArn";
import { listSecrets } from "../operations/listSecrets";
import { OperationError } from "../operations/operationError";
import type { ObservedParameter } from "../../aws/parameter";
import { listParameters } from "../operations/parameter";
import { describeSecret, type ObservedSecret } from "../../aws/secret";
import type { Session } from "../operations/session";
import type { ItemStatus } from "./itemStatus";
import { parameterStatus } from "./parameterStatus";
import { managedSecretStatus, secretStatus } from "./secretStatus";

export interface StackStatus {
  readonly stack: string;
  readonly account: string;
  /** In the order of the manifests. */
  readonly items: readonly ItemStatus[];
}

/** DescribeSecret calls at once; AWS lets an account make 40 a second. */
const looksAtOnce = 10;

/** What the Plan puts into each of the stacks, which are all of the session's account. */
export async function collectStatus(
  session: Session,
  plan: Plan,
  stacks: readonly Stack[],
  now: Date,
): Promise<StackStatus[]> {
  const held = stacks.map((stack) => ({ stack, ...heldBy(plan, stack) }));
  const observed = await observe(session, held);
  const collected: StackStatus[] = [];
  for (const { stack, secrets, managed, parameters } of held) {
    const byItem = [
      ...(await secretStatuses(session, secrets, observed.secrets, { stack: stack.name, now })),
      ...managed.map((secret) => managedSecretStatus(secret, findManaged(observed.secrets, secret), now)),
      ...parameters.map((parameter) =>
        parameterStatus(parameter, observed.parameters.get(parameter.name), {
          stack: stack.name,
          isUnset: observed.unset.has(parameter.name),
          keyArn: parameter.key && observed.keyArns.get(parameter.key.id),
          now,
        }),
      ),
    ];
    const items = [...byItem].sort((a, b) => (a.item < b.item ? -1 : 1));
    collected.push({ stack: stack.name, account: stack.account, items });
  }
  return collected;
}

interface Held {
  readonly secrets: readonly SecretPlan[];
  readonly managed: readonly ManagedSecretPlan[];
  readonly parameters: readonly ParameterPlan[];
}

/** One account may hold several stacks; then the environment tells them apart. */
export function heldBy(plan: Plan, stack: Stack): Held {
  const isHere = (environment: string) =>
    stack.kind === "security" ? stack.environments.includes(environment) : stack.environment === environment;
  const here = <T extends { readonly environment: string }>(items: readonly T[]) =>
    items.filter(({ environment }) => isHere(environment));
  const isSecurity = stack.kind === "security";
  return {
    secrets: isSecurity ? here(plan.secrets) : [],
    managed: isSecurity ? [] : here(plan.managedSecrets),
    parameters: here(plan.parameters).filter(({ home }) => (home === "security") === isSecurity),
  };
}

interface Observed {
  readonly secrets: ReadonlyMap<string, ObservedSecret>;
  readonly parameters: ReadonlyMap<string, ObservedParameter>;
  /** Names of the parameters with the tag of those that were never set. */
  readonly unset: ReadonlySet<string>;
  /** By id of the key. */
  readonly keyArns: ReadonlyMap<string, string | undefined>;
}

/** Pages instead of a call for each; nothing is asked of what the stacks do not have. */
async function observe(session: Session, held: readonly Held[]): Promise<Observed> {
  const hasSecrets = held.some(({ secrets, managed }) => secrets.length + managed.length > 0);
  const parameters = held.flatMap((stack) => stack.parameters);
  const secrets = hasSecrets ? await listSecrets(session) : new Map<string, ObservedSecret>();
  if (parameters.length === 0) {
    return { secrets, parameters: new Map(), unset: new Set(), keyArns: new Map() };
  }
  const unset = await listParameters(session, [{ Key: `tag:${unsetTag}`, Values: ["true"] }]);
  const all = await listParameters(session, []);
  const keys = new Map(parameters.flatMap(({ key }) => (key === undefined ? [] : [[key.id, key] as const])));
  return {
    secrets,
    parameters: new Map(all.map((parameter) => [parameter.name, parameter])),
    unset: new Set(unset.map(({ name }) => name)),
    keyArns: await keyArnsOf(session, [...keys.values()]),
  };
}

async function keyArnsOf(session: Session, keys: readonly KeyPlan[]) {
  const arns = new Map<string, string | undefined>();
  for (const { id, alias } of keys) arns.set(id, await keyArn(session, alias));
  return arns;
}

/**
 * The list may lag behind what was just set or rotated, so whatever it finds wrong is looked at once more by itself; and
 * so is what has copies in other regions, of which it tells nothing.
 */
async function secretStatuses(
  session: Session,
  secrets: readonly SecretPlan[],
  listed: ReadonlyMap<string, ObservedSecret>,
  { stack, now }: { readonly stack: string; readonly now: Date },
): Promise<ItemStatus[]> {
  const statusOf = (secret: SecretPlan, observed: ObservedSecret | undefined) => {
    const { admin } = secret.rotation;
    const isManaged = admin !== undefined && isManagedAdmin(admin);
    const adminArn = isManaged ? admin : admin && listed.get(admin)?.arn;
    return secretStatus(secret, observed, { stack, now, adminArn });
  };
  const statuses = new Map(secrets.map((secret) => [secret, statusOf(secret, listed.get(secret.name))]));
  const doubtful = secrets.filter(
    (secret) => (statuses.get(secret)?.findings.length ?? 0) > 0 || secret.replicas.length > 0,
  );
  await inParallel(doubtful, looksAtOnce, async (secret) => {
    const observed = await describeIfAllowed(session, secret.name, listed.get(secret.name));
    statuses.set(secret, statusOf(secret, observed));
  });
  return [...statuses.values()];
}

async function describeIfAllowed(session: Session, name: string, listed: ObservedSecret | undefined) {
  try {
    return await describeSecret(session, name);
  } catch (error) {
    if (error instanceof OperationError && awsErrorKind(error.code ?? "") === "denied") return listed;
    throw error;
  }
}

/** The database service makes up the name; the manifest has the ARN. */
function findManaged(secrets: ReadonlyMap<string, ObservedSecret>, { arn }: ManagedSecretPlan) {
  return [...secrets.values()].find((secret) => secret.arn === arn);
}
