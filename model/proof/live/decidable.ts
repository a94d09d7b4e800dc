import { accountInArn } from "../../aws/accountInArn";
import { decrypt } from "../../access/actions";
import type { AccessDocuments, NamedPolicy, PrincipalDocuments } from "../../access/input";
import { PolicyReader } from "../../access/policies";
import type { PolicyKind } from "../../access/statements";
import type { Plan } from "../../plan/types";
import { administrator, assumedPrincipals, everything, outsider } from "../assumed";
import type { DeployedAccount } from "./deployed";
import type { Undecided } from "./difference";

/** What the evaluator can decide about, and what was left out of it or taken for worse than it is. */
export interface Decidable {
  readonly documents: AccessDocuments;
  /** Roles whose policies are not modelled, by ARN; in the documents each is taken for one that may do everything. */
  readonly worst: ReadonlyMap<string, readonly string[]>;
  /** Items and keys that are not in the documents, and users. */
  readonly leftOut: readonly Undecided[];
}

/**
 * Deployed documents as the evaluator takes them. A role of which one policy is not modelled is taken for one that may do
 * everything; so is everybody whom `assumedPrincipals` names, and an administrator of each account outside the organisation that
 * a resource's policy lets in. An item or key whose own policy is not modelled is left out.
 */
export function decidable(plan: Plan, accounts: readonly DeployedAccount[]): Decidable {
  const worst = new Map<string, readonly string[]>();
  const leftOut: Undecided[] = [];
  const leaveOut = (account: string, what: string, reasons: readonly string[]) =>
    void leftOut.push({ account, what, reasons, pairs: 0 });
  const known = new Set<string>();
  const keys = accounts.flatMap((one) =>
    one.keys.filter(({ arn, policy, aliases }) => {
      const reasons = reasonsOf([policy], "resource");
      if (reasons.length === 0) known.add(arn);
      else leaveOut(one.account, `key ${aliases[0] ?? arn}`, reasons);
      return reasons.length === 0;
    }),
  );
  const items = accounts.flatMap((one) =>
    one.items.filter((item) => {
      const { policy } = item.kind === "secret" ? item : {};
      const reasons = policy === undefined ? [] : reasonsOf([policy], "resource");
      const key = item.key === undefined || known.has(item.key) ? [] : [`its key ${item.key} is not read`];
      const all = [...reasons, ...key];
      if (all.length > 0) leaveOut(one.account, item.arn, all);
      return all.length === 0;
    }),
  );
  for (const { account, users } of accounts)
    for (const user of users) leaveOut(account, user, ["users are not modelled"]);
  const endpoints = accounts.flatMap((one) =>
    one.endpoints.filter(({ policy }) => reasonsOf([policy], "resource").length === 0),
  );
  const assumed = [
    ...assumedPrincipals(plan),
    ...strangersIn(plan, [...keys.map(({ policy }) => policy), ...items.flatMap(policyOf)]),
  ];
  const isAssumed = new Set(assumed.map(({ arn }) => arn));
  const roles = accounts.flatMap(({ principals }) => principals).filter(({ arn }) => !isAssumed.has(arn));
  const principals = [...roles.map((role) => asFarAsModelled(role, worst)), ...assumed];
  const { id } = plan.organisation;
  const ours = new Set(plan.organisation.stacks.map(({ account }) => account));
  const there = new Set([...principals, ...items, ...keys].map(({ arn }) => accountInArn(arn)));
  return {
    documents: {
      accounts: [
        ...[...new Set([...ours, ...rotatorAccounts(plan)])].map((account) => ({
          account,
          organisation: id,
        })),
        outsider,
        ...[...there]
          .filter(
            (account) =>
              !ours.has(account) && !rotatorAccounts(plan).has(account) && account !== outsider.account,
          )
          .map((account) => ({ account })),
      ],
      principals,
      items,
      keys,
      endpoints,
    },
    worst,
    leftOut,
  };
}

function policyOf(item: AccessDocuments["items"][number]): readonly NamedPolicy[] {
  return item.kind === "secret" && item.policy !== undefined ? [item.policy] : [];
}

/** Accounts that a team's own rotation function may be in. */
function rotatorAccounts(plan: Plan): ReadonlySet<string> {
  return new Set(
    assumedPrincipals(plan)
      .map(({ arn }) => accountInArn(arn))
      .filter((one) => one !== outsider.account),
  );
}

function asFarAsModelled(
  role: PrincipalDocuments,
  worst: Map<string, readonly string[]>,
): PrincipalDocuments {
  const { arn, policies, boundary } = role;
  const own = reasonsOf(policies, "identity");
  const limit = boundary === undefined ? [] : reasonsOf([boundary], "identity");
  const reasons = [...own, ...limit];
  if (reasons.length === 0) return role;
  worst.set(arn, reasons);
  return {
    arn,
    policies: own.length === 0 ? policies : [everything],
    ...(boundary !== undefined && limit.length === 0 && { boundary }),
  };
}

/** What is not modelled in the documents; with what hangs on an endpoint that a service's own call shows. */
function reasonsOf(policies: readonly NamedPolicy[], kind: PolicyKind): readonly string[] {
  const reader = new PolicyReader();
  const hanging = policies
    .map((policy) => reader.read(policy, kind))
    .flatMap(({ name, statements }) =>
      statements
        .filter(
          ({ actions, tests }) =>
            actions.has(decrypt) && tests.some(({ key }) => key.toLowerCase() === "aws:sourcevpce"),
        )
        .map((statement) => `${name}, statement ${statement.name}: aws:SourceVpce of kms:Decrypt`),
    );
  return [...new Set([...reader.reasons, ...hanging])];
}

/** Whom resources' policies let in and no account here has: by name, and for an account its administrators. */
function strangersIn(plan: Plan, policies: readonly NamedPolicy[]): readonly PrincipalDocuments[] {
  const { partition, stacks } = plan.organisation;
  const ours = new Set(stacks.map(({ account }) => account));
  const reader = new PolicyReader();
  const named = policies.flatMap((policy) =>
    reader
      .read(policy, "resource")
      .statements.flatMap(({ effect, principals }) =>
        effect === "Deny" || principals === undefined
          ? []
          : [
              ...[...principals.accounts].map((account) => administrator(partition, account)),
              ...principals.roles,
            ],
      ),
  );
  const known = new Set(assumedPrincipals(plan).map(({ arn }) => arn));
  return [...new Set(named)]
    .filter((arn) => !ours.has(accountInArn(arn)) && !known.has(arn))
    .map((arn) => ({ arn, policies: [everything] }));
}
