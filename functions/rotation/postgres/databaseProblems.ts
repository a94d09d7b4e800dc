import type { DatabaseError } from "pg";
import { printable } from "../../../model/printable";
import { RotationError, triedAgain } from "../errors";
import { describeLogin, type Credentials } from "./credentials";

/** The user's or the database's own limit of connections is reached. The password was right: it is checked first. */
export class NoConnectionLeft extends RotationError {}

/** Somebody ended the session, or the server was shut down; what it had not committed is undone. */
export class SessionEnded extends RotationError {}

interface Told {
  readonly login: string;
  readonly database: string;
  readonly code: string;
  readonly message: string;
  /** Function of the server's source that raised it: the same in every language. */
  readonly routine: string;
}

/**
 * What the server's answer means, with what to do. Its message is passed on only with codes whose messages name roles,
 * databases and settings; others may quote the statement, and with it a password's verifier.
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
export function databaseProblem(error: DatabaseError, credentials: Credentials): RotationError {
  const { code = "", message, routine = "", severity } = error;
  const told: Told = {
    login: describeLogin(credentials),
    database: printable(credentials.dbname, 63),
    code: /^[0-9A-Z]{5}$/.test(code) ? code : "no code",
    message: printable(message),
    routine,
  };
  return (
    explain(told) ??
    new RotationError(
      `the database answered ${told.login} with ${printable(severity ?? "ERROR", 20)} ${told.code}`,
      "look the code up in PostgreSQL's list of error codes, and in the database's log",
    )
  );
}

function explain(told: Told): RotationError | undefined {
  const { login, database, code, message, routine } = told;
  // A transaction that asks to write is refused with 0A000 while the server follows another one.
  if (code === "25006" || (code === "0A000" && routine === "call_bool_check_hook")) {
    return new RotationError(
      `${login} is on a server that takes no changes (${code}): ${message}`,
      "name the writer as database.host in the manifest: this one is a replica, and stays one until it is promoted",
    );
  }
  if (code === "3D000") {
    return new RotationError(
      `${login} has no database ${database} to log in to (3D000): ${message}`,
      "correct database.name in the manifest, deploy, and supply the login again (npx platform set)",
    );
  }
  if (code === "42501") {
    return new RotationError(
      `${login} lacks a right in the database (42501): ${message}`,
      `give it that right; ${triedAgain}`,
    );
  }
  if (code === "53300") return noConnection(told);
  // Out of time in a transaction; out of resources; not in the state it needs (a database closed to connections, a lock
  // not free); operator's intervention: shutting down, starting up, a statement or an idle session cancelled.
  if (/^(25P|53|55|57)/.test(code)) {
    return new (code === "57P01" ? SessionEnded : RotationError)(
      `the database refuses work for ${login} now (${code}): ${message}`,
      `${triedAgain}; if it stays so, look at the database`,
    );
  }
  return undefined;
}

function noConnection({ login, database, message, routine }: Told): RotationError {
  const reason = `the database refuses work for ${login} now (53300): ${message}`;
  if (routine === "InitializeSessionUserId") {
    return new NoConnectionLeft(
      reason,
      `the role's own CONNECTION LIMIT is used up: end sessions of it, or raise the limit by one for the rotation ` +
        `(ALTER ROLE … CONNECTION LIMIT); ${triedAgain}`,
    );
  }
  if (routine === "CheckMyDatabase") {
    return new NoConnectionLeft(
      reason,
      `the CONNECTION LIMIT of the database ${database} is used up: end sessions, or raise it ` +
        `(ALTER DATABASE … CONNECTION LIMIT); ${triedAgain}`,
    );
  }
  return new RotationError(
    reason,
    `the server's connections are used up (max_connections): end sessions, or raise it; ${triedAgain}`,
  );
}

/**
 * Why a role's password may not be changed. Everybody may change their own, unless something forbids it on purpose.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.PostgreSQL.CommonDBATasks.RestrictPasswordMgmt.html
 */
export function missingRight(error: DatabaseError, login: Credentials, role: string): RotationError {
  const message = printable(error.message);
  return login.username === role
    ? new RotationError(
        `${describeLogin(login)} may not change its own password (42501): ${message}`,
        "PostgreSQL lets every role do that, so something forbids it there: on RDS rds.restrict_password_commands, " +
          "which wants the role to be a member of rds_password; else an extension",
      )
    : new RotationError(
        `${describeLogin(login)} may not change this password: ${message}`,
        "let it: for another role's password it needs CREATEROLE and, from PostgreSQL 16 on, ADMIN OPTION on that role",
      );
}
