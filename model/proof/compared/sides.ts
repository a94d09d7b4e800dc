import { accountInArn } from "../../aws/accountInArn";
import { Access } from "../../access/access";
import { type Grant, grants } from "../../access/grants";
import type { AccessDocuments, AccountDocuments, NamedPolicy } from "../../access/input";
import { NotModelled } from "../../access/notModelled";
import { groupBy } from "../../groupBy";
import type { Plan } from "../../plan/types";
import { administrator, assumedPrincipals, everything, managedItems, outsider } from "../assumed";
import { registeredDocuments } from "../registered/documents";
import type { StackDocuments } from "../registered/stack";
import { itemKey } from "./itemKey";
import { namedItems } from "./namedItems";
import { namedPrincipals } from "./namedPrincipals";

/** What stacks hold, before or after a change. */
export interface Side {
  /** As reasons call it: `before` or `now`. */
  readonly name: string;
  readonly stacks: readonly StackDocuments[];
  /** Id of the organisation. */
  readonly organisation: string;
}

export interface DecidedSide {
  readonly access: Access;
  /** Pairs that are open, with the actions that open each. */
  readonly grants: readonly Grant[];
}

export type DecidedSides =
  | { readonly before: DecidedSide; readonly after: DecidedSide }
  /** What cannot be decided about; then nothing is, since an answer would be a guess. */
  | { readonly undecided: readonly string[] };

/**
 * Decides both sides, and asks both the same: about everything that one of them registers, and whoever and whatever the
 * documents of either name and none registers. So a role of another account that a policy newly names is asked about,
 * and a pattern that newly covers more than there is yet.
 *
 * @param plans of either side, as far as there are any: their assumed roles, and what database services keep
 * @param controls service control policies of the organisation by level, on both sides
 */
export function decideSides(
  sides: { readonly before: Side; readonly after: Side },
  plans: readonly Plan[],
  controls?: AccountDocuments["controls"],
): DecidedSides {
  const undecided: string[] = [];
  const attempt = <T>({ name }: Side, decide: () => T): T | undefined => {
    try {
      return decide();
    } catch (error) {
      if (!(error instanceof NotModelled)) throw error;
      undecided.push(...error.reasons.map((reason) => `${name}: ${reason}`));
      return undefined;
    }
  };
  const read = (side: Side) => attempt(side, () => registeredDocuments(side.stacks, side.organisation));
  const [before, after] = [read(sides.before), read(sides.after)];
  if (before === undefined || after === undefined) return { undecided };
  const world = unregistered([before, after], sides, plans);
  const decide = (side: Side, registered: AccessDocuments) =>
    attempt(side, () => {
      const access = new Access(completed(registered, world, side, controls));
      return { access, grants: grants(access) };
    });
  const decided = { before: decide(sides.before, before), after: decide(sides.after, after) };
  return decided.before === undefined || decided.after === undefined
    ? { undecided: [...new Set(undecided)] }
    : { before: decided.before, after: decided.after };
}

interface World {
  readonly principals: AccessDocuments["principals"];
  readonly items: AccessDocuments["items"];
  /** Accounts of other organisations, by the organisation's id. */
  readonly strangers: readonly Required<Pick<AccountDocuments, "account" | "organisation">>[];
}

/** Who and what neither side registers. */
function unregistered(
  both: readonly AccessDocuments[],
  sides: { readonly before: Side; readonly after: Side },
  plans: readonly Plan[],
): World {
  const [{ organisation: { partition = "aws", region = "" } = {} } = {}] = plans;
  const accounts = [...new Set(both.flatMap((side) => side.accounts.map(({ account }) => account)))];
  const named = namedPrincipals(both, accounts);
  const own = [sides.before.organisation, sides.after.organisation, outsider.organisation];
  const strangers = named.organisations
    .filter((id) => !own.includes(id))
    .map((organisation, at) => ({ organisation, account: String(Number(outsider.account) - 1 - at) }));
  const assumed = [
    ...plans.flatMap((plan) => assumedPrincipals(plan).map(({ arn }) => arn)),
    ...named.roles,
    ...[...accounts, ...named.accounts, ...strangers.map(({ account }) => account)].map((account) =>
      administrator(partition, account),
    ),
  ];
  const registered = new Set(both.flatMap((side) => side.principals.map(({ arn }) => arn)));
  const there = new Set(both.flatMap((side) => side.items.map(({ arn }) => itemKey(arn))));
  const managed = plans.flatMap(managedItems);
  const items = [...managed, ...namedItems(both, { partition, region, accounts })].filter(
    ({ arn }) => !there.has(itemKey(arn)),
  );
  return {
    principals: [...new Set(assumed)]
      .filter((arn) => !registered.has(arn))
      .map((arn) => ({ arn, policies: [everything] })),
    items: [...groupBy(items, ({ arn }) => itemKey(arn)).values()].map(([first]) => first!),
    strangers,
  };
}

/** A side with what neither registers; an account that nobody describes is taken for one of the organisation. */
function completed(
  registered: AccessDocuments,
  { principals, items, strangers }: World,
  { organisation }: Side,
  controls: readonly (readonly NamedPolicy[])[] | undefined,
): AccessDocuments {
  const others = [...strangers, outsider];
  const foreign = new Set(others.map(({ account }) => account));
  const accounts = [
    ...registered.accounts.map(({ account }) => account),
    ...[...registered.principals, ...principals, ...registered.items, ...items].map(({ arn }) =>
      accountInArn(arn),
    ),
  ].filter((account) => !foreign.has(account));
  return {
    ...registered,
    accounts: [
      ...[...new Set(accounts)].map((account) => ({
        account,
        organisation,
        ...(controls !== undefined && { controls }),
      })),
      ...others,
    ],
    principals: [...registered.principals, ...principals],
    items: [...registered.items, ...items],
  };
}
