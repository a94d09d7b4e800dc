import { Socket } from "node:net";
import { Client, DatabaseError } from "pg";
import type { Credentials } from "./credentials";
import { GuardedConnection } from "./guardedConnection";
import { asOwnUser } from "./session";
import type { Tls } from "./tls";

/** Milliseconds; a step's few connections and statements together stay inside `rotationTimeoutSeconds`. */
const connectTimeout = 5_000;
const answerTimeout = 8_000;
const goodbyeTimeout = 500;

export interface Connected {
  readonly client: Client;
  /** What the server said when it ended the session between two statements. */
  farewell(): DatabaseError | undefined;
  disconnect(): Promise<void>;
}

/**
 * Logs in. Options that the server or a proxy before it does not know are left out the second time: PgBouncer answers
 * 08P01, PostgreSQL before 14 42704. Transactions pin their settings without them.
 * @throws whatever the client library does
 */
export async function connect(
  credentials: Credentials,
  tls: Tls,
  options = asOwnUser.startupOptions,
): Promise<Connected> {
  try {
    return await connectWith(options, credentials, tls);
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
