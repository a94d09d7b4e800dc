import type { DatabaseEngine } from "../catalogue/types";

/** What an engine, and the function that AWS publishes for it, make of the name of a user. */
export interface UserNames {
  /** `Orders` and `orders` are one user. */
  readonly ignoresCase: boolean;
  /** Behind the first user's name, the name of the second of alternating users. */
  readonly cloneSuffix: "_clone" | "_CLONE";
  readonly unit: "bytes" | "characters";
  /** Longest name of a user, in `unit`; absent where none is published. */
  readonly longest?: number;
  /** Longest name of a second user that AWS's function makes, in `unit`. */
  readonly longestClone?: number;
  /** What the driver of AWS's function takes for the place of a value, in a statement that holds the name. */
  readonly placeholder?: RegExp;
}

/**
 * AWS's functions: https://github.com/aws-samples/aws-secrets-manager-rotation-lambdas (`get_alt_username` and
 * `set_secret` of each; MySQL's allows 16 characters in `create_secret`). PostgreSQL's and Redshift's put the name into a
 * text that Python then formats with `%`; SQL Server's driver replaces `%s` and `%d`.
 * - PostgreSQL: https://www.postgresql.org/docs/current/limits.html
 * - MySQL: https://dev.mysql.com/doc/refman/8.4/en/account-names.html, https://dev.mysql.com/doc/refman/8.4/en/user-names.html
 * - MariaDB: https://mariadb.com/kb/en/identifier-names/
 * - SQL Server: `sysname`; by the collation RDS gives it, case is ignored
 *   (https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.SQLServer.CommonDBATasks.Collation.html)
 * - Oracle: https://docs.oracle.com/en/database/oracle/oracle-database/19/sqlrf/Database-Object-Names-and-Qualifiers.html;
 *   AWS's function writes names in upper case
 * - Redshift: https://docs.aws.amazon.com/redshift/latest/dg/r_names.html
 */
export const userNames: Readonly<Record<DatabaseEngine, UserNames>> = {
  postgres: {
    ignoresCase: false,
    cloneSuffix: "_clone",
    unit: "bytes",
    longest: 63,
    longestClone: 63,
    placeholder: /%/,
  },
  mysql: { ignoresCase: false, cloneSuffix: "_clone", unit: "characters", longest: 32, longestClone: 16 },
  mariadb: { ignoresCase: false, cloneSuffix: "_clone", unit: "characters", longest: 80, longestClone: 80 },
  sqlserver: {
    ignoresCase: true,
    cloneSuffix: "_clone",
    unit: "characters",
    longest: 128,
    longestClone: 128,
    placeholder: /%[sd]/,
  },
  oracle: { ignoresCase: true, cloneSuffix: "_CLONE", unit: "bytes", longest: 128, longestClone: 30 },
  redshift: {
    ignoresCase: true,
    cloneSuffix: "_clone",
    unit: "bytes",
    longest: 127,
    longestClone: 127,
    placeholder: /%/,
  },
  documentdb: { ignoresCase: false, cloneSuffix: "_clone", unit: "characters" },
};

/** Length in the engine's own unit. */
export function lengthOf(engine: DatabaseEngine, name: string): number {
  return userNames[engine].unit === "bytes" ? Buffer.byteLength(name) : [...name].length;
}

/** The first user of a name that AWS's function takes for the second's; undefined for any other name. */
export function firstUser(engine: DatabaseEngine, name: string): string | undefined {
  const { cloneSuffix } = userNames[engine];
  return spelling(engine, name).endsWith(spelling(engine, cloneSuffix))
    ? name.slice(0, -cloneSuffix.length)
    : undefined;
}

/** The user that takes turns with this one. */
export function alternateUser(engine: DatabaseEngine, name: string): string {
  return firstUser(engine, name) ?? `${name}${userNames[engine].cloneSuffix}`;
}

/** Equal for two names exactly when the engine takes them for one user. */
export function spelling(engine: DatabaseEngine, name: string): string {
  return userNames[engine].ignoresCase ? name.toLowerCase() : name;
}
