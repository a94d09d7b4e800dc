import { randomBytes } from "node:crypto";
import { Client, escapeIdentifier, escapeLiteral } from "pg";
import type { PostgresServer } from "../../support/postgres/server";
import { rotationFunctionArn } from "./rotation";
import type { Secrets, StoredSecret } from "./secrets";

export interface Login {
  readonly host: string;
  readonly port: number;
  readonly dbname: string;
  readonly username: string;
  readonly password: string;
}

export interface Place {
  readonly host: string;
  readonly port: number;
}

let count = 0;

/**
 * A database with a table and a user that may read it, made by an administrator without superuser rights, as on RDS.
 * Names need quoting. `via` is where the secrets say the server is.
 */
export async function createDatabase(server: PostgresServer, via: Place = server) {
  count += 1;
  const name = `orders-${count}`;
  const admin = `admin "${count}"`;
  const passwords = { admin: password(), user: password() };
  await server.query(
    `CREATE ROLE ${escapeIdentifier(admin)} LOGIN CREATEROLE PASSWORD ${escapeLiteral(passwords.admin)}`,
  );
  await server.query(`CREATE DATABASE ${escapeIdentifier(name)} OWNER ${escapeIdentifier(admin)}`);
  await asUser(
    { ...via, dbname: name, username: admin, password: passwords.admin, ...at(server) },
    async (client) => {
      await client.query(`REVOKE CONNECT ON DATABASE ${escapeIdentifier(name)} FROM PUBLIC`);
      await client.query(
        `CREATE ROLE ${escapeIdentifier(name)} LOGIN PASSWORD ${escapeLiteral(passwords.user)}`,
      );
      await client.query(`GRANT CONNECT ON DATABASE ${escapeIdentifier(name)} TO ${escapeIdentifier(name)}`);
      await client.query("CREATE TABLE orders (id int)");
      await client.query(`GRANT SELECT ON orders TO ${escapeIdentifier(name)}`);
    },
  );
  const common = { engine: "postgres", ...at(via), dbname: name };
  return {
    name,
    admin: { ...common, username: admin, password: passwords.admin },
    user: { ...common, username: name, password: passwords.user },
  };
}

export type TestDatabase = Awaited<ReturnType<typeof createDatabase>>;

export function createSingleUserSecret(secrets: Secrets, { name, user }: TestDatabase): StoredSecret {
  return secrets.create(`${name}/prod/database`, JSON.stringify(user), {
    rotationFunction: rotationFunctionArn,
  });
}

export function createAlternatingSecrets(secrets: Secrets, { name, user, admin }: TestDatabase) {
  const administrator = secrets.create(`${name}/prod/database-admin`, JSON.stringify(admin));
  const database = secrets.create(
    `${name}/prod/database`,
    JSON.stringify({ ...user, masterarn: administrator.arn }),
    { rotationFunction: rotationFunctionArn },
  );
  return { administrator, database };
}

/** The users as they were before the first rotation. */
export async function resetUsers(server: PostgresServer, { name, user }: TestDatabase): Promise<void> {
  await server.query(`DROP ROLE IF EXISTS ${escapeIdentifier(`${name}_clone`)}`);
  await server.query(`ALTER ROLE ${escapeIdentifier(name)} PASSWORD ${escapeLiteral(user.password)}`);
}

export function currentLogin(secrets: Secrets, secret: StoredSecret): Login {
  return JSON.parse(secrets.value(secret, { stage: "AWSCURRENT" }).value) as Login;
}

/** Logs in as a client of the secret does and reads the table. */
export async function logIn(login: Login): Promise<void> {
  await asUser(login, (client) => client.query("SELECT count(*) FROM orders"));
}

async function asUser(login: Login, use: (client: Client) => Promise<unknown>): Promise<void> {
  const { host, port, dbname: database, username: user, password } = login;
  const client = new Client({ host, port, database, user, password });
  client.on("error", () => undefined);
  await client.connect();
  try {
    await use(client);
  } finally {
    await client.end();
  }
}

function at({ host, port }: Place): Place {
  return { host, port };
}

/** A marked value, so that one can look for it. */
export function password(): string {
  return `canary${randomBytes(12).toString("hex")}`;
}
