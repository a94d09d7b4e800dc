import { DatabaseError } from "pg";
import { describeError } from "../../lambda/describeError";
import { RotationError } from "../errors";

const unreachable = ["ECONNREFUSED", "ECONNRESET", "EHOSTUNREACH", "ENETUNREACH", "EPIPE", "ETIMEDOUT"];
const unresolved = ["ENOTFOUND", "EAI_AGAIN", "EAI_FAIL"];
const untrusted = [
  "CERT_HAS_EXPIRED",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
];

/**
 * What went wrong between the function and the database, with what to do. `login` is `user at host:port`. Messages of
 * the server are passed on by their SQLSTATE only where they are known not to quote a statement.
 */
export function connectionProblem(error: unknown, login: string): RotationError {
  const code = error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
  if (error instanceof DatabaseError) return databaseProblem(error, login);
  if (unresolved.includes(code)) {
    return new RotationError(
      `the host name of ${login} cannot be resolved (${code})`,
      "correct database.host in the manifest, or the name resolution of the rotation network",
    );
  }
  if (untrusted.includes(code)) {
    return new RotationError(
      `the certificate of ${login} is not trusted (${code})`,
      "give the rotation function the database's certificate authority",
    );
  }
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID") {
    return new RotationError(
      `the certificate of ${login} is for another host name`,
      "name the database in the manifest as its certificate does, or check the certificate alone (tls: verify-ca)",
    );
  }
  if (error instanceof Error && error.message === "The server does not support SSL connections") {
    return new RotationError(
      `${login} takes no encrypted connections`,
      "turn TLS on in the database; plain text is used only where tls: disable says so",
    );
  }
  if (unreachable.includes(code) || isLostConnection(error)) {
    return new RotationError(
      `the connection to ${login} failed or was lost (${code === "" ? "no answer" : code})`,
      "check that the database runs and that the rotation network's security groups reach it",
    );
  }
  return new RotationError(`the connection to ${login} failed: ${describeError(error)}`, "try again");
}

function databaseProblem({ code = "?", message, severity }: DatabaseError, login: string): RotationError {
  // Insufficient privilege; a message names roles and objects, never a statement.
  if (code === "42501") {
    return new RotationError(
      `${login} may not change this password: ${message}`,
      "let it: for another role's password it needs CREATEROLE and, from PostgreSQL 16 on, ADMIN OPTION on that role",
    );
  }
  // Operator intervention and starting up, too many connections, lock not available, read-only server.
  if (code.startsWith("57P") || code === "53300" || code === "55P03" || code === "25006") {
    return new RotationError(
      `the database refuses work for ${login} now (${code}): ${message}`,
      "Secrets Manager tries again by itself; if it stays so, look at the database",
    );
  }
  return new RotationError(
    `the database answered ${login} with ${severity ?? "ERROR"} ${code}`,
    "look the code up in PostgreSQL's list of error codes, and in the database's log",
  );
}

/** The client library's own errors carry no code. */
function isLostConnection(error: unknown): boolean {
  const messages = ["Connection terminated", "timeout expired", "Query read timeout", "Client was closed"];
  return error instanceof Error && messages.some((message) => error.message.includes(message));
}
