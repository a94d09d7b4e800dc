import assert from "node:assert/strict";
import { Client, escapeIdentifier } from "pg";
import { generatedRotator } from "../../../../functions/rotation/generatedValue/rotator";
import { rotationMetrics } from "../../../../model/functions/metrics";
import type { OpenSessions, RotationStep, SessionStep } from "../../../../model/functions/rotation";
import { unsetTag } from "../../../../model/values/tags";
import { provided } from "../../../support/leftOut";
import { startPostgres, type PostgresServer } from "../../../support/postgres/server";
import {
  createAlternatingSecrets,
  createDatabase,
  createSingleUserSecret,
  currentLogin,
  logIn,
  type Login,
} from "../../support/databaseSecrets";
import { postgresInProcess, rotationInProcess } from "../../support/inProcess";
import { rotate, startRotation, type Invoke } from "../../support/rotation";
import type { StoredSecret } from "../../support/secrets";
import { startSecretsManager, type SecretsManagerDouble } from "../../support/secretsManager";

describe("sessions that outlive a rotation (platform rotate --end-sessions)", function () {
  this.timeout(240_000);
  let postgres: PostgresServer;
  let service: SecretsManagerDouble;
  const sessions: Session[] = [];

  before(async () => {
    postgres = await provided(this.ctx, startPostgres);
    service = await startSecretsManager();
  });
  afterEach(async () => {
    for (const { client } of sessions.splice(0)) await client.end().catch(() => undefined);
  });
  after(async () => {
    await service?.close();
    await postgres?.remove();
  });

  interface Session {
    readonly client: Client;
    /** Code of the error that ended it. */
    ended: string | undefined;
  }

  /** As a client of the login, or somebody who got hold of it, has it open. */
  async function open(login: Login, database = login.dbname): Promise<Session> {
    const { host, port, username: user, password } = login;
    const client = new Client({ host, port, database, user, password });
    const session: Session = { client, ended: undefined };
    client.on("error", (error: Error & { code?: string }) => (session.ended ??= error.code ?? error.message));
    await client.connect();
    sessions.push(session);
    return session;
  }

  const works = ({ client }: Session) =>
    client.query("SELECT 1").then(
      () => true,
      () => false,
    );

  async function ask(secret: StoredSecret, invoke: Invoke, step: SessionStep): Promise<OpenSessions> {
    const token = service.secrets.holder(secret, "AWSCURRENT")?.id ?? "";
    return (await invoke({ Step: step, SecretId: secret.arn, ClientRequestToken: token })) as OpenSessions;
  }

  it("single user: are counted, and ended in every database; nobody else's are", async () => {
    const database = await createDatabase(postgres);
    const secret = createSingleUserSecret(service.secrets, database);
    const { invoke, lines } = postgresInProcess(service, secret);
    const leaked = [
      await open(database.user),
      await open(database.user),
      await open(database.user, "postgres"),
    ];
    const administrator = await open(database.admin);
    await rotate(service.secrets, secret, invoke);
    await assert.rejects(logIn(database.user));
    for (const session of leaked) assert.ok(await works(session));

    const user = database.name;
    assert.deepEqual(await ask(secret, invoke, "countSessions"), { user, open: 3 });
    assert.deepEqual(await ask(secret, invoke, "endSessions"), { user, ended: 3, open: 0 });
    for (const session of leaked) {
      assert.ok(!(await works(session)));
      assert.equal(session.ended, "57P01");
    }
    assert.ok(await works(administrator));
    await logIn(currentLogin(service.secrets, secret));
    assert.deepEqual(await ask(secret, invoke, "endSessions"), { user, ended: 0, open: 0 });
    assert.match(lines.join("\n"), /3 sessions of orders-\d+ were ended; 0 of orders-\d+ are open/);
    for (const { password } of [database.user, currentLogin(service.secrets, secret)]) {
      assert.ok(!lines.join("\n").includes(password));
    }
  });

  it("alternating users: those of the user whose password was changed; the other's after the second time", async () => {
    const database = await createDatabase(postgres);
    const { database: secret } = createAlternatingSecrets(service.secrets, database);
    const { invoke } = postgresInProcess(service, secret);
    await rotate(service.secrets, secret, invoke);
    const original = await open(database.user);
    const clone = await open(currentLogin(service.secrets, secret));
    await rotate(service.secrets, secret, invoke);
    const { name } = database;
    assert.deepEqual(await ask(secret, invoke, "endSessions"), { user: name, ended: 1, open: 0 });
    assert.deepEqual([await works(original), await works(clone)], [false, true]);
    await rotate(service.secrets, secret, invoke);
    assert.deepEqual(await ask(secret, invoke, "endSessions"), { user: `${name}_clone`, ended: 1, open: 0 });
    assert.ok(!(await works(clone)));
  });

  it("are ended whatever their user has set up for its sessions", async () => {
    const database = await createDatabase(postgres);
    const secret = createSingleUserSecret(service.secrets, database);
    const { invoke } = postgresInProcess(service, secret);
    const user = escapeIdentifier(database.name);
    const run = (text: string) => postgres.query(text, [], database.name);
    await run(`CREATE SCHEMA evil AUTHORIZATION ${user}`);
    await run("CREATE TABLE evil.calls (what text)");
    await run(`GRANT INSERT ON evil.calls TO PUBLIC`);
    for (const [name, parameters, type, body] of [
      ["pg_terminate_backend", "integer", "boolean", "SELECT false"],
      ["pg_backend_pid", "", "integer", "SELECT 0"],
      ["count", "integer", "bigint", "SELECT 0::bigint"],
      ["same", "name, name", "boolean", "SELECT false"],
    ] as const) {
      await run(
        `CREATE FUNCTION evil.${name}(${parameters}) RETURNS ${type} LANGUAGE sql AS ` +
          `$$ INSERT INTO evil.calls VALUES ('${name}'); ${body} $$`,
      );
    }
    await run("CREATE OPERATOR evil.= (LEFTARG = name, RIGHTARG = name, FUNCTION = evil.same)");
    await run(
      "CREATE VIEW evil.pg_stat_activity AS SELECT 1 AS pid, ''::name AS usename, ''::text AS backend_type",
    );
    await run(`CREATE ROLE ${escapeIdentifier(`${database.name} own`)}`);
    await run(`GRANT ${escapeIdentifier(`${database.name} own`)} TO ${user}`);
    const session = await open(database.user);
    await run(`ALTER ROLE ${user} SET search_path = evil, pg_catalog`);
    await run(`ALTER ROLE ${user} SET default_transaction_read_only = on`);
    await run(`ALTER ROLE ${user} SET role = ${escapeIdentifier(`${database.name} own`)}`);

    assert.deepEqual(await ask(secret, invoke, "endSessions"), { user: database.name, ended: 1, open: 0 });
    assert.ok(!(await works(session)));
    assert.deepEqual(await run("SELECT what FROM evil.calls"), []);
  });

  it("where the user may not, says so, and who may", async () => {
    const database = await createDatabase(postgres);
    const secret = createSingleUserSecret(service.secrets, database);
    const { invoke } = postgresInProcess(service, secret);
    const signature = "pg_catalog.pg_terminate_backend(integer, bigint)";
    const user = escapeIdentifier(database.name);
    await postgres.query(`REVOKE EXECUTE ON FUNCTION ${signature} FROM PUBLIC`, [], database.name);
    try {
      await open(database.user);
      await assert.rejects(
        ask(secret, invoke, "endSessions"),
        /may not end its own sessions; let it \(GRANT EXECUTE .*\), or end them as an administrator/,
      );
      await postgres.query(`GRANT EXECUTE ON FUNCTION ${signature} TO ${user}`, [], database.name);
      assert.equal((await ask(secret, invoke, "endSessions")).ended, 1);
    } finally {
      await postgres.query(`GRANT EXECUTE ON FUNCTION ${signature} TO PUBLIC`, [], database.name);
    }
  });

  for (const strategy of ["single user", "alternating users"] as const) {
    it(`${strategy}: one that sets the new password again is told of, with the statement that ends it`, async () => {
      const database = await createDatabase(postgres);
      const secret =
        strategy === "single user"
          ? createSingleUserSecret(service.secrets, database)
          : createAlternatingSecrets(service.secrets, database).database;
      const { invoke } = postgresInProcess(service, secret);
      // Of alternating users the clone is in use then, and its sessions work as the original.
      if (strategy === "alternating users") await rotate(service.secrets, secret, invoke);
      const leaked = await open(currentLogin(service.secrets, secret));
      const token = startRotation(service.secrets, secret);
      const step = (Step: RotationStep) => invoke({ Step, SecretId: secret.arn, ClientRequestToken: token });
      await step("createSecret");
      await step("setSecret");
      await leaked.client.query("ALTER ROLE CURRENT_USER PASSWORD 'canary-of-another'");
      const failure = await step("testSecret").then(
        () => assert.fail("it logged in"),
        (error: Error) => error.message,
      );
      const [, statement = ""] =
        /may have set the password again: .* \((SET .*;)\) and rotate/.exec(failure) ?? [];
      assert.match(failure, /else check that the database lets this user in/);
      assert.doesNotMatch(failure, /canary/);
      await postgres.query(statement);
      assert.ok(!(await works(leaked)));
    });
  }

  for (const limited of ["role", "database"] as const) {
    it(`that use up the CONNECTION LIMIT of the ${limited} are an administrator's to end, by the statement told`, async () => {
      const database = await createDatabase(postgres);
      const secret = createSingleUserSecret(service.secrets, database);
      const { invoke } = postgresInProcess(service, secret);
      const name = escapeIdentifier(database.name);
      const leaked = await open(database.user);
      await postgres.query(`ALTER ${limited.toUpperCase()} ${name} CONNECTION LIMIT 1`);
      const failure = await ask(secret, invoke, "endSessions").then(
        () => assert.fail("it logged in"),
        (error: Error) => error.message,
      );
      assert.doesNotMatch(failure, /by itself/);
      assert.match(failure, /\(53300\).* or raise the CONNECTION LIMIT .* run the command again$/);
      const [, statement = ""] = /end them \((SET .*;)\), or/.exec(failure) ?? [];
      await postgres.query(statement);
      assert.ok(!(await works(leaked)));
      assert.equal((await ask(secret, invoke, "countSessions")).open, 0);
    });
  }

  it("are not asked for again by Secrets Manager, and no failure says so", async () => {
    const database = await createDatabase(postgres);
    const secret = createSingleUserSecret(service.secrets, database);
    const { invoke } = postgresInProcess(service, secret);
    const name = escapeIdentifier(database.name);
    await postgres.query(`REVOKE CONNECT ON DATABASE ${name} FROM PUBLIC`);
    await postgres.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
    for (const step of ["countSessions", "endSessions"] as const)
      await assert.rejects(ask(secret, invoke, step), /\(55000\).*; then run the command again;/);
  });

  it("of any version but the current one, of what is unset, or of no login, are not asked for", async () => {
    const database = await createDatabase(postgres);
    const secret = createSingleUserSecret(service.secrets, database);
    const { invoke, lines } = postgresInProcess(service, secret);
    const token = startRotation(service.secrets, secret);
    const event = { Step: "endSessions", SecretId: secret.arn, ClientRequestToken: token } as const;
    await assert.rejects(
      invoke(event),
      /those of the current version's user, and the given version is AWSPENDING/,
    );
    secret.tags[unsetTag] = "true";
    await assert.rejects(ask(secret, invoke, "endSessions"), /has not been supplied yet/);
    const key = service.secrets.create("orders/prod/key", "value", {
      rotationFunction: secret.rotationFunction,
    });
    const generated = rotationInProcess(service, key, generatedRotator);
    await assert.rejects(ask(key, generated.invoke, "countSessions"), /no database's login/);
    // A question that could not be answered is no rotation that failed.
    assert.ok([...lines, ...generated.lines].every((line) => !line.includes(rotationMetrics.failed)));
  });
});
