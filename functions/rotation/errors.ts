import { printable } from "../../model/printable";

/** Characters; texts of others inside are cut earlier. */
const longest = 2_000;

/** End of a remedy: holds for the steps that Secrets Manager calls, and the handler puts another in for the others. */
export const triedAgain = "Secrets Manager tries again by itself";

/**
 * Why a step could not be done, for whoever reads the function's log. `reason` and `remedy` are sentences without a
 * closing full stop and never hold a secret value; each becomes one printable line. Secrets Manager calls a failed step
 * of its own again later by itself.
 */
export class RotationError extends Error {
  readonly reason: string;
  readonly remedy: string;

  constructor(reason: string, remedy: string) {
    const line = { reason: printable(reason, longest), remedy: printable(remedy, longest) };
    super(`${line.reason}; ${line.remedy}`);
    this.reason = line.reason;
    this.remedy = line.remedy;
    this.name = "RotationError";
  }
}
