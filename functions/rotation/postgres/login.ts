import { Socket } from "node:net";
import { Client, DatabaseError } from "pg";
import { RotationError } from "../errors";
import { describeLogin, type Credentials } from "./credentials";
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
  const { host, port, dbname, username, password } = credentials;
  const socket = new Socket();
  const client = new Client({
    stream: () => socket,
    host,
    port,
    database: dbname,
    user: username,
    password,
    ssl: tls,
    enableChannelBinding: true,
    application_name: "secret-rotation",
    options: startupOptions,
    connectionTimeoutMillis: connectTimeout,
    query_timeout: answerTimeout,
  });
  // A connection lost between two statements is reported here too; the next statement then fails.
  client.on("error", () => undefined);
  try {
    await client.connect();
  } catch (error) {
    await disconnect(client, socket);
    if (isRefusal(error)) return { refused: error.message };
    throw connectionProblem(error, describeLogin(credentials));
  }
  try {
    return await use(client);
  } catch (error) {
    if (error instanceof RotationError) throw error;
    throw connectionProblem(error, describeLogin(credentials));
  } finally {
    await disconnect(client, socket);
  }
}

/** Whether the login works; the reason when not. */
export async function logsIn(credentials: Credentials, tls: Tls): Promise<true | Refused> {
  return withConnection(credentials, tls, async (client) => {
    await inTransaction(client, async () => {
      await client.query("SELECT pg_catalog.now()");
    });
    return true as const;
  });
}

export function isRefused(result: unknown): result is Refused {
  return typeof result === "object" && result !== null && "refused" in result;
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
