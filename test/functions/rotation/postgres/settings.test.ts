import assert from "node:assert/strict";
import { escapeIdentifier } from "pg";
import { parseCredentials } from "../../../../functions/rotation/postgres/credentials";
import { isRefused, withConnection } from "../../../../functions/rotation/postgres/login";
import { inTransaction } from "../../../../functions/rotation/postgres/transaction";
import { provided } from "../../../support/leftOut";
import { startProxy, type PostgresProxy } from "../../../support/postgres/proxy";
import { startPostgres, type PostgresServer } from "../../../support/postgres/server";
import {
  createAlternatingSecrets,
  createDatabase,
  createSingleUserSecret,
  currentLogin,
  type TestDatabase,
} from "../../support/databaseSecrets";
import { postgresInProcess } from "../../support/inProcess";
import { rotate } from "../../support/rotation";
import type { StoredSecret } from "../../support/secrets";
import { startSecretsManager, type SecretsManagerDouble } from "../../support/secretsManager";

/** What a role may set for itself, and a database's owner for everybody in it. */
const settings = [
  "default_transaction_read_only = on",
  "default_transaction_isolation = serializable",
  "default_transaction_deferrable = on",
  "statement_timeout = 1",
  "lock_timeout = 1",
  "idle_in_transaction_session_timeout = 1",
  "idle_session_timeout = 1",
  "transaction_timeout = 1",
  "search_path = nowhere",
  "client_min_messages = debug5",
  "client_encoding = latin1",
  "exit_on_error = on",
  "local_preload_libraries = nothing",
  "synchronous_commit = off",
  "standard_conforming_strings = off",
  "backslash_quote = on",
  "password_encryption = md5",
  "createrole_self_grant = 'set, inherit'",
  "restrict_nonsystem_relation_kind = 'view, foreign-table'",
  "datestyle = 'German, DMY'",
  "quote_all_identifiers = on",
  "default_tablespace = nowhere",
  "row_security = off",
  "tcp_user_timeout = 1",
  "tcp_keepalives_idle = 1",
  "client_connection_check_interval = 1",
  "debug_parallel_query = on",
  "force_parallel_mode = on",
  "plan_cache_mode = force_generic_plan",
  "work_mem = '64kB'",
] as const;

/** Those that leave time for a first statement, and values as they are, seen from the session itself. */
const slower = settings
  .filter((setting) => !/^(idle_session|local_preload|quote_all|debug_parallel|force_parallel)/.test(setting))
  .map((setting) => setting.replace(/timeout = 1$/, "timeout = 5555"));

/** What holds instead, as PostgreSQL shows it. */
const inTransactions: Readonly<Record<string, string>> = {
  transaction_read_only: "off",
  transaction_isolation: "read committed",
  transaction_deferrable: "off",
  search_path: "pg_catalog, pg_temp",
  role: "none",
  statement_timeout: "7s",
  lock_timeout: "6s",
  idle_in_transaction_session_timeout: "15s",
  transaction_timeout: "0",
  client_min_messages: "error",
  client_encoding: "UTF8",
  exit_on_error: "off",
  // A change is on disk when it is committed.
  synchronous_commit: "on",
  standard_conforming_strings: "on",
  createrole_self_grant: "",
};

/** What only start-up options can hold; of the connection itself. */
const fromTheStart: Readonly<Record<string, string>> = { tcp_user_timeout: "0" };

/** Of the role alone: it runs as another role it is a member of. */
const otherRole = "role = own";

