import { accountInArn } from "../aws/accountInArn";
import type { AccessDocuments, AccountDocuments } from "../access/input";
import type { Plan } from "../plan/types";
import { assumedPrincipals, managedItems, outsider } from "./assumed";
import { registeredDocuments } from "./registered/documents";
import type { StackDocuments } from "./registered/stack";

/**
 * Documents of the stacks, and of those whom no stack registers.
 *
 * @param controls service control policies by level, if any are known of; they bind every account of the organisation
 * @throws NotModelled with everything that has a say and is not read
 */
export function documentsOf(
  plan: Plan,
  stacks: readonly StackDocuments[],
  controls?: AccountDocuments["controls"],
): AccessDocuments {
  const { id } = plan.organisation;
  const registered = registeredDocuments(stacks, id);
  const assumed = assumedPrincipals(plan);
  const managed = managedItems(plan);
  const described = new Set([...registered.accounts.map(({ account }) => account), outsider.account]);
  // A team's rotation function may be in an account that no stack describes.
  const others = [...assumed, ...managed]
    .map(({ arn }) => accountInArn(arn))
    .filter((account) => !described.has(account));
  const own = [
    ...registered.accounts,
    ...[...new Set(others)].map((account) => ({ account, organisation: id })),
  ];
  return {
    ...registered,
    accounts: [
      ...own.map((account) => ({ ...account, ...(controls !== undefined && { controls }) })),
      outsider,
    ],
    principals: [...registered.principals, ...assumed],
    items: [...registered.items, ...managed],
  };
}
