import { demands } from "../../documents/conditions";
import type { PolicyDocument, Statement } from "../../documents/document";
import { overlapArns } from "../../documents/arn";
import { readDocument } from "../../documents/read";
import { includesAction, nameOf } from "../../documents/statements";
import { allowedArns } from "../../iam/principals";
import { keyPolicyTypes } from "../../iam/resourcePolicies";
import { finding, undecided, type Finding, type Rule } from "../../rule";
import { unknown } from "../../values";

/** Whoever may do one of these decides who uses the key. */
const administering = ["kms:PutKeyPolicy", "kms:ScheduleKeyDeletion"];
/** Each of these alone opens what the key protects. */
const reading = ["kms:Decrypt", "kms:ReEncryptFrom", "kms:CreateGrant"];

export const keyAdminSplit: Rule = {
  id: "key-admin-split",
  title: "Who administers a key does not read through it",
  why: "One stolen session of an administrator would read everything the key protects",
  remedy:
    "Give administration and use to different roles; a deployer that puts values may decrypt through Secrets Manager only",
  severity: "high",
  level: "mandatory",
  references: ["AWS KMS best practices: separation of duties", "NIST 800-53 AC-5"],
  resource: {
    types: keyPolicyTypes,
    *check({ props }): Iterable<Finding> {
      const read = readDocument(props["policy"]);
      if (read.state === "unknown") yield undecided("policy");
      else if (read.state === "document") yield* checkDocument(read.document);
    },
  },
};

function* checkDocument({ statements }: PolicyDocument): Iterable<Finding> {
  const allowing = statements.filter(({ effect }) => effect === "Allow");
  const administrators = allowing
    .filter((statement) => administering.some((action) => includesAction(statement, action)))
    .flatMap(allowedArns);
  for (const statement of allowing) {
    if (!reading.some((action) => includesAction(statement, action)) || standsBehindAnother(statement))
      continue;
    const both = allowedArns(statement).find((reader) =>
      administrators.some((admin) => overlapArns(admin, reader)),
    );
    if (both !== undefined)
      yield finding("policy", `${nameOf(statement)} lets ${both} read, which also administers the key`);
  }
  if (
    statements.some(
      ({ principals, effect }) => effect !== "Deny" && principals.some(({ value }) => value === unknown),
    )
  ) {
    yield undecided("policy");
  }
}

/**
 * Services that ask a gate of their own before they decrypt for somebody: Secrets Manager the secret's policy, Lambda
 * the function's, whose environment holds no credential (function-env-secret). Parameter Store asks nobody.
 */
const gates = ["secretsmanager.", "lambda."];

function standsBehindAnother(statement: Statement): boolean {
  return demands(statement, "kms:viaservice").some(
    ({ values }) =>
      values.length > 0 &&
      values.every((service) => service !== unknown && gates.some((gate) => service.startsWith(gate))),
  );
}
