/** One way in which what is deployed differs from the Plan. */
export interface Difference {
  readonly kind: DifferenceKind;
  /** 12 digits. */
  readonly account: string;
  /** What differs: the name of a role, secret, parameter, key or endpoint, or both sides of a pair. */
  readonly what: string;
  /** What was found, and what the Plan has. */
  readonly why: string;
  readonly remedy: string;
}

export type DifferenceKind =
  /** Of the Plan, and not there. */
  | "missing"
  /** Under the platform's names, and in no manifest. */
  | "not planned"
  /** Statements that were added to a policy document, or taken out. */
  | "document"
  /** A permissions boundary that is not the planned one. */
  | "boundary"
  /** A value under another key, rotated by another function, of another type, with other copies. */
  | "setting"
  | "share"
  /** Of a key. */
  | "grant"
  /** A pair of role and item that is open and not meant, or meant and closed. */
  | "pair"
  /** A document that by itself says something else than it is to say. */
  | "layer";

/** What is not decided, because an answer would be a guess. */
export interface Undecided {
  readonly account: string;
  /** A role, item, key or user, or pairs with another account. */
  readonly what: string;
  readonly reasons: readonly string[];
  /** How many pairs of role and item it leaves open to doubt. */
  readonly pairs: number;
}
