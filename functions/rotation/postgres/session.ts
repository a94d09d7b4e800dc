import { escapeLiteral } from "pg";

/**
 * What a session must not take from its role or database. `ALTER ROLE … SET` and `ALTER DATABASE … SET` are open to
 * the role itself and to the database's owner, who may both be an attacker: a search path of theirs has names mean
 * objects they planted, which the session then runs as its own user (CVE-2018-1058); the rest stops a rotation for
 * good. Times are milliseconds.
 * https://wiki.postgresql.org/wiki/A_Guide_to_CVE-2018-1058:_Protect_Your_Search_Path
 */
const pinned = {
  statement_timeout: "7000",
  lock_timeout: "6000",
  // Frees the locks of a function that vanished without closing its connection.
  idle_in_transaction_session_timeout: "15000",
  client_min_messages: "error",
  standard_conforming_strings: "on",
  // What Secrets Manager is told has happened must outlive a crash.
  synchronous_commit: "on",
  exit_on_error: "off",
} as const;

/** Those that matter outside of transactions: they end a session, or load what others chose. */
const pinnedAtStart = {
  idle_session_timeout: "0",
  tcp_user_timeout: "0",
  client_connection_check_interval: "0",
  local_preload_libraries: "",
} as const;

/** Those that PostgreSQL knows from 17 and from 16 on: the latter makes an administrator a member of what it creates. */
const pinnedWhereKnown = { transaction_timeout: "0", createrole_self_grant: "" } as const;

/** How a session begins, and each of its transactions. */
export interface SessionStart {
  readonly startupOptions: string;
  /** With what only PostgreSQL 17 and later take, for a session whose own setting left no time to change it. */
  readonly patientStartupOptions: string;
  readonly beginTransaction: string;
}

/** For work: as the user that logged in, not one it was told to become. */
export const asOwnUser = sessionStart({ role: "none", ...pinned });

/** For a look: as whom the user's sessions begin, which a setting of its role may make another. */
export const asStartingUser = sessionStart(pinned);

function sessionStart(settings: Readonly<Record<string, string>>): SessionStart {
  const startupOptions = optionsOf(settings);
  return {
    startupOptions,
    patientStartupOptions: `${startupOptions} ${options({ transaction_timeout: "0" })}`,
    beginTransaction: beginningOf(settings),
  };
}

/**
 * Options of the start-up packet: they come before the settings of role and database. PostgreSQL before 14 and some
 * proxies refuse or drop them, so that each transaction pins what it can once more.
 * https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNECT-OPTIONS
 */
function optionsOf(settings: Readonly<Record<string, string>>): string {
  return options({ search_path: "pg_catalog,pg_temp", ...settings, ...pinnedAtStart });
}

function options(settings: Readonly<Record<string, string>>): string {
  return Object.entries(settings)
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(" ");
}

/**
 * Begins a transaction. Sent as one message, in which each statement is analysed after those before it are done: no
 * name is looked up before the search path is pinned. `pg_temp` is named, since it would come first otherwise.
 */
function beginningOf(settings: Readonly<Record<string, string>>): string {
  return [
    "BEGIN ISOLATION LEVEL READ COMMITTED, READ WRITE, NOT DEFERRABLE",
    "SET LOCAL search_path = pg_catalog, pg_temp",
    ...Object.entries(settings).map(([name, value]) => `SET LOCAL ${name} = ${escapeLiteral(value)}`),
    ...Object.entries(pinnedWhereKnown).map(([name, value]) => {
      const [setting, pinnedTo] = [escapeLiteral(name), escapeLiteral(value)];
      return `SELECT pg_catalog.set_config(${setting}::pg_catalog.text, ${pinnedTo}::pg_catalog.text, true)
               WHERE pg_catalog.current_setting(${setting}::pg_catalog.text, true) IS NOT NULL`;
    }),
  ].join(";\n");
}
