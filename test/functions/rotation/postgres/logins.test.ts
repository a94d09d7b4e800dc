import assert from "node:assert/strict";
import { GetSecretValueCommand } from "@aws-sdk/client-secrets-manager";
import { setTimeout as delay } from "node:timers/promises";
import type { PostgresServer } from "../../../support/postgres/server";
import {
  createAlternatingSecrets,
  createDatabase,
  createSingleUserSecret,
  currentLogin,
  logIn,
  type Login,
  type TestDatabase,
} from "../../support/databaseSecrets";
import { postgresInProcess } from "../../support/inProcess";
import { rotate, runSteps, startRotation } from "../../support/rotation";
import type { Secrets, StoredSecret } from "../../support/secrets";
import { rotationServers } from "../../support/rotationServers";
import type { SecretsManagerDouble } from "../../support/secretsManager";

describe("rotation of PostgreSQL logins", function () {
  let postgres: PostgresServer;
  let service: SecretsManagerDouble;

  rotationServers((started) => ({ postgres, service } = started));

  it("gives a single user a new password, and the old one stops working", async () => {
    const database = await createDatabase(postgres);
    const secret = createSingleUserSecret(service.secrets, database);
    await rotate(service.secrets, secret, postgresInProcess(service, secret).invoke);

    const login = currentLogin(service.secrets, secret);
    assert.deepEqual({ ...login, password: "" }, { ...database.user, password: "" });
    await logIn(login);
    await assert.rejects(logIn(database.user), { code: "28P01" });
  });

  it("alternates between the user and a clone that has its grants, and keeps the other's password", async () => {
    const database = await createDatabase(postgres);
    const { database: secret } = createAlternatingSecrets(service.secrets, database);
    const users: string[] = [];
    for (let rotation = 1; rotation <= 3; rotation++) {
      const before = currentLogin(service.secrets, secret);
      await rotate(service.secrets, secret, postgresInProcess(service, secret).invoke);
      await logIn(before);
      await logIn(currentLogin(service.secrets, secret));
      users.push(currentLogin(service.secrets, secret).username);
    }
    assert.deepEqual(users, [`${database.name}_clone`, database.name, `${database.name}_clone`]);
  });

  it("20 rotations in a row: not one login of alternating users fails", async function () {
    this.timeout(160_000);
    const database = await createDatabase(postgres);
    const { database: secret } = createAlternatingSecrets(service.secrets, database);
    const clients = await watchLogins(secret, 20);
    assert.deepEqual(clients.failures, []);
    assert.ok(clients.logins >= 80, `${clients.logins} logins`);
    assert.deepEqual([...clients.users].sort(), [database.name, `${database.name}_clone`]);
    assert.equal(secret.versions.length, 21);
  });

  it("20 rotations in a row: a single user's logins fail only while a rotation is under way", async function () {
    this.timeout(160_000);
    const database = await createDatabase(postgres);
    const secret = createSingleUserSecret(service.secrets, database);
    const clients = await watchLogins(secret, 20);
    assert.ok(
      clients.failures.every((code) => code === "28P01"),
      clients.failures.join(" "),
    );
    await logIn(currentLogin(service.secrets, secret));
  });

  it("the server never sees a password it could log", async () => {
    const database = await createDatabase(postgres);
    const single = createSingleUserSecret(service.secrets, database);
    const { database: alternating } = createAlternatingSecrets(
      service.secrets,
      await createDatabase(postgres),
    );
    await rotateOften(single, 2);
    await rotateOften(alternating, 3);
    const log = postgres.serverLog();
    assert.match(log, /ALTER ROLE "orders-\d+" PASSWORD 'SCRAM-SHA-256\$/);
    for (const { value } of [...single.versions, ...alternating.versions].filter(
      ({ stages }) => stages.size > 0,
    )) {
      const { password } = JSON.parse(value ?? "") as { password: string };
      assert.ok(!log.includes(password));
    }
  });

  it("repeating any step changes nothing", async () => {
    const database = await createDatabase(postgres);
    const { database: secret } = createAlternatingSecrets(service.secrets, database);
    const { invoke } = postgresInProcess(service, secret);
    const token = startRotation(service.secrets, secret);
    await runSteps(secret, token, async (event) => {
      await invoke(event);
      const value = secret.versions.find(({ id }) => id === token)?.value;
      await invoke(event);
      await invoke(event);
      assert.equal(secret.versions.find(({ id }) => id === token)?.value, value);
    });
    await runSteps(secret, token, invoke);
    assert.equal(secret.versions.length, 2);
    await logIn(currentLogin(service.secrets, secret));
    await logIn(database.user);
  });

  it("two invocations at once of every step end in one value that logs in", async () => {
    for (const create of [createSingleUserSecret, createAlternating]) {
      const secret = create(service.secrets, await createDatabase(postgres));
      const { invoke } = postgresInProcess(service, secret);
      for (let rotation = 1; rotation <= 3; rotation++) {
        const token = startRotation(service.secrets, secret);
        await runSteps(secret, token, async (event) => {
          await Promise.all([invoke(event), invoke(event), invoke(event)]);
        });
        assert.equal(service.secrets.holder(secret, "AWSCURRENT")?.id, token);
        await logIn(currentLogin(service.secrets, secret));
      }
    }
  });

  it("two whole rotations at once end in one value that logs in", async () => {
    const secret = createAlternating(service.secrets, await createDatabase(postgres));
    const { invoke } = postgresInProcess(service, secret);
    const token = startRotation(service.secrets, secret);
    const both = await Promise.allSettled([runSteps(secret, token, invoke), runSteps(secret, token, invoke)]);
    // The one that comes after the other's end finds nothing to do, and says so.
    const refused = both.flatMap((one) => (one.status === "rejected" ? [String(one.reason)] : []));
    assert.ok(refused.length < 2, refused.join());
    for (const words of refused)
      assert.match(words, /nothing was changed; a later rotation has taken its place/);
    assert.equal(service.secrets.holder(secret, "AWSCURRENT")?.id, token);
    await logIn(currentLogin(service.secrets, secret));
  });

  async function rotateOften(
    secret: StoredSecret,
    times: number,
    between?: () => Promise<void>,
  ): Promise<void> {
    const { invoke } = postgresInProcess(service, secret);
    for (let rotation = 0; rotation < times; rotation++) {
      await rotate(service.secrets, secret, invoke);
      await between?.();
    }
  }

  /**
   * Four clients read the secret and log in with what they read, again and again, while the secret is rotated. Between
   * two rotations each comes to the end of one login: in life there are days between.
   */
  async function watchLogins(secret: StoredSecret, times: number) {
    const seen = { logins: 0, failures: [] as string[], users: new Set<string>() };
    const rounds = [0, 0, 0, 0];
    let isOver = false;
    const sdk = service.client();
    const client = async (_: number, number: number) => {
      for (; !isOver; rounds[number]! += 1) {
        const { SecretString = "" } = await sdk.send(new GetSecretValueCommand({ SecretId: secret.arn }));
        const login = JSON.parse(SecretString) as Login;
        seen.users.add(login.username);
        try {
          await logIn(login);
          seen.logins += 1;
        } catch (error) {
          seen.failures.push((error as { code?: string }).code ?? String(error));
        }
      }
    };
    const everyoneIsThrough = async () => {
      const then = [...rounds];
      while (rounds.some((round, number) => round === then[number])) await delay(1);
    };
    const clients = rounds.map(client);
    await rotateOften(secret, times, everyoneIsThrough);
    isOver = true;
    await Promise.all(clients);
    return seen;
  }
});

function createAlternating(secrets: Secrets, database: TestDatabase): StoredSecret {
  return createAlternatingSecrets(secrets, database).database;
}
