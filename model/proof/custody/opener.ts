/** A statement that lets somebody come to values who is not meant to. */
export interface Opener {
  /** Name of the policy. */
  readonly policy: string;
  /** Its Sid, or its place in the document, from 1. */
  readonly statement: string;
  /** Actions by which he comes to them. */
  readonly actions: readonly string[];
}
