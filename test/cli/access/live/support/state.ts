export type Undo = () => unknown;
export type Tamper = () => Undo | Promise<Undo>;

/** What is done by hand, where, how it is undone, and what the answer has to say. */
export interface State {
  readonly name: string;
  readonly account: string;
  readonly tamper: Tamper;
  /** Each as `kind what: why`. */
  readonly says: readonly RegExp[];
  readonly undecided?: readonly RegExp[];
}
