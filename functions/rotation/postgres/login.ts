import { DatabaseError, type Client } from "pg";
import { printable } from "../../../model/printable";
import { RotationError } from "../errors";
import { connect, type Connected } from "./connect";
import type { Credentials } from "./credentials";
import { NoConnectionLeft } from "./databaseProblems";
import { connectionProblem } from "./problems";
import { asOwnUser, type SessionStart } from "./session";
import type { Tls } from "./tls";
import { inTransaction } from "./transaction";

/** A login the server refused: wrong password, unknown or locked role, no right to connect. */
export interface Refused {
  readonly refused: string;
}

/**
 * Logs in, runs `use`, and disconnects. `use` may be run a second time, where the role's own settings ended its first
 * transaction before they could be changed.
 * @throws RotationError when the server cannot be asked at all, which says nothing about the password
 */
export async function withConnection<T>(
  credentials: Credentials,
  tls: Tls,
  use: (client: Client) => Promise<T>,
  { startupOptions, patientStartupOptions }: SessionStart = asOwnUser,
): Promise<T | Refused> {
  try {
    return await attempt(credentials, tls, startupOptions, use);
  } catch (error) {
    if (!isTransactionTimeout(error)) throw problem(error, credentials);
  }
  try {
    return await attempt(credentials, tls, patientStartupOptions, use);
  } catch (error) {
    throw problem(error, credentials);
  }
}

async function attempt<T>(
  credentials: Credentials,
  tls: Tls,
  options: string,
  use: (client: Client) => Promise<T>,
): Promise<T | Refused> {
  let connected: Connected;
  try {
    connected = await connect(credentials, tls, options);
  } catch (error) {
    if (isRefusal(error)) return { refused: printable(error.message) };
    throw error;
  }
  try {
    return await use(connected.client);
  } catch (error) {
    throw error instanceof RotationError ? error : (connected.farewell() ?? error);
  } finally {
    await connected.disconnect();
  }
}

/** Whether the login works; the reason when not. */
export async function logsIn(credentials: Credentials, tls: Tls): Promise<true | Refused> {
  return withConnection(credentials, tls, async (client) => {
    await inTransaction(client, () => client.query("SELECT pg_catalog.now()"));
    return true as const;
  });
}

/**
 * Whether the password is right: it is also where user or database have no connection left, which PostgreSQL counts
 * after it has checked the password.
 */
export async function isLetIn(credentials: Credentials, tls: Tls): Promise<true | Refused> {
  try {
    return await logsIn(credentials, tls);
  } catch (error) {
    if (error instanceof NoConnectionLeft) return true;
    throw error;
  }
}

export function isRefused(result: unknown): result is Refused {
  return typeof result === "object" && result !== null && "refused" in result;
}

/** Class 28: invalid authorization. 42501 while connecting: no right to connect to the database. */
function isRefusal(error: unknown): error is DatabaseError {
  return error instanceof DatabaseError && (error.code?.startsWith("28") === true || error.code === "42501");
}

/** From PostgreSQL 17 on. */
function isTransactionTimeout(error: unknown): boolean {
  return error instanceof DatabaseError && error.code === "25P04";
}

function problem(error: unknown, credentials: Credentials): RotationError {
  return error instanceof RotationError ? error : connectionProblem(error, credentials);
}
