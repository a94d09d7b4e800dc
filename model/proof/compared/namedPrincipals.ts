import type { AccessDocuments } from "../../access/input";
import { hasWildcard } from "../../aws/patterns";
import { isAccount } from "../../aws/textRules";
import { concrete } from "../assumed";
import { parsedOnce, resourcePolicies, textsIn } from "./leaves";

/** Whom policies of secrets and keys, and shares, name; as principals or in conditions. */
export interface NamedPrincipals {
  /** ARNs; of a pattern one that it covers. */
  readonly roles: readonly string[];
  /** Of 12 digits: named as a whole. */
  readonly accounts: readonly string[];
  /** Ids. */
  readonly organisations: readonly string[];
}

const iamArn = /^arn:(aws[a-z-]*):iam::(\d{12}|\*):(root|role\/.+)$/;
/** https://docs.aws.amazon.com/organizations/latest/APIReference/API_Organization.html */
const organisationId = /^o-[a-z0-9]{10,32}$/;

/** @param accounts those that an account written as `*` stands for */
export function namedPrincipals(
  both: readonly AccessDocuments[],
  accounts: readonly string[],
): NamedPrincipals {
  const texts = new Set(parsedOnce(both.flatMap(resourcePolicies)).flatMap(textsIn));
  const shared = both.flatMap(({ items }) =>
    items.flatMap((item) =>
      item.kind === "parameter" ? (item.shares ?? []).flatMap((share) => share.accounts) : [],
    ),
  );
  const found = { roles: new Set<string>(), accounts: new Set(shared), organisations: new Set<string>() };
  for (const text of texts) {
    const [, partition, account = "", resource = ""] = iamArn.exec(text) ?? [];
    if (isAccount(text)) found.accounts.add(text);
    else if (organisationId.test(text)) found.organisations.add(text);
    if (partition === undefined) continue;
    for (const one of hasWildcard(account) ? accounts : [account]) {
      if (resource === "root") found.accounts.add(one);
      else addRole(found.roles, `arn:${partition}:iam::${one}:${concrete(resource)}`);
    }
  }
  return {
    roles: [...found.roles],
    accounts: [...found.accounts],
    organisations: [...found.organisations].sort(),
  };
}

/** A name that no role can have is told by whoever decides about it. */
function addRole(roles: Set<string>, arn: string): void {
  if (/:role\/[\w+=,.@/-]+$/.test(arn)) roles.add(arn);
}
