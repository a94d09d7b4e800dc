import { Socket } from "node:net";
import { Client, DatabaseError } from "pg";
import { printable } from "../../lambda/printable";
import { RotationError } from "../errors";
import type { Credentials } from "./credentials";
import { NoConnectionLeft } from "./databaseProblems";
import { GuardedConnection } from "./guardedConnection";
import { connectionProblem } from "./problems";
import { startupOptions } from "./session";
import type { Tls } from "./tls";
import { inTransaction } from "./transaction";

/** Milliseconds; a step's few connections and statements together stay inside `rotationTimeoutSeconds`. */
const connectTimeout = 5_000;
const answerTimeout = 8_000;
const goodbyeTimeout = 500;

/** A login the server refused: wrong password, unknown or locked role, no right to connect. */
export interface Refused {
  readonly refused: string;
}

/**
 * Logs in, runs `use`, and disconnects.
 * @throws RotationError when the server cannot be asked at all, which says nothing about the password
 */
export async function withConnection<T>(
  credentials: Credentials,
  tls: Tls,
  use: (client: Client) => Promise<T>,
): Promise<T | Refused> {
  let connected: Connected | undefined;
  try {
    connected = await connect(credentials, tls);
    return await use(connected.client);
  } catch (error) {
    if (error instanceof RotationError) throw error;
    if (connected === undefined && isRefusal(error)) return { refused: printable(error.message) };
    throw connectionProblem(connected?.farewell() ?? error, credentials);
  } finally {
    await connected?.disconnect();
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

interface Connected {
  readonly client: Client;
  /** What the server said when it ended the session between two statements. */
  farewell(): DatabaseError | undefined;
  disconnect(): Promise<void>;
}

/**
 * Options that the server or a proxy before it does not know are left out the second time: PgBouncer answers 08P01,
 * PostgreSQL before 14 42704. Transactions pin their settings without them.
 */
async function connect(credentials: Credentials, tls: Tls): Promise<Connected> {
  try {
    return await connectWith(startupOptions, credentials, tls);
  } catch (error) {
    const isUnknown =
      error instanceof DatabaseError && ["08P01", "42704", "0A000"].includes(error.code ?? "");
    if (!isUnknown) throw error;
    return connectWith(undefined, credentials, tls);
  }
}

async function connectWith(
  options: string | undefined,
  credentials: Credentials,
  tls: Tls,
): Promise<Connected> {
  const { host, port, dbname, username, password } = credentials;
  const socket = new Socket();
  const config = {
    connection: new GuardedConnection({ stream: () => socket, ssl: tls }),
    host,
    port,
    database: dbname,
    user: username,
    password,
    ssl: tls,
    enableChannelBinding: true,
    application_name: "secret-rotation",
    options,
    connectionTimeoutMillis: connectTimeout,
    query_timeout: answerTimeout,
  };
  const client = new Client(config);
  // A connection lost between two statements is reported here too; the next statement then fails.
  let farewell: DatabaseError | undefined;
  client.on("error", (error) => {
    if (error instanceof DatabaseError) farewell ??= error;
  });
  try {
    await client.connect();
  } catch (error) {
    await disconnect(client, socket);
    throw error;
  }
  return { client, farewell: () => farewell, disconnect: () => disconnect(client, socket) };
}

/** Class 28: invalid authorization. 42501 while connecting: no right to connect to the database. */
function isRefusal(error: unknown): error is DatabaseError {
  return error instanceof DatabaseError && (error.code?.startsWith("28") === true || error.code === "42501");
}

/** Says goodbye, but does not wait for a server that no longer answers. */
async function disconnect(client: Client, socket: Socket): Promise<void> {
  const goodbye = setTimeout(() => socket.destroy(), goodbyeTimeout);
  try {
    await client.end();
  } catch {
    // It is gone already.
  } finally {
    clearTimeout(goodbye);
    socket.destroy();
  }
}
