import { accountInArn } from "../aws/accountInArn";
import type { Access } from "./access";
import { type ReadAction, secretActions } from "./actions";
import { type Admitted, meantBy, meantByKey, type Roles, smallest, sparedByDeny } from "./admitted";
import { groupBy } from "../groupBy";
import { pathsAbove } from "./calls";
import type { Item, Key, Principal } from "./types";
import { PatternIndex } from "./patternIndex";

export interface Grant {
  readonly principal: string;
  readonly item: string;
  /** Actions by which the role gets the value; at least one. */
  readonly actions: readonly ReadAction[];
}

/** A role whose own policies name more items than this is looked up from the items' side. */
const broadFrom = 256;

/**
 * Every pair of role and item where the role gets the value, and no other: exact, and without asking each pair. A pair can
 * only be open where the role's own policies name the item, or the item's policy names the role; only those pairs are
 * decided. Roles that name everything are taken from the other side: of whom the item and its key admit.
 *
 * In the order of roles.
 */
export function grants(access: Access): readonly Grant[] {
  const candidates = new Candidates([...access.model.principals.values()], [...access.model.items.values()]);
  return [...candidates.pairs()].flatMap(([principal, items]) =>
    [...items].flatMap((item) => {
      const actions = access.actions(principal, item);
      return actions.length > 0 ? [{ principal: principal.arn, item: item.arn.text, actions }] : [];
    }),
  );
}

class Candidates {
  readonly #itemsByArn: PatternIndex<Item>;
  readonly #itemsByPath: PatternIndex<Item>;
  readonly #roles: Roles;
  readonly #keys = new Map<Key, Admitted>();
  readonly #pairs: ReadonlyMap<Principal, Set<Item>>;

  constructor(
    private readonly principals: readonly Principal[],
    private readonly items: readonly Item[],
  ) {
    this.#pairs = new Map(principals.map((principal) => [principal, new Set()]));
    this.#itemsByArn = new PatternIndex(items.map((item) => [item.arn.text, item] as const));
    this.#itemsByPath = new PatternIndex(
      items
        .filter(({ kind }) => kind === "parameter")
        .flatMap((item) => pathsAbove(item.arn.text).map((path) => [path, item] as const)),
    );
    this.#roles = {
      byArn: new PatternIndex(principals.map((principal) => [principal.arn, principal] as const)),
      byAccount: byAccount(principals),
    };
  }

  pairs(): ReadonlyMap<Principal, ReadonlySet<Item>> {
    const broad: Principal[] = [];
    for (const principal of this.principals) {
      const named = this.#namedBy(principal);
      if (named === undefined) broad.push(principal);
      else for (const item of named) this.#add(principal, item);
    }
    if (broad.length > 0) this.#addBroad(broad);
    for (const item of this.items) {
      for (const principal of this.#directlyGranted(item)) this.#add(principal, item);
    }
    return this.#pairs;
  }

  #add(principal: Principal, item: Item): void {
    this.#pairs.get(principal)?.add(item);
  }

  /** Items that the role's own policies name in an Allow; undefined where they are too many. */
  #namedBy({ identity }: Principal): ReadonlySet<Item> | undefined {
    const found = new Set<Item>();
    for (const { statements } of identity) {
      for (const { effect, except, resources, actions } of statements) {
        if (effect !== "Allow") continue;
        if (except) return undefined;
        for (const resource of resources) {
          for (const list of [
            this.#itemsByArn.matching(resource),
            ...(actions.has("ssm:GetParametersByPath") ? [this.#itemsByPath.matching(resource)] : []),
          ]) {
            if (found.size + list.length > broadFrom) return undefined;
            for (const item of list) found.add(item);
          }
        }
      }
    }
    return found;
  }

  #addBroad(broad: readonly Principal[]): void {
    const isBroad = new Set(broad);
    const near = byAccount(broad);
    for (const item of this.items) {
      const accounts = this.#accountsMeant(item);
      const asked =
        accounts === undefined ? broad : [...accounts].flatMap((account) => near.get(account) ?? []);
      const admitted = smallest([sparedByDeny(item, this.#roles), this.#admittedByKey(item)]);
      if (admitted === undefined || asked.length <= admitted.size) {
        for (const principal of asked) if (admitted?.has(principal) !== false) this.#add(principal, item);
      } else {
        for (const principal of admitted) if (isBroad.has(principal)) this.#add(principal, item);
      }
    }
  }

  /** The owner's account, and those that the item's policy lets in; undefined: all. */
  #accountsMeant({ arn, policy }: Item): ReadonlySet<string> | undefined {
    const accounts = new Set([arn.account]);
    for (const { effect, principals } of policy?.statements ?? []) {
      if (effect !== "Allow" || principals === undefined) continue;
      if (principals.everybody) return undefined;
      for (const account of principals.accounts) accounts.add(account);
      for (const role of principals.roles) accounts.add(accountInArn(role));
    }
    return accounts;
  }

  #admittedByKey({ underKey }: Item): Admitted {
    if (underKey === undefined) return undefined;
    const { key } = underKey;
    if (!this.#keys.has(key)) this.#keys.set(key, meantByKey(key.policy, this.#roles));
    return this.#keys.get(key);
  }

  /** Roles of the account that a secret's policy lets read by itself, without a policy of their own. */
  #directlyGranted(item: Item): readonly Principal[] {
    const own = this.#roles.byAccount.get(item.arn.account) ?? [];
    return (item.kind === "secret" ? (item.policy?.byAction.get(secretActions[0]) ?? []) : [])
      .filter(
        ({ effect, principals }) => effect === "Allow" && (principals?.everybody || principals?.roles.size),
      )
      .flatMap((statement) => {
        const found = meantBy(statement, this.#roles);
        return found === undefined ? own : [...found];
      });
  }
}

/** Pairs there are, decided one by one or not. */
export function pairCount({ model }: Access): number {
  return model.principals.size * model.items.size;
}

function byAccount(principals: readonly Principal[]): ReadonlyMap<string, readonly Principal[]> {
  return groupBy(principals, ({ account }) => account);
}
