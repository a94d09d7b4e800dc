import { accountInArn } from "../../aws/accountInArn";
import { Access } from "../../access/access";
import { grants, pairCount } from "../../access/grants";
import type { Call } from "../../access/call";
import type { AccessDocuments } from "../../access/input";
import type { Plan } from "../../plan/types";
import { assumedName } from "../assumed";
import { judge } from "../layers/layer";
import { layersOf } from "../layersOf";
import { registeredDocuments } from "../registered/documents";
import type { StackDocuments } from "../registered/stack";
import { unexpectedAccess, type UnexpectedAccess } from "../unexpected";
import { type Decidable, decidable } from "./decidable";
import type { DeployedAccount } from "./deployed";
import type { Difference, Undecided } from "./difference";
import { meantLive } from "./meantLive";
import { stateDifferences } from "./stateDifferences";

/** What is deployed in the accounts that were read, held against the Plan. */
export interface LiveAnswer {
  /** Pairs of role and item that were decided, of the accounts read. */
  readonly pairs: number;
  readonly open: number;
  /** Documents judged by themselves. */
  readonly layers: number;
  readonly differences: readonly Difference[];
  readonly undecided: readonly Undecided[];
}

/**
 * Decides every pair of role and item of the accounts that were read, from their deployed documents; judges every document of
 * the platform by itself; and compares what there is with what the stacks register.
 *
 * @throws NotModelled where two documents together say what cannot be decided about
 */
export function compareDeployed(
  plan: Plan,
  stacks: readonly StackDocuments[],
  accounts: readonly DeployedAccount[],
): LiveAnswer {
  const registered = registeredDocuments(stacks, plan.organisation.id);
  const { documents, worst, leftOut } = decidable(plan, accounts);
  const planned = itemsOfThePlan(registered, plan, documents);
  const access = new Access({ ...documents, items: planned });
  const open = grants(access);
  const meant = meantLive(plan, { ...documents, items: planned });
  const unexpected = unexpectedAccess({ access, open, meant });
  const layers = layersOf(plan, new Access(ofThePlan(registered, { ...documents, items: planned })));
  const isRead = outsideOf(unreadAccounts(plan, accounts));
  const isSure = ({ principal, decision }: UnexpectedAccess) =>
    decision === "refused" || !worst.has(principal);
  return {
    pairs: pairCount(access),
    open: open.length,
    layers: layers.length,
    differences: [
      ...accounts.flatMap((one) => stateDifferences(plan, registered, one)),
      ...unexpected.filter(isSure).map(pairDifference),
      ...layers
        .flatMap((layer) => judge(layer, isRead))
        .map(({ policy, effect, call, expected, found, statements }): Difference => ({
          kind: "layer",
          account: call.owner.account,
          what: policy,
          why: `its ${effect} statements say ${found} of ${call.action} by ${call.by.arn} on ${call.resource}${call.via === undefined ? "" : ` through ${call.via}`}, not ${expected}${statements.length === 0 ? "" : ` (${statements.join(", ")})`}`,
          remedy: "deploy its stack with a refresh",
        })),
    ],
    undecided: [
      ...doubtful(
        worst,
        unexpected.filter((one) => !isSure(one)),
      ),
      ...leftOut,
      ...unreadPairs(plan, accounts),
    ],
  };
}

/** Of others nobody knows who is to read them; that they are there is a difference of its own. */
function itemsOfThePlan(registered: AccessDocuments, plan: Plan, { items }: AccessDocuments) {
  const names = new Set([...registered.items, ...plan.managedSecrets].map(({ arn }) => placeless(arn)));
  return items.filter(({ arn }) => names.has(placeless(arn)));
}

function placeless(arn: string): string {
  const [, , service, region, account, ...name] = arn.split(":");
  return [service, region, account, name.join(":").replace(/(?<=^secret:.*)-[^-/]{6}$/, "")].join(":");
}

/** Roles of others have no layer: what their policies say of values that are nobody's here is not for the platform to judge. */
function ofThePlan(registered: AccessDocuments, documents: AccessDocuments): AccessDocuments {
  const planned = new Set(registered.principals.map(({ arn }) => arn));
  const services = new Set(registered.endpoints.map(({ account, service }) => `${account} ${service}`));
  return {
    ...documents,
    principals: documents.principals.filter(({ arn }) => planned.has(arn)),
    endpoints: documents.endpoints.filter(({ account, service }) => services.has(`${account} ${service}`)),
  };
}

function pairDifference({ principal, item, decision, why, remedy }: UnexpectedAccess): Difference {
  const role = assumedName(principal) ?? principal;
  return {
    kind: "pair",
    account: accountInArn(item),
    what: `${role} ${decision === "allowed" ? "can" : "cannot"} read ${item}`,
    why: decision === "allowed" ? `nothing grants it: ${why}` : `it is granted: ${why}`,
    remedy,
  };
}

function doubtful(worst: Decidable["worst"], open: readonly UnexpectedAccess[]): readonly Undecided[] {
  return [...worst].map(([arn, reasons]) => ({
    account: accountInArn(arn),
    what: arn,
    reasons,
    pairs: open.filter(({ principal }) => principal === arn).length,
  }));
}

/** Accounts of the organisation that nothing is known of. */
function unreadAccounts({ organisation }: Plan, accounts: readonly DeployedAccount[]): ReadonlySet<string> {
  const read = new Set(accounts.map(({ account }) => account));
  return new Set(organisation.stacks.map(({ account }) => account).filter((account) => !read.has(account)));
}

/** Whether a call is for nothing in the accounts, by the ARNs of what it is for. */
function outsideOf(accounts: ReadonlySet<string>): (call: Call) => boolean {
  return ({ resource, owner, secret, key }) => {
    const context = [...(key?.encryptionContext.values() ?? [])].map(({ value }) => value);
    const arns = [resource, secret?.arn, ...context].flatMap((arn) =>
      arn === undefined ? [] : accountInArn(arn),
    );
    return ![owner.account, ...arns].some((account) => accounts.has(account));
  };
}

/** Grants of which one side is in an account that was not read. */
function unreadPairs(plan: Plan, accounts: readonly DeployedAccount[]): readonly Undecided[] {
  const read = new Set(accounts.map(({ account }) => account));
  const roles = plan.consumers.flatMap(({ role, executionRole }) => [role, executionRole ?? []].flat());
  const count = new Map<string, number>();
  for (const role of roles)
    for (const item of role.grants) {
      const sides = [accountInArn(role.arn), item.account];
      const unread = sides.filter((account) => !read.has(account));
      if (unread.length === 1) count.set(unread[0]!, (count.get(unread[0]!) ?? 0) + 1);
    }
  return [...count].map(([account, pairs]) => ({
    account,
    what: `grants between account ${account} and those that were read`,
    reasons: [`account ${account} was not read`],
    pairs,
  }));
}
