import type { EnvironmentPlan, Plan } from "./types";

/**
 * The environment of that name.
 *
 * @throws Error where the Plan has none: names of environments come from the same Plan, so that this is a mistake of ours
 */
export function environmentOf({ environments }: Pick<Plan, "environments">, name: string): EnvironmentPlan {
  const found = environments.find((environment) => environment.name === name);
  if (found === undefined) throw new Error(`no environment ${name}`);
  return found;
}
