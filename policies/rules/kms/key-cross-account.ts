import { accountPrincipal, parseArn } from "../../documents/arn";
import { isLimitedBy } from "../../documents/conditions";
import type { PolicyDocument, Statement } from "../../documents/document";
import { readDocument } from "../../documents/read";
import { keysBehind, policiesOfKeys } from "../../documents/secrets";
import { nameOf } from "../../documents/statements";
import { accountOfPrincipal, accountsChanging, ownerOfKey } from "../../iam/keyAccounts";
import { limitsOrganization, limitsRole } from "../../iam/limits";
import { hasUnknownPrincipal, isNoPrincipalOfAccounts, wholeAccountOf } from "../../iam/principals";
import { keyPolicyTypes } from "../../iam/resourcePolicies";
import type { Resource } from "../../view/resource";
import { finding, undecided, type Finding, type Rule, type StackFinding } from "../rule";
import type { Settings } from "../../pack/settings";
import type { Stack } from "../../view/stack";
import { types } from "../../view/types";
import { textOf, unknown } from "../../view/values";

export const keyCrossAccount: Rule = {
  id: "key-cross-account",
  title: "Another account uses a key through one service, by named roles, inside the organisation",
  why: "An account principal hands the decision who decrypts to that account's administrators, also after it left the organisation",
  remedy:
    "Allow it in the key's policy, with conditions on aws:PrincipalArn, aws:PrincipalOrgID and kms:ViaService",
  severity: "critical",
  level: "mandatory",
  references: ["AWS KMS developer guide: allowing users in other accounts to use a key"],
  settings: ["organization"],
  resource: {
    types: keyPolicyTypes,
    *check(resource, settings): Iterable<Finding> {
      const reading = readDocument(resource.props["policy"]);
      if (reading.state === "unknown") yield undecided("policy");
      else if (reading.state === "document") yield* checkDocument(resource, reading.document, settings);
    },
  },
  stack: {
    types: [types.keyGrant],
    *check(stack): Iterable<StackFinding> {
      for (const grant of stack.ofType(types.keyGrant))
        for (const found of checkGrant(stack, grant)) yield { ...found, urn: grant.urn };
    },
  },
};

/**
 * A grant's constraints are on the encryption context and on one service's use, never on the organisation or the way in
 * (https://docs.aws.amazon.com/kms/latest/developerguide/create-grant-overview.html).
 */
function* checkGrant(stack: Stack, grant: Resource): Iterable<Finding> {
  const grantee = textOf(grant.props["granteePrincipal"]);
  if (grantee === undefined) yield undecided("granteePrincipal");
  const account = grantee && (accountPrincipal(grantee) ?? parseArn(grantee)?.account);
  if (account === undefined) return;
  const own = ownerOfGrantedKey(stack, grant);
  if (own === undefined) yield undecided("keyId");
  else if (own !== account) {
    yield finding(
      "granteePrincipal",
      `is of account ${account}, and a grant has no condition on aws:PrincipalOrgID or kms:ViaService`,
    );
  }
}

/** The account of the key that a grant is on: by its ARN, else by who administers it. */
function ownerOfGrantedKey(stack: Stack, grant: Resource): string | undefined {
  const byArn = parseArn(textOf(grant.props["keyId"]) ?? "")?.account;
  if (byArn !== undefined) return byArn;
  const owners = keysBehind(stack, stack.referred(grant, "keyId")).map((key) => {
    const policies = (policiesOfKeys(stack).get(key.urn) ?? []).map(({ value }) => readDocument(value));
    const owner = policies.flatMap((one) =>
      one.state === "document" ? (ownerOfKey(one.document) ?? []) : [],
    );
    return parseArn(textOf(key.props["arn"]) ?? "")?.account ?? owner[0];
  });
  return owners[0];
}

function* checkDocument(resource: Resource, document: PolicyDocument, settings: Settings): Iterable<Finding> {
  const own = parseArn(textOf(resource.props["keyId"]) ?? "")?.account ?? ownerOfKey(document);
  const changing = own === undefined ? accountsChanging(document) : [];
  if (changing.length > 1)
    yield finding("policy", `lets accounts ${changing.join(", ")} change it, and only one owns the key`);
  for (const statement of document.statements) {
    if (statement.effect === "Deny") continue;
    const accounts = new Set(
      statement.principals.flatMap((principal) => accountOfPrincipal(principal) ?? []),
    );
    const others = [...accounts].filter((account) => account !== own);
    const missing = others.length === 0 ? [] : missingConditions(statement, settings);
    const outside = statement.principals.find(isNoPrincipalOfAccounts);
    if (outside !== undefined) {
      const text = `allows a ${outside.kind} principal, which is no principal of an account`;
      yield finding("policy", `${nameOf(statement)} ${text}`);
    } else if (missing.length > 0) {
      const text = `${nameOf(statement)} allows account ${others.join(", ")} without ${missing.join(", ")}`;
      // Whose the key is, is not known: one of these accounts was refused already.
      if (changing.length > 1 && accounts.size === 1) continue;
      // Where nobody else is named, the account may well be the key's own.
      yield own === undefined && accounts.size === 1
        ? undecided(`policy.Statement[${statement.at}].Principal`)
        : finding("policy", text);
    } else if (hasUnknownPrincipal(statement) || statement.effect === unknown) {
      yield undecided(`policy.Statement[${statement.at}]`);
    }
  }
}

function missingConditions(statement: Statement, settings: Settings): string[] {
  const whole = statement.principals.some((principal) => wholeAccountOf(principal) !== undefined);
  return [
    ...(whole && !limitsRole(statement) ? ["aws:PrincipalArn"] : []),
    ...(limitsOrganization(statement, settings) ? [] : ["aws:PrincipalOrgID"]),
    ...(isLimitedBy(statement, "kms:viaservice") ? [] : ["kms:ViaService"]),
  ];
}
