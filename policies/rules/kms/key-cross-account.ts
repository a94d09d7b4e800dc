import { parseArn } from "../../documents/arn";
import { isLimitedBy } from "../../documents/conditions";
import type { PolicyDocument, Statement } from "../../documents/document";
import { readDocument } from "../../documents/read";
import { nameOf } from "../../documents/statements";
import { accountOfPrincipal, ownerOfKey } from "../../iam/keyAccounts";
import { limitsOrganization, limitsRole } from "../../iam/limits";
import { hasUnknownPrincipal, wholeAccountOf } from "../../iam/principals";
import { keyPolicyTypes } from "../../iam/resourcePolicies";
import type { Resource } from "../../view/resource";
import { finding, undecided, type Finding, type Rule } from "../rule";
import type { Settings } from "../../pack/settings";
import { textOf, unknown } from "../../view/values";

export const keyCrossAccount: Rule = {
  id: "key-cross-account",
  title: "Another account uses a key through one service, by named roles, inside the organisation",
  why: "An account principal hands the decision who decrypts to that account's administrators, also after it left the organisation",
  remedy: "Add conditions on aws:PrincipalArn, aws:PrincipalOrgID and kms:ViaService to the statement",
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
};

function* checkDocument(resource: Resource, document: PolicyDocument, settings: Settings): Iterable<Finding> {
  const own = parseArn(textOf(resource.props["keyId"]) ?? "")?.account ?? ownerOfKey(document);
  for (const statement of document.statements) {
    if (statement.effect === "Deny") continue;
    const accounts = new Set(
      statement.principals.flatMap((principal) => accountOfPrincipal(principal) ?? []),
    );
    const others = [...accounts].filter((account) => account !== own);
    const missing = others.length === 0 ? [] : missingConditions(statement, settings);
    if (missing.length > 0) {
      const text = `${nameOf(statement)} allows account ${others.join(", ")} without ${missing.join(", ")}`;
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
