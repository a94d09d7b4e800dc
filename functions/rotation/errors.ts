/**
 * Why a step could not be done, for whoever reads the function's log. `reason` and `remedy` are sentences without a
 * closing full stop and never hold a secret value. Secrets Manager calls a failed step again later by itself.
 */
export class RotationError extends Error {
  constructor(
    readonly reason: string,
    readonly remedy: string,
  ) {
    super(`${reason}; ${remedy}`);
    this.name = "RotationError";
  }
}
