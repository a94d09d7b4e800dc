import { databaseEngines, type DatabaseEngine, databaseStrategies, type DatabaseStrategy } from "../types";

/** Engine and strategy of a database method such as `postgres-single-user`; undefined for the other methods. */
export function databaseMethod(
  method: string,
): { readonly engine: DatabaseEngine; readonly strategy: DatabaseStrategy } | undefined {
  const engine = databaseEngines.find((name) => method.startsWith(`${name}-`));
  const strategy = databaseStrategies.find((name) => method.endsWith(`-${name}`));
  return engine === undefined || strategy === undefined ? undefined : { engine, strategy };
}
