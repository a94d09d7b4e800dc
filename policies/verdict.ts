import type { Statement } from "./documents/document";
import { readDocument } from "./documents/read";
import { nameOf } from "./documents/statements";
import { finding, undecided, type Finding } from "./rule";
import { unknown, type Unknown, type Value } from "./values";

/** A policy document and the property it stands in. */
export interface PlacedDocument {
  readonly property: string;
  readonly value: Value;
}

/** What is wrong with a statement; `unknown` when that depends on a part that is not known; undefined when nothing. */
export type Verdict = string | Unknown | undefined;

/** Judges every statement of the documents by itself, and says so of each part that could not be judged. */
export function* judgeStatements(
  documents: readonly PlacedDocument[],
  judge: (statement: Statement) => Verdict,
): Iterable<Finding> {
  for (const { property, value } of documents) {
    const reading = readDocument(value);
    if (reading.state === "unknown") yield undecided(property);
    else if (reading.state === "malformed") yield unreadable(property);
    else if (reading.state === "document") {
      for (const statement of reading.document.statements) {
        const verdict = judge(statement);
        if (verdict === unknown) yield undecided(placeOf(property, statement));
        else if (verdict !== undefined) yield finding(property, `${nameOf(statement)} ${verdict}`);
      }
    }
  }
}

/** AWS refuses such a text; until then nothing can be said about it. */
export function unreadable(property: string): Finding {
  return {
    property,
    undecided: true,
    message: "cannot be read as a policy document, so this could not be decided",
  };
}

function placeOf(property: string, statement: Statement): string {
  const [part, ...others] = statement.unknownParts;
  return part !== undefined && others.length === 0
    ? `${property}.${part}`
    : `${property}.Statement[${statement.at}]`;
}
