import { z } from "zod";
import { either } from "../../yaml/expectation";

/** Schemas of what has an environment's name: each a map by environment, or such a name itself. */
export const ofEnvironments = z.registry();

/** One value for all environments of the service, or a map from each of them to its value. */
export function perEnvironment<Value extends z.ZodType>(what: string, value: Value) {
  return either(
    [value, z.record(z.string(), value).register(ofEnvironments)],
    `must be ${what}, or a map from environment to ${what}`,
  );
}
