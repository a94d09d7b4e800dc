/**
 * Thrown once, with everything in the documents that the evaluator does not model, each with the document, the statement
 * and what stands there: an answer would be a guess.
 */
export class NotModelled extends Error {
  constructor(readonly reasons: readonly string[]) {
    super(
      ["not decided, because an answer would be a guess:", ...reasons.map((one) => `  ${one}`)].join("\n"),
    );
    this.name = "NotModelled";
  }
}

/** Where reading a document notes what it does not model. */
export type Unmodelled = (reason: string) => void;
