import type { Statement } from "../../documents/document";
import { readDocument } from "../../documents/read";
import { includesAction, isWhollyUnknown, mayAllow, nameOf } from "../../documents/statements";
import { accountsAsAWhole, narrowsWho, sparesNamedOnly } from "../../iam/wholeAccounts";
import { undecided, type Rule, type StackFinding } from "../rule";
import { hasUnplaced, keyTypes, policiesOfKeys, type HeldDocument } from "../../documents/secrets";
import { types } from "../../view/types";
import { unknown } from "../../view/values";

/** Stand for administration and for use, which the default policy both gives to the account. */
const administering = "kms:PutKeyPolicy";
const using = "kms:Decrypt";

/** The default policy: https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html */
export const keyPolicy: Rule = {
  id: "key-policy",
  title: "A key has a policy of its own",
  why: "The default policy, also written out, lets every identity policy of the account give use of the key away",
  remedy: "Give `policy`, or a KeyPolicy, that names who administers and who uses the key",
  severity: "high",
  level: "mandatory",
  references: ["Checkov CKV2_AWS_64"],
  stack: {
    types: keyTypes,
    *check(stack): Iterable<StackFinding> {
      const policies = policiesOfKeys(stack);
      const unplaced = hasUnplaced(stack, types.keyPolicy, "keyId", keyTypes);
      for (const { urn } of stack.ofType(...keyTypes)) {
        const held = policies.get(urn);
        if (held !== undefined) yield* held.flatMap(checkDocument);
        else if (unplaced) yield { ...undecided("keyId of a KeyPolicy"), urn };
        else yield { urn, property: "policy", message: "is missing, so the key has the default one" };
      }
    },
  },
};

function checkDocument({ holder, property, value }: HeldDocument): StackFinding[] {
  const reading = readDocument(value);
  if (reading.state === "unknown") return [{ ...undecided(property), urn: holder.urn }];
  if (reading.state !== "document") return [];
  const { statements } = reading.document;
  const given = statements.filter(
    (statement) => statement.effect === "Allow" && narrowsWho(statement) === false,
  );
  const administrators = given
    .filter((statement) => includesAction(statement, administering))
    .flatMap(accountsAsAWhole);
  for (const statement of given.filter((one) => includesAction(one, using))) {
    const account = accountsAsAWhole(statement).find((one) => administrators.includes(one));
    if (account === undefined || statements.some((one) => sparesNamedOnly(one, using))) continue;
    const message = `${nameOf(statement)} lets ${account} give use and administration away by any identity policy, as the default policy does`;
    return [{ urn: holder.urn, property, message }];
  }
  return statements
    .filter(mayBeDefault)
    .map(({ at }) => ({ ...undecided(`${property}.Statement[${at}]`), urn: holder.urn }));
}

/** Depends it on something unknown whether a statement is that of the default policy? */
function mayBeDefault(statement: Statement): boolean {
  if (isWhollyUnknown(statement)) return true;
  return (
    mayAllow(statement) &&
    statement.unknownParts.length > 0 &&
    narrowsWho(statement) !== true &&
    (statement.actions.includes(unknown) ||
      [administering, using].some((action) => includesAction(statement, action)))
  );
}
