import { parseArn } from "../../documents/arn";
import { isLimitedBy } from "../../documents/conditions";
import type { Statement } from "../../documents/document";
import { hasWildcard } from "../../../model/aws/patterns";
import { hasUnknown, includesAction, known } from "../../documents/statements";
import { grantsOf } from "../../iam/grants";
import type { Rule, StackFinding } from "../rule";
import { unknown } from "../../view/values";
import { judgeStatements, type StatementFinding } from "../../documents/judgeStatements";

export const iamDecryptStar: Rule = {
  id: "iam-decrypt-star",
  title: "A policy lets decrypt with named keys",
  why: "Decrypt on every key opens what other services and accounts encrypted, now and later",
  remedy: "Name the keys' ARNs, or limit the statement by kms:ResourceAliases and the encryption context",
  severity: "high",
  level: "mandatory",
  references: ["FSBP KMS.1", "FSBP KMS.2"],
  settings: ["boundaries"],
  stack: {
    *check(stack, settings): Iterable<StackFinding> {
      for (const { resource, documents } of grantsOf(stack, settings)) {
        for (const found of judgeStatements(documents, judge)) yield { ...found, urn: resource.urn };
      }
    },
  },
};

function judge(statement: Statement): StatementFinding {
  if (statement.effect === "Deny" || isLimited(statement)) return undefined;
  const decrypts = includesAction(statement, "kms:Decrypt") || includesAction(statement, "kms:ReEncryptFrom");
  const every = statement.notResources.length > 0 || known(statement.resources).some(isEveryKey);
  if (decrypts && every) return statement.effect === unknown ? unknown : "lets decrypt with every key";
  const possible = (decrypts || hasUnknown(statement.actions)) && (every || hasUnknown(statement.resources));
  return possible ? unknown : undefined;
}

function isLimited(statement: Statement): boolean {
  const contexts = statement.conditions
    .map(({ key }) => key)
    .filter((key) => key.startsWith("kms:encryptioncontext:"));
  return isLimitedBy(statement, "kms:resourcealiases") && isLimitedBy(statement, ...contexts);
}

/** Leaves the key's own id open. */
function isEveryKey(pattern: string): boolean {
  const arn = parseArn(pattern);
  if (arn === undefined) return hasWildcard(pattern);
  if (arn.service !== "kms") return hasWildcard(arn.service) && hasWildcard(arn.resource);
  const id = arn.resource.startsWith("key/") ? arn.resource.slice("key/".length) : arn.resource;
  return hasWildcard(id) && !arn.resource.startsWith("alias/");
}
