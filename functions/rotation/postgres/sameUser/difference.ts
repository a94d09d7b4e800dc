/** Something one of two users has or can do and the other not. */
export interface Difference {
  /** A clause for messages, with the users' names. */
  readonly says: string;
  /** Statements that end it. */
  readonly sql: readonly string[];
  /** The same for messages, where `sql` holds what should not be told there. */
  readonly shown?: readonly string[];
}
