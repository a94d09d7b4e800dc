import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import { Client, escapeIdentifier } from "pg";
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
import { postgresInProcess } from "../../support/inProcess";
import { rotate } from "../../support/rotation";
import type { StoredSecret } from "../../support/secrets";
import { startSecretsManager, type SecretsManagerDouble } from "../../support/secretsManager";

/** Whoever has a leaked login keeps sessions open that hold whatever that login may hold. */
describe("sessions that stand in the way of a rotation", function () {
  this.timeout(240_000);
  let postgres: PostgresServer;
  let service: SecretsManagerDouble;
  const clients: Client[] = [];

  before(async function () {
    postgres = await provided(this, () => startPostgres({ settings: { max_prepared_transactions: "5" } }));
    service = await startSecretsManager();
  });

  afterEach(async () => {
    service.hook = undefined;
    await Promise.allSettled(clients.splice(0).map((client) => client.end()));
  });

  after(async () => {
    await service?.close();
    await postgres?.remove();
  });

  for (const strategy of ["single user", "alternating users"] as const) {
    describe(strategy, () => {
      it("an advisory lock on the secret's ARN, which everybody can take, does not matter", async () => {
        const { secret, user } = await createSecret(strategy);
        await idle(user, "SELECT pg_advisory_lock(hashtextextended($1, 0::bigint))", [secret.arn]);
        await idle(user, "BEGIN");
        await rotates(secret);
      });

      it("its own role, changed in an open transaction, is freed: the session is ended and the log says so", async () => {
        const { secret, rotated } = await createSecret(strategy);
        const holder = await idle(rotated, `BEGIN; ${ownChange(rotated)}`);
        const lines = await rotates(secret);
        await assert.rejects(holder.query("COMMIT"));
        const pattern = new RegExp(
          `session \\d+ of ${rotated.username} from 127\\.0\\.0\\.1, in a transaction since 20.{17} UTC ` +
            "kept the rotation from changing its role and was ended",
        );
        // Another user's address and time are not shown to an administrator that is no member of that user.
        const unseen = new RegExp(`session \\d+ of ${rotated.username} kept the rotation`);
        assert.match(lines.join("\n"), strategy === "single user" ? pattern : unseen);
      });

      it("a session that commits its change while the rotation waits is followed, not ended", async () => {
        const { secret, rotated } = await createSecret(strategy);
        const holder = await idle(rotated, `BEGIN; ${ownChange(rotated)}`);
        const done = rotates(secret);
        await untilWaiting();
        await holder.query("COMMIT");
        await done;
        await holder.query("SELECT 1");
      });

      it("several such sessions that queue before the rotation, under any name, are all ended", async () => {
        const { secret, rotated } = await createSecret(strategy);
        await idle(rotated, `BEGIN; SET application_name = 'secret-rotation'; ${ownChange(rotated)}`);
        for (let number = 0; number < 12; number++) {
          const queued = await connect(rotated);
          void queued.query(`BEGIN; ${ownChange(rotated)}`).catch(() => undefined);
        }
        await delay(200);
        await rotates(secret);
      });

      it("sessions of the same user that hold nothing stay", async () => {
        const { secret, user, rotated } = await createSecret(strategy);
        const bystanders = [await idle(user, "BEGIN; SELECT 1"), await idle(rotated, "SELECT 1")];
        await idle(rotated, `BEGIN; ${ownChange(rotated)}`);
        await rotates(secret);
        for (const bystander of bystanders) await bystander.query("SELECT 1");
      });

      it("a session of anybody else is named and left alone, and the current value stays", async () => {
        const { secret, rotated } = await createSecret(strategy);
        const operator = await connect({ ...(await createOperator()), dbname: "postgres" });
        await operator.query(`BEGIN; ${ownChange(rotated)}`);
        const [{ pid } = { pid: 0 }] = (
          await operator.query<{ pid: number }>("SELECT pg_backend_pid() AS pid")
        ).rows;
        const before = currentLogin(service.secrets, secret);
        await assert.rejects(
          rotate(service.secrets, secret, postgresInProcess(service, secret).invoke),
          new RegExp(
            `the role is being changed by session ${pid} of operator-\\d+.* \\(55P03\\), which this login may not end; ` +
              `let it finish, or end it .*pg_terminate_backend\\(${pid}\\)`,
          ),
        );
        await logIn(before);
        await operator.query("ROLLBACK");
        await rotates(secret);
      });
    });
  }

  it("a transaction its user prepared and left is rolled back by the user itself", async () => {
    const { secret, rotated } = await createSecret("single user");
    const holder = await connect(rotated);
    await holder.query(`BEGIN; ${ownChange(rotated)}; PREPARE TRANSACTION 'it''s left'`);
    await holder.end();
    const lines = await rotates(secret);
    assert.match(
      lines.join("\n"),
      /prepared transaction it's left of orders-\d+ in database orders-\d+, in a transaction since .* was ended/,
    );
  });

  it("one that its user prepared in another database is rolled back there", async () => {
    const { secret, rotated } = await createSecret("single user");
    const holder = await connect({ ...rotated, dbname: "postgres" });
    await holder.query(`BEGIN; ${ownChange(rotated)}; PREPARE TRANSACTION 'left elsewhere'`);
    await holder.end();
    const lines = await rotates(secret);
    assert.match(
      lines.join("\n"),
      /prepared transaction left elsewhere of orders-\d+ in database postgres, .* was ended/,
    );
    assert.deepEqual(await postgres.query("SELECT gid FROM pg_prepared_xacts"), []);
  });

  for (const [what, dbname, role] of [
    ["in a database that its user may not log in to any more", "closed", undefined],
    ["in a group's name", undefined, "left_group"],
  ] as const) {
    it(`one that was prepared ${what} is named with the statement that ends it`, async () => {
      const { secret, rotated } = await createSecret("single user");
      const user = escapeIdentifier(rotated.username);
      const database = dbname ?? rotated.dbname;
      if (dbname !== undefined) await postgres.query(`CREATE DATABASE ${dbname}`);
      if (role !== undefined) await postgres.query(`CREATE ROLE ${role} ROLE ${user}`);
      const holder = await connect({ ...rotated, dbname: database });
      const then = role === undefined ? "" : `SET LOCAL ROLE ${role};`;
      await holder.query(`BEGIN; ${ownChange(rotated)}; ${then} PREPARE TRANSACTION 'it''s left'`);
      await holder.end();
      if (dbname !== undefined) await postgres.query(`REVOKE CONNECT ON DATABASE ${dbname} FROM PUBLIC`);
      const failure = await rotate(service.secrets, secret, postgresInProcess(service, secret).invoke).then(
        () => assert.fail("it rotated"),
        (error: Error) => error.message,
      );
      const [, owner, statement = "", where] =
        /by prepared transaction it's left of (\S+) in .* \((ROLLBACK PREPARED .*), in database (\S+)\)/.exec(
          failure,
        ) ?? assert.fail(failure);
      assert.deepEqual([owner, where], [role ?? rotated.username, database]);
      await postgres.query(statement, [], database);
      await rotates(secret);
    });
  }

  it("an administrator may not roll one back, and names it", async () => {
    const { secret, rotated } = await createSecret("alternating users");
    const holder = await connect(rotated);
    await holder.query(`BEGIN; ${ownChange(rotated)}; PREPARE TRANSACTION 'left by the clone'`);
    await holder.end();
    await assert.rejects(
      rotate(service.secrets, secret, postgresInProcess(service, secret).invoke),
      /the role is being changed by prepared transaction left by the clone of orders-\d+_clone.*ROLLBACK PREPARED/,
    );
    await postgres.query("ROLLBACK PREPARED 'left by the clone'", [], rotated.dbname);
    await rotates(secret);
  });

  it("an invocation whose own session was ended in the middle of the change goes on with another", async () => {
    for (const strategy of ["single user", "alternating users"] as const) {
      const { secret } = await createSecret(strategy);
      let ended = 0;
      service.hook = async ({ operation }, moment) => {
        // The question whether the change is still wanted: the second description within this step.
        const [own] = await postgres.query<{ pid: number }>(
          "SELECT pid FROM pg_stat_activity WHERE application_name = 'secret-rotation' AND state = 'idle in transaction'",
        );
        if (operation !== "DescribeSecret" || moment !== "before" || own === undefined || ended > 0) return;
        ended += 1;
        await postgres.query("SELECT pg_terminate_backend($1)", [own.pid]);
      };
      await rotates(secret);
      service.hook = undefined;
      assert.equal(ended, 1);
    }
  });

  it("rights taken to end a session are given back", async () => {
    const { secret, rotated, admin } = await createSecret("alternating users");
    await idle(rotated, `BEGIN; ${ownChange(rotated)}`);
    const memberships = () =>
      postgres.query(
        "SELECT roleid::regrole::text FROM pg_auth_members WHERE member = (SELECT oid FROM pg_roles WHERE rolname = $1) ORDER BY 1",
        [admin],
      );
    const before = await memberships();
    await rotates(secret);
    assert.deepEqual(await memberships(), before);
  });

  it("a current user that has used up its connections is let in by its password all the same", async () => {
    const { secret, user } = await createSecret("alternating users");
    await postgres.query(`ALTER ROLE ${escapeIdentifier(user.username)} CONNECTION LIMIT 2`);
    await idle(user, "SELECT 1");
    await idle(user, "SELECT 1");
    await rotates(secret);
  });

  /** A secret of which `rotated` is the user whose password the next rotation changes, with a password that works. */
  async function createSecret(strategy: "single user" | "alternating users") {
    const database = await createDatabase(postgres);
    const { user } = database;
    if (strategy === "single user") {
      return {
        secret: createSingleUserSecret(service.secrets, database),
        user,
        rotated: user,
        admin: database.admin.username,
      };
    }
    const { database: secret } = createAlternatingSecrets(service.secrets, database);
    // The clone in use, the original the one of before: back to where the clone is next.
    await rotates(secret);
    const clone = currentLogin(service.secrets, secret);
    await rotates(secret);
    return {
      secret,
      user: currentLogin(service.secrets, secret),
      rotated: clone,
      admin: database.admin.username,
    };
  }

  /** Until the rotation waits for another session's lock. */
  async function untilWaiting(): Promise<void> {
    const waiting =
      "SELECT FROM pg_stat_activity WHERE application_name = 'secret-rotation' AND wait_event_type = 'Lock'";
    while ((await postgres.query(waiting)).length === 0) await delay(10);
  }

  /** Returns what was logged. */
  async function rotates(secret: StoredSecret): Promise<readonly string[]> {
    const before = currentLogin(service.secrets, secret);
    const { invoke, lines } = postgresInProcess(service, secret);
    await rotate(service.secrets, secret, invoke);
    assert.notEqual(currentLogin(service.secrets, secret).password, before.password);
    await logIn(currentLogin(service.secrets, secret));
    return lines;
  }

  async function createOperator() {
    const username = `operator-${Date.now()}`;
    await postgres.query(`CREATE ROLE "${username}" LOGIN SUPERUSER PASSWORD 'canary'`);
    return { host: postgres.host, port: postgres.port, username, password: "canary" };
  }

  async function idle(login: Login, text: string, parameters?: unknown[]): Promise<Client> {
    const client = await connect(login);
    await client.query(text, parameters);
    return client;
  }

  async function connect({ host, port, dbname: database, username: user, password }: Login): Promise<Client> {
    const client = new Client({ host, port, database, user, password });
    client.on("error", () => undefined);
    await client.connect();
    clients.push(client);
    // As itself, like a leaked login that wants to keep its role: the clone's sessions begin as the original.
    await client.query("SET ROLE NONE");
    return client;
  }
});

function ownChange({ username }: Login): string {
  return `ALTER ROLE ${escapeIdentifier(username)} PASSWORD 'canary-of-another'`;
}