describe("settings of roles and databases do not stop rotation", function () {
  this.timeout(240_000);
  let postgres: PostgresServer;
  let proxy: PostgresProxy;
  let service: SecretsManagerDouble;

  before(async function () {
    postgres = await provided(this, startPostgres);
    proxy = await startProxy(postgres);
    service = await startSecretsManager();
    await postgres.query("CREATE ROLE own");
  });

  afterEach(() => {
    proxy.options = "kept";
  });

  after(async () => {
    await proxy?.close();
    await service?.close();
    await postgres?.remove();
  });

  for (const setting of [...settings, otherRole]) {
    it(setting, async () => {
      // Not every version has every setting.
      if (!(await knows(setting.split(" ")[0] ?? ""))) return;
      const [one, other] = [await createDatabase(postgres), await createDatabase(postgres)];
      const single = createSingleUserSecret(service.secrets, one);
      const { database: alternating } = createAlternatingSecrets(service.secrets, other);
      await setEverywhere(one, one.user.username, setting);
      await setEverywhere(other, other.admin.username, setting);
      await rotates(single);
      await rotates(alternating);
    });
  }

  for (const options of ["kept", "dropped", "refused"] as const) {
    it(`none of them holds inside a transaction, start-up options ${options} by what lies between`, async () => {
      const { user, ...database } = await createDatabase(postgres, proxy);
      for (const setting of [...slower, otherRole]) {
        if (await knows(setting.split(" ")[0] ?? "")) {
          await setEverywhere({ user, ...database }, user.username, setting);
        }
      }
      proxy.options = options;
      const login = parseCredentials(JSON.stringify(user), "the value");
      const expected = { ...inTransactions, ...(options === "kept" ? fromTheStart : {}) };
      const names = Object.keys(expected);
      const found = await withConnection(login, false, (client) =>
        inTransaction(client, () =>
          client.query<{ name: string; value: string | null }>(
            "SELECT name, current_setting(name, true) AS value FROM unnest($1::text[]) AS name",
            [names],
          ),
        ),
      );
      assert.ok(!isRefused(found));
      for (const { name, value } of found.rows) {
        if (value !== null) assert.equal(value, expected[name], name);
      }
      assert.equal(found.rows.length, names.length);
    });

    it(`both strategies rotate, start-up options ${options}`, async () => {
      proxy.options = options;
      await rotates(createSingleUserSecret(service.secrets, await createDatabase(postgres, proxy)));
      await rotates(
        createAlternatingSecrets(service.secrets, await createDatabase(postgres, proxy)).database,
      );
    });
  }

  it("an administrator is made no member of a clone it creates", async () => {
    const database = await createDatabase(postgres);
    const { database: secret } = createAlternatingSecrets(service.secrets, database);
    if (await knows("createrole_self_grant")) {
      await setEverywhere(database, database.admin.username, "createrole_self_grant = 'set, inherit'");
    }
    await rotate(service.secrets, secret, postgresInProcess(service, secret).invoke);
    const [row] = await postgres.query(
      "SELECT pg_has_role($1::name, $2::name, 'USAGE') OR pg_has_role($1::name, $2::name, 'MEMBER') AND NOT $3 AS member",
      [database.admin.username, `${database.name}_clone`, await knows("createrole_self_grant")],
    );
    assert.deepEqual(row, { member: false });
  });

  /** Sets it for the role, for the database, and for the role in the database. */
  async function setEverywhere({ name }: TestDatabase, user: string, setting: string): Promise<void> {
    const [role, database] = [escapeIdentifier(user), escapeIdentifier(name)];
    await postgres.query(`GRANT own TO ${role}`);
    for (const whose of [`ROLE ${role}`, `DATABASE ${database}`, `ROLE ${role} IN DATABASE ${database}`]) {
      await postgres.query(`ALTER ${whose} SET ${setting}`);
    }
  }

  async function knows(name: string): Promise<boolean> {
    const [row] = await postgres.query<{ value: string | null }>(
      "SELECT current_setting($1, true) AS value",
      [name],
    );
    return row !== undefined && row.value !== null;
  }

  async function rotates(secret: StoredSecret): Promise<void> {
    const before = currentLogin(service.secrets, secret);
    await rotate(service.secrets, secret, postgresInProcess(service, secret).invoke);
    assert.notEqual(currentLogin(service.secrets, secret).password, before.password);
  }
});
