import { overlapArns } from "../../documents/arn";
import { demands } from "../../documents/conditions";
import type { PolicyDocument, Statement } from "../../documents/document";
import { hasWildcard } from "../../../model/aws/patterns";
import { readDocument } from "../../documents/read";
import { concerns } from "../../documents/requests";
import { includesAction, isWhollyUnknown, nameOf } from "../../documents/statements";
import { allowedArns, isOpenAbout } from "../../iam/principals";
import { keyPolicyTypes } from "../../iam/resourcePolicies";
import { finding, undecided, type Finding, type Rule } from "../rule";
import { types } from "../../view/types";
import { unknown } from "../../view/values";
import { administering, administratorsIn } from "./administrators";
import { administratorsWhoRead } from "./administratorsWhoRead";

/** Each of these alone opens what the key protects. */
const reading = ["kms:Decrypt", "kms:ReEncryptFrom", "kms:CreateGrant"];

export const keyAdminSplit: Rule = {
  id: "key-admin-split",
  title: "Who administers a key does not read through it",
  why: "One stolen session of an administrator would read everything the key protects",
  remedy:
    "Give administration and use to different roles, also in the policies of secrets under the key; a deployer that puts values may decrypt through Secrets Manager only",
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
  stack: { types: [types.secret, types.keyGrant], check: administratorsWhoRead },
};

function* checkDocument({ statements }: PolicyDocument): Iterable<Finding> {
  const administrators = administratorsIn(statements);
  for (const statement of statements) {
    const ways = reading.filter((action) => includesAction(statement, action));
    if (statement.effect !== "Allow" || ways.length === 0 || standsBehindAnother(statement) !== false)
      continue;
    const both = allowedArns(statement).find((reader) =>
      administrators.some((administrator) => isBoth(statements, ways, reader, administrator)),
    );
    if (both !== undefined)
      yield finding("policy", `${nameOf(statement)} lets ${both} read, which also administers the key`);
  }
  if (statements.some(dependsOnUnknown)) yield undecided("policy");
}

/** Somebody of both patterns, whom the policy does not deny one of the ways to read. */
function isBoth(
  statements: readonly Statement[],
  ways: readonly string[],
  reader: string,
  administrator: string,
): boolean {
  if (!overlapArns(administrator, reader)) return false;
  const somebody = hasWildcard(administrator) ? reader : administrator;
  return ways.some(
    (action) =>
      !statements.some(
        (statement) =>
          statement.effect === "Deny" &&
          includesAction(statement, action) &&
          concerns(statement, somebody, {}) === true,
      ),
  );
}

/** A statement about administration or reading, of which it is not known whom or what it allows. */
function dependsOnUnknown(statement: Statement): boolean {
  if (statement.unknownParts.length === 0) return false;
  if (isWhollyUnknown(statement)) return true;
  const about = [...administering, ...reading].some((action) => includesAction(statement, action));
  if (statement.effect === "Deny") return false;
  if (statement.actions.includes(unknown) || statement.notActions.includes(unknown)) return true;
  return about && (isOpenAbout(statement) || standsBehindAnother(statement) === unknown);
}

/**
 * Services that ask a gate of their own before they decrypt for somebody: Secrets Manager the secret's policy, Lambda
 * the function's, whose environment holds no credential (function-env-secret). Parameter Store asks nobody.
 */
const gates = ["secretsmanager.", "lambda."];

function standsBehindAnother(statement: Statement): boolean | typeof unknown {
  const services = demands(statement, "kms:viaservice").map(({ values }) => values);
  const isGate = (service: string) => gates.some((gate) => service.startsWith(gate));
  const possible = services.filter(
    (values) => values.length > 0 && values.every((service) => service === unknown || isGate(service)),
  );
  if (possible.length === 0) return false;
  return possible.some((values) => !values.includes(unknown)) || unknown;
}
