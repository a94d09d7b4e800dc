import type { PerEnvironment } from "../types";

/** The value of each environment that has one. */
export function inEach<Value>(
  environments: readonly string[],
  valueIn: (environment: string) => Value | undefined,
): PerEnvironment<Value> {
  return Object.fromEntries(
    environments.flatMap((environment) => {
      const value = valueIn(environment);
      return value === undefined ? [] : [[environment, value] as const];
    }),
  );
}

/** A value that a manifest gives once for all environments, or for each. */
export function spread<Value extends string | number>(
  environments: readonly string[],
  given: Value | PerEnvironment<Value>,
): PerEnvironment<Value> {
  return inEach(environments, (environment) => (typeof given === "object" ? given[environment] : given));
}
