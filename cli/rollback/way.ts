import type { SecretPlan } from "../../model/plan/types";

/**
 * How a secret is rolled back. `restore-by-function`: the password of a single user has to be set back in the database
 * as well, which this platform's function does; and where the value has an address, it sees whether the older one has it too. `rotate-forward`: AWS's functions cannot, so nothing is rolled back.
 * `move-label`: the older value still works, or is nobody's business but its readers'.
 */
export type RollbackWay = "move-label" | "restore-by-function" | "rotate-forward";

export function rollbackWay({ shape, rotation }: SecretPlan): RollbackWay {
  if (shape.form === "database" && shape.connection !== undefined) return "restore-by-function";
  const isSingleUser = shape.form === "database" && rotation.admin === undefined;
  if (!isSingleUser || rotation.rotator === undefined) return "move-label";
  return rotation.rotator.hosted === "platform" ? "restore-by-function" : "rotate-forward";
}
