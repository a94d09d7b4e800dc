import type { Statement } from "../../documents/document";
import { readDocument } from "../../documents/read";
import { includesAction } from "../../documents/statements";
import { isEverybody } from "../../iam/principals";
import { keyPolicyTypes } from "../../iam/resourcePolicies";
import { finding, undecided, type Finding, type Rule } from "../rule";
import { booleanOf, unknown } from "../../view/values";

const change = "kms:PutKeyPolicy";

export const keyLockout: Rule = {
  id: "key-lockout",
  title: "A key's policy leaves somebody able to change it",
  why: "A key nobody can administer can only be freed by AWS support, with what it protects out of reach meanwhile",
  remedy: "Allow kms:PutKeyPolicy to the administrators' roles, and leave the safety check on",
  severity: "high",
  level: "mandatory",
  references: ["Trivy AVD-AWS-0066"],
  resource: {
    types: keyPolicyTypes,
    *check({ props }): Iterable<Finding> {
      const bypass = props["bypassPolicyLockoutSafetyCheck"];
      if (bypass === unknown) yield undecided("bypassPolicyLockoutSafetyCheck");
      else if (booleanOf(bypass) === true) yield finding("bypassPolicyLockoutSafetyCheck", "is on");
      const reading = readDocument(props["policy"]);
      if (reading.state === "unknown") yield undecided("policy");
      else if (reading.state === "document") yield* checkStatements(reading.document.statements);
    },
  },
};

function* checkStatements(statements: readonly Statement[]): Iterable<Finding> {
  const barred = statements.some(
    (statement) =>
      statement.effect === "Deny" &&
      statement.conditions.length === 0 &&
      statement.principals.some(isEverybody) &&
      includesAction(statement, change),
  );
  if (barred) {
    yield finding("policy", `denies ${change} to everybody`);
    return;
  }
  const allowing = statements.filter(
    (statement) => statement.effect === "Allow" && includesAction(statement, change),
  );
  if (allowing.some(({ principals }) => principals.some(({ kind }) => kind === "AWS" || kind === "*")))
    return;
  if (statements.some(({ unknownParts }) => unknownParts.length > 0)) yield undecided("policy");
  else yield finding("policy", `allows ${change} to nobody`);
}
