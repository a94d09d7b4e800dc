/**
 * An operation that was refused or that failed. The message says what, where and what to do, in full sentences without
 * a closing full stop, and never holds a value.
 */
export class OperationError extends Error {
  constructor(
    message: string,
    /** AWS's own name of the error, where AWS refused. */
    readonly code?: string,
  ) {
    super(message);
    this.name = "OperationError";
  }
}
