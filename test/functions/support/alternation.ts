import { Client, type ClientConfig, type QueryResultRow } from "pg";
import type { PostgresServer } from "../../support/postgres/server";
import {
  createAlternatingSecrets,
  createDatabase,
  currentLogin,
  type Login,
  type Place,
} from "./databaseSecrets";
import { postgresInProcess } from "./inProcess";
import { rotate, type Invoke } from "./rotation";
import type { StoredSecret } from "./secrets";
import type { SecretsManagerDouble } from "./secretsManager";

/** A secret with alternating users in a database of its own. */
export interface Alternation {
  readonly secret: StoredSecret;
  readonly database: string;
  readonly original: string;
  readonly clone: string;
  readonly admin: Login;
  readonly invoke: Invoke;
  /** Everything the function has written to its log. */
  readonly lines: readonly string[];
  /** One whole rotation; the login that is current then. */
  rotate(): Promise<Login>;
  current(): Login;
  /** Runs statements in one session of the service, which has read the secret; the rows of the last. */
  run<Row extends QueryResultRow>(...statements: readonly string[]): Promise<Row[]>;
  asAdmin(...statements: readonly string[]): Promise<QueryResultRow[]>;
  asSuperuser(...statements: readonly string[]): Promise<void>;
}

export async function startAlternation(
  server: PostgresServer,
  service: SecretsManagerDouble,
  via: Place = server,
): Promise<Alternation> {
  const made = await createDatabase(server, via);
  const { database: secret } = createAlternatingSecrets(service.secrets, made);
  const { invoke, lines } = postgresInProcess(service, secret);
  const current = () => currentLogin(service.secrets, secret);
  return {
    secret,
    database: made.name,
    original: made.name,
    clone: `${made.name}_clone`,
    admin: made.admin,
    invoke,
    lines,
    current,
    async rotate() {
      await rotate(service.secrets, secret, invoke);
      return current();
    },
    run: (...statements) => runAs(current(), statements),
    asAdmin: (...statements) => runAs(made.admin, statements),
    async asSuperuser(...statements) {
      for (const statement of statements) await server.query(statement, [], made.name);
    },
  };
}

export async function runAs<Row extends QueryResultRow>(
  login: Login,
  statements: readonly string[],
  settings: ClientConfig & { readonly replication?: string } = {},
): Promise<Row[]> {
  return inSession(
    login,
    async (client) => {
      let rows: Row[] = [];
      for (const statement of statements) rows = (await client.query<Row>(statement)).rows;
      return rows;
    },
    settings,
  );
}

export async function inSession<T>(
  { host, port, dbname: database, username: user, password }: Login,
  use: (client: Client) => Promise<T>,
  settings: ClientConfig = {},
): Promise<T> {
  const client = new Client({ host, port, database, user, password, ...settings });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}
