import type { DatabaseEngine, DatabaseStrategy } from "../types";

export type DatabaseMethod = `${DatabaseEngine}-${DatabaseStrategy}`;

/** What a method says of a database login. */
export interface DatabaseMethodParts {
  readonly engine: DatabaseEngine;
  readonly strategy: DatabaseStrategy;
}

export const databaseMethods: Readonly<Record<DatabaseMethod, DatabaseMethodParts>> = {
  "postgres-single-user": { engine: "postgres", strategy: "single-user" },
  "postgres-alternating-users": { engine: "postgres", strategy: "alternating-users" },
  "mysql-single-user": { engine: "mysql", strategy: "single-user" },
  "mysql-alternating-users": { engine: "mysql", strategy: "alternating-users" },
  "mariadb-single-user": { engine: "mariadb", strategy: "single-user" },
  "mariadb-alternating-users": { engine: "mariadb", strategy: "alternating-users" },
  "sqlserver-single-user": { engine: "sqlserver", strategy: "single-user" },
  "sqlserver-alternating-users": { engine: "sqlserver", strategy: "alternating-users" },
  "oracle-single-user": { engine: "oracle", strategy: "single-user" },
  "oracle-alternating-users": { engine: "oracle", strategy: "alternating-users" },
  "redshift-single-user": { engine: "redshift", strategy: "single-user" },
  "redshift-alternating-users": { engine: "redshift", strategy: "alternating-users" },
  "documentdb-single-user": { engine: "documentdb", strategy: "single-user" },
  "documentdb-alternating-users": { engine: "documentdb", strategy: "alternating-users" },
};

/** Engine and strategy of a database method; undefined for the other methods, and where none is known. */
export function databaseMethod(method: string | undefined): DatabaseMethodParts | undefined {
  return method !== undefined && isDatabaseMethod(method) ? databaseMethods[method] : undefined;
}

function isDatabaseMethod(method: string): method is DatabaseMethod {
  return Object.hasOwn(databaseMethods, method);
}
