import { DatabaseError } from "pg";
import { describeError } from "../../lambda/describeError";
import { printable } from "../../../model/printable";
import { RotationError } from "../errors";
import { StrangeAnswer } from "./answers";
import { describeLogin, type Credentials } from "./credentials";
import { databaseProblem } from "./databaseProblems";

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

/** What went wrong between the function and the database, with what to do. Texts of the server are made printable. */
export function connectionProblem(error: unknown, credentials: Credentials): RotationError {
  const login = describeLogin(credentials);
  const code = error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
  if (error instanceof DatabaseError) return databaseProblem(error, credentials);
  if (error instanceof StrangeAnswer) return strangeServer(login, error.message);
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
  if (unreachable.includes(code) || isLostConnection(error)) {
    return new RotationError(
      `the connection to ${login} failed or was lost (${code === "" ? "no answer" : code})`,
      "check that the database runs and that the rotation network's security groups reach it",
    );
  }
  return libraryProblem(error, login);
}

/** The client library's own errors carry no code. */
function libraryProblem(error: unknown, login: string): RotationError {
  const message = error instanceof Error ? error.message : "";
  if (message === "The server does not support SSL connections") {
    return new RotationError(
      `${login} takes no encrypted connections`,
      "turn TLS on in the database; plain text is used only where tls: disable says so",
    );
  }
  if (message === "There was an error establishing an SSL connection") {
    return strangeServer(login, "it answered the request for TLS with neither yes nor no");
  }
  // How the login was negotiated; parts of it are the server's, none of it is secret.
  if (message.startsWith("SASL: ")) return strangeServer(login, printable(message));
  return new RotationError(`the connection to ${login} failed: ${describeError(error)}`, "try again");
}

function strangeServer(login: string, what: string): RotationError {
  return new RotationError(
    `what answers ${login} does not do so as PostgreSQL does: ${what}`,
    "check what listens there; the rotation needs a PostgreSQL that takes passwords by SCRAM-SHA-256 or MD5",
  );
}

function isLostConnection(error: unknown): boolean {
  const messages = [
    "Connection terminated",
    "timeout expired",
    "Query read timeout",
    "Client was closed",
    "not queryable",
  ];
  return error instanceof Error && messages.some((message) => error.message.includes(message));
}
