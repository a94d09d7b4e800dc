import type { Statement } from "./document";
import { readDocument, statementsOf } from "./read";
import { nameOf } from "./statements";
import { suppose } from "./suppositions";
import { suppositions } from "./supposition";
import { finding, undecided, type Finding } from "../rules/rule";
import { unknown, type Unknown, type Value } from "../view/values";

/** A policy document and the property it stands in. */
export interface PlacedDocument {
  readonly property: string;
  readonly value: Value;
}

/** What is wrong with a statement; `unknown` when that depends on a part that is not known; undefined when nothing. */
export type StatementFinding = string | Unknown | undefined;

/** Judges every statement of the documents by itself, and says so of each part that could not be judged. */
export function* judgeStatements(
  documents: readonly PlacedDocument[],
  judge: (statement: Statement) => StatementFinding,
): Iterable<Finding> {
  for (const { property, value } of documents) {
    const reading = readDocument(value);
    if (reading.state === "unknown") yield undecided(property);
    else if (reading.state === "malformed") yield unreadable(property);
    else if (reading.state === "document") {
      for (const statement of reading.document.statements) {
        const found = judgeSupposed(value, statement, judge);
        if (found === unknown) yield undecided(placeOf(property, statement));
        else if (found !== undefined) yield finding(property, `${nameOf(statement)} ${found}`);
      }
    }
  }
}

/**
 * What is found of a statement whose parts are not all known: one that holds whatever they turn out to be, or unknown when
 * it depends on them.
 */
function judgeSupposed(
  value: Value,
  statement: Statement,
  judge: (one: Statement) => StatementFinding,
): StatementFinding {
  const found = judge(statement);
  if (statement.unknownParts.length === 0 || found === unknown) return found;
  const judged = suppositions.map((how) => {
    const supposed = statementsOf(suppose(value, how))[statement.at];
    return supposed && judge(supposed);
  });
  const same = judged.every((one) => (one === undefined) === (found === undefined));
  return same ? found : unknown;
}

/** AWS refuses such a text; until then nothing can be said about it. */
export function unreadable(property: string): Finding {
  return {
    property,
    undecided: true,
    message: "cannot be read as a policy document, so this could not be decided",
  };
}

/** The part of a statement that is not known, or the statement where there are several. */
export function placeOf(property: string, statement: Statement): string {
  const [part, ...others] = statement.unknownParts;
  return part !== undefined && others.length === 0
    ? `${property}.${part}`
    : `${property}.Statement[${statement.at}]`;
}
