import assert from "node:assert/strict";
import { join } from "node:path";
import { Client, escapeIdentifier } from "pg";
import { provided } from "../../../support/leftOut";
import { startProxy, type PostgresProxy } from "../../../support/postgres/proxy";
import { startPostgres, type PostgresServer } from "../../../support/postgres/server";
import { sqlTextsIn } from "../../../support/sql/texts";
import {
  createAlternatingSecrets,
  createDatabase,
  createSingleUserSecret,
  currentLogin,
  type Login,
  type TestDatabase,
} from "../../support/databaseSecrets";
import { postgresInProcess } from "../../support/inProcess";
import { rotate } from "../../support/rotation";
import type { StoredSecret } from "../../support/secrets";
import { startSecretsManager, type SecretsManagerDouble } from "../../support/secretsManager";
import { schema, shadows, trapFunction, watchTraps, type Names } from "../../support/traps";

const pinned = "SET LOCAL search_path = pg_catalog, pg_temp";

/**
 * Whoever may create objects in a database, or say what its sessions' names mean, must not have code run by whoever
 * rotates. Each way in is first shown to work on statements as programs write them.
 * https://www.postgresql.org/support/security/CVE-2018-1058/
 */
describe("names planted in a database", function () {
  this.timeout(240_000);
  let postgres: PostgresServer;
  let proxy: PostgresProxy;
  let service: SecretsManagerDouble;
  let version: number;

  before(async function () {
    postgres = await provided(this, startPostgres);
    proxy = await startProxy(postgres);
    service = await startSecretsManager();
    const [row] = await postgres.query<{ version: number }>(
      "SELECT current_setting('server_version_num')::int / 10000 AS version",
    );
    version = row?.version ?? 0;
  });

  afterEach(() => {
    proxy.options = "kept";
    proxy.rewrite = undefined;
  });

  after(async () => {
    await proxy?.close();
    await service?.close();
    await postgres?.remove();
  });

  /** Of each kind, with a statement that means the planted one as soon as its schema comes first. */
  const baits: Readonly<Record<string, string>> = {
    function: "SELECT now()",
    operator: "SELECT current_user = current_user",
    type: "SELECT 'x'::text",
    relation: "SELECT count(*) FROM pg_roles",
  };

  it("a function of a service's user that fits better than the built-in one takes over no role", async () => {
    const database = await createDatabase(postgres);
    const { name } = database;
    // As everybody may up to PostgreSQL 14.
    await postgres.query(`GRANT CREATE ON SCHEMA public TO ${escapeIdentifier(name)}`, [], name);
    await postgres.query(trapFunction, [], name);
    const takeOver = `PERFORM ${schema}.trap('function'); ALTER ROLE ${escapeIdentifier(name)} CREATEROLE`;
    const betterFit: Readonly<Record<string, string>> = {
      "hashtextextended(text, integer)": "hashtextextended('x'::text, 0)",
      "pg_has_role(oid, oid, unknown)": "",
      "set_config(text, text, integer)": "set_config('a.b'::text, ''::text, 1)",
      "current_setting(text, integer)": "current_setting('a.b'::text, 1)",
      "pg_terminate_backend(integer)": "",
      "pg_blocking_pids(bigint)": "pg_blocking_pids(1::bigint)",
    };
    await run(database.user, async (client) => {
      for (const signature of Object.keys(betterFit).filter((each) => !each.includes("unknown"))) {
        await client.query(
          `CREATE FUNCTION public.${signature} RETURNS bigint LANGUAGE plpgsql AS $$ BEGIN ${takeOver}; RETURN 1; END $$`,
        );
      }
    });
    for (const call of Object.values(betterFit).filter((each) => each !== "")) {
      const traps = watchTraps(postgres);
      await run(database.admin, (client) => client.query(`BEGIN; SELECT ${call}; ROLLBACK`));
      assert.deepEqual(await traps(), [`function as <${database.admin.username}>`], call);
    }
    await rotatesUntrapped(database);
    const [role] = await postgres.query("SELECT rolcreaterole FROM pg_roles WHERE rolname = $1", [name]);
    assert.deepEqual(role, { rolcreaterole: false });
  });

  for (const setting of ["DATABASE", "ROLE", "ROLE IN DATABASE"] as const) {
    it(`every name it uses, in a schema put first by ALTER ${setting} … SET`, async () => {
      const database = await plantEverything(setting);
      await assertBaited(database);
      await rotatesUntrapped(database);
    });
  }

  it("the same, through a proxy that drops start-up options: the transaction's own search path holds", async () => {
    const database = await plantEverything("DATABASE", proxy);
    proxy.options = "dropped";
    await assertBaited(database);
    await rotatesUntrapped(database);
  });

  it("the same, with the attacker's schema first in the transaction as well: the names themselves hold", async () => {
    const database = await plantEverything("DATABASE", proxy);
    proxy.options = "dropped";
    let count = 0;
    proxy.rewrite = (text) => {
      if (text.includes(pinned)) count += 1;
      return text.replace(pinned, `SET LOCAL search_path = ${schema}, pg_catalog`);
    };
    await rotatesUntrapped(database);
    assert.ok(count >= 8, `${count} transactions`);
  });

  it("the same, with nothing but start-up options: they hold outside of transactions", async () => {
    const database = await plantEverything("DATABASE", proxy);
    const query = "SELECT pg_catalog.now()";
    proxy.rewrite = (text) =>
      text.replace(pinned, "SELECT 1").replace(query, Object.values(baits).join("; "));
    const traps = watchTraps(postgres);
    const secretAndInvoke = single(database);
    await rotate(service.secrets, ...secretAndInvoke);
    assert.deepEqual(await traps(), []);
    // Without them the same statements are caught.
    proxy.options = "dropped";
    await rotate(service.secrets, ...secretAndInvoke).catch(() => undefined);
    assert.notDeepEqual(await traps(), []);
  });

  it("also in the statements that look for whoever stands in the way", async () => {
    const database = await plantEverything("DATABASE", proxy);
    proxy.options = "dropped";
    proxy.rewrite = (text) => text.replace(pinned, `SET LOCAL search_path = ${schema}, pg_catalog`);
    const holder = new Client({ ...connection(database.user), options: "-c search_path=pg_catalog" });
    holder.on("error", () => undefined);
    await holder.connect();
    await holder.query(`BEGIN; ALTER ROLE ${escapeIdentifier(database.name)} PASSWORD 'canary'`);
    const traps = watchTraps(postgres);
    await rotate(service.secrets, ...single(database));
    assert.deepEqual(await traps(), []);
    await assert.rejects(holder.query("COMMIT"));
  });

  it("a database's owner may make no event trigger, in any version", async () => {
    const database = await createDatabase(postgres);
    await run(database.admin, async (client) => {
      await client.query(
        "CREATE FUNCTION react() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM 1; END $$",
      );
      for (const event of [
        "ddl_command_start",
        "ddl_command_end",
        "sql_drop",
        ...(version >= 17 ? ["login"] : []),
      ]) {
        await assert.rejects(client.query(`CREATE EVENT TRIGGER own ON ${event} EXECUTE FUNCTION react()`), {
          code: "42501",
        });
      }
    });
  });

  it("an event trigger on commands is not fired by a change of roles", async () => {
    const database = await createDatabase(postgres);
    await plantEventTrigger(database, "ddl_command_start");
    const traps = watchTraps(postgres);
    await run(database.admin, (client) => client.query("CREATE TABLE bait ()"));
    assert.deepEqual(await traps(), [`event trigger as <${database.admin.username}>`]);
    await rotatesUntrapped(database);
  });

  it("a trigger on logins to the service's database is not run by the administrator, who logs in to its own", async () => {
    // From PostgreSQL 17 on.
    if (version < 17) return;
    const database = await createDatabase(postgres);
    await plantEventTrigger(database, "login");
    const traps = watchTraps(postgres);
    await run(database.admin, () => Promise.resolve());
    assert.deepEqual(await traps(), [`event trigger as <${database.admin.username}>`]);

    const elsewhere = { ...database, admin: { ...database.admin, dbname: "postgres" } };
    const { database: secret } = createAlternatingSecrets(service.secrets, elsewhere);
    const since = watchTraps(postgres);
    await rotate(service.secrets, secret, postgresInProcess(service, secret).invoke);
    // The clone's sessions begin as the original.
    assert.deepEqual([...new Set(await since())], [`event trigger as <${database.name}>`]);
  });

  async function plantEventTrigger({ name }: TestDatabase, event: string): Promise<void> {
    await postgres.query(trapFunction, [], name);
    await postgres.query(
      `CREATE FUNCTION ${schema}.react() RETURNS event_trigger LANGUAGE plpgsql AS $$
         BEGIN PERFORM ${schema}.trap('event trigger'); END $$`,
      [],
      name,
    );
    await postgres.query(
      `CREATE EVENT TRIGGER planted ON ${event} EXECUTE FUNCTION ${schema}.react()`,
      [],
      name,
    );
  }

  /** A database in which each name the rotation uses means something else to those who do not say which they mean. */
  async function plantEverything(
    setting: "DATABASE" | "ROLE" | "ROLE IN DATABASE",
    via = postgres as PostgresProxy | PostgresServer,
  ) {
    const database = await createDatabase(postgres, via);
    await postgres.query(shadows(namesUsed()), [], database.name);
    const name = escapeIdentifier(database.name);
    for (const user of [database.name, database.admin.username]) {
      const whose = {
        DATABASE: `DATABASE ${name}`,
        ROLE: `ROLE ${escapeIdentifier(user)}`,
        "ROLE IN DATABASE": `ROLE ${escapeIdentifier(user)} IN DATABASE ${name}`,
      }[setting];
      await postgres.query(`ALTER ${whose} SET search_path = ${schema}, pg_catalog, public`);
    }
    return database;
  }

  /** Shows that the traps work: on an administrator who leaves names to the search path. */
  async function assertBaited({ admin }: TestDatabase): Promise<void> {
    for (const [kind, bait] of Object.entries(baits)) {
      const traps = watchTraps(postgres);
      await run(admin, (client) => client.query(bait)).catch(() => undefined);
      const [first = ""] = await traps();
      assert.ok(first.startsWith(kind) && first.endsWith(`<${admin.username}>`), `${kind}: ${first}`);
    }
  }

  /** The administrator rotates for the service's user, and itself. */
  async function rotatesUntrapped(database: TestDatabase): Promise<void> {
    const { database: alternating, administrator } = createAlternatingSecrets(service.secrets, database);
    administrator.rotationFunction = alternating.rotationFunction;
    const traps = watchTraps(postgres);
    for (const secret of [alternating, alternating, administrator, alternating]) {
      await rotate(service.secrets, secret, postgresInProcess(service, secret).invoke);
    }
    assert.deepEqual(await traps(), []);
    const { rewrite, options } = proxy;
    Object.assign(proxy, { rewrite: undefined, options: "kept" });
    await run(currentLogin(service.secrets, administrator), () => Promise.resolve());
    await run(currentLogin(service.secrets, alternating), () => Promise.resolve());
    Object.assign(proxy, { rewrite, options });
  }

  function single(database: TestDatabase): [StoredSecret, ReturnType<typeof postgresInProcess>["invoke"]] {
    const secret = createSingleUserSecret(service.secrets, database);
    return [secret, postgresInProcess(service, secret).invoke];
  }
});

/** All that the rotation's texts name, and what its first version named. */
function namesUsed(): Names {
  const sql = sqlTextsIn(join(__dirname, "../../../../functions/rotation"))
    .map((text) => text.sql)
    .join("\n");
  const all = (pattern: RegExp) => [...new Set([...sql.matchAll(pattern)].map(([, name = ""]) => name))];
  const names = {
    functions: [...all(/pg_catalog\.(\w+)\s*\(/g), "hashtextextended", "pg_advisory_xact_lock"],
    operators: all(/OPERATOR\(pg_catalog\.([^)]+)\)/g),
    types: all(/::pg_catalog\.(\w+)/g),
    relations: all(/(?:FROM|JOIN)\s+pg_catalog\.(\w+)(?!\w|\s*\()/g),
  };
  assert.ok(
    Object.values(names).every(({ length }) => length >= 2),
    JSON.stringify(names),
  );
  return names;
}

function connection({ host, port, dbname: database, username: user, password }: Login) {
  return { host, port, database, user, password };
}

async function run(login: Login, use: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client(connection(login));
  client.on("error", () => undefined);
  await client.connect();
  try {
    await use(client);
  } finally {
    await client.end();
  }
}
