import assert from "node:assert/strict";
import { Client } from "pg";
import { postgresRotator } from "../../../../functions/rotation/postgres/rotator";
import { restoreStep } from "../../../../model/functions/rotation";
import type { Connection } from "../../../../model/values/connectionFields";
import type { PostgresServer } from "../../../support/postgres/server";
import {
  createAlternatingSecrets,
  createDatabase,
  createSingleUserSecret,
  type TestDatabase,
} from "../../support/databaseSecrets";
import { rotationInProcess } from "../../support/inProcess";
import { rotate, runSteps, startRotation } from "../../support/rotation";
import type { StoredSecret } from "../../support/secrets";
import { rotationServers } from "../../support/rotationServers";
import type { SecretsManagerDouble } from "../../support/secretsManager";

const reader = { url: "uri", readerHost: "localhost", tls: "disable" } as const satisfies Connection;

type Value = Readonly<Record<string, string>>;

describe("connection fields of a login that rotates", function () {
  let postgres: PostgresServer;
  let service: SecretsManagerDouble;

  rotationServers((started) => ({ postgres, service } = started));

  const strategies: Readonly<Record<string, (database: TestDatabase) => StoredSecret>> = {
    "single user": (database) => createSingleUserSecret(service.secrets, database),
    "alternating users": (database) => createAlternatingSecrets(service.secrets, database).database,
  };

  function rotation(secret: StoredSecret, connection?: Connection) {
    const connections = connection === undefined ? {} : { [secret.name]: connection };
    return rotationInProcess(service, secret, postgresRotator(false, connections));
  }

  for (const [strategy, create] of Object.entries(strategies)) {
    it(`${strategy}: the address logs in after every rotation, at the writer and at the reader`, async () => {
      const secret = create(await createDatabase(postgres));
      const { invoke, lines } = rotation(secret, reader);
      const users = new Set<string>();
      for (let number = 1; number <= 3; number++) {
        await rotate(service.secrets, secret, invoke);
        const { url = "", readerUrl = "", readerHost, username, password = "" } = current(secret);
        assert.equal(await userOf(url), username);
        assert.equal(await userOf(readerUrl), username);
        assert.deepEqual([new URL(url).hostname, new URL(readerUrl).hostname], ["127.0.0.1", "localhost"]);
        assert.equal(readerHost, "localhost");
        assert.ok(!lines.some((line) => line.includes(password) || line.includes("postgresql:")));
        users.add(username ?? "");
      }
      assert.equal(users.size, strategy === "single user" ? 1 : 2);
    });

    it(`${strategy}: what the manifest says now holds from the next rotation on`, async () => {
      const secret = create(await createDatabase(postgres));
      const names = () => Object.keys(current(secret)).filter((name) => /url|reader/i.test(name));
      assert.deepEqual(names(), []);
      await rotate(service.secrets, secret, rotation(secret, reader).invoke);
      assert.deepEqual(names(), ["readerHost", "url", "readerUrl"]);
      await rotate(service.secrets, secret, rotation(secret, { url: "dsn", tls: "verify-full" }).invoke);
      assert.deepEqual(names(), ["url"]);
      assert.match(current(secret)["url"] ?? "", /^host='127\.0\.0\.1' .* sslmode='verify-full'$/);
      await rotate(service.secrets, secret, rotation(secret).invoke);
      assert.deepEqual(names(), []);
    });

    it(`${strategy}: a rollback brings back an address that logs in`, async () => {
      const secret = create(await createDatabase(postgres));
      const { invoke } = rotation(secret, reader);
      await rotate(service.secrets, secret, invoke);
      const wanted = current(secret);
      await rotate(service.secrets, secret, invoke);
      await restore(secret, invoke);
      assert.deepEqual(current(secret), wanted);
      assert.equal(await userOf(wanted["url"] ?? ""), wanted["username"]);
    });

    it(`${strategy}: a version without the address, or with another's, does not come back`, async () => {
      const secret = create(await createDatabase(postgres));
      await rotate(service.secrets, secret, rotation(secret).invoke);
      const { invoke } = rotation(secret, reader);
      await rotate(service.secrets, secret, invoke);
      const holder = service.secrets.holder(secret, "AWSCURRENT")?.id;
      await assert.rejects(
        restore(secret, invoke),
        /cannot take the current one's place: in readerHost, url, readerUrl it does not follow its own login/,
      );
      assert.equal(service.secrets.holder(secret, "AWSCURRENT")?.id, holder);
      assert.equal(await userOf(current(secret)["url"] ?? ""), current(secret)["username"]);
    });

    it(`${strategy}: a pending value whose address somebody changed is given up`, async () => {
      const secret = create(await createDatabase(postgres));
      const { invoke } = rotation(secret, reader);
      const token = startRotation(service.secrets, secret);
      await invoke({ Step: "createSecret", SecretId: secret.arn, ClientRequestToken: token });
      const pending = secret.versions.find(({ id }) => id === token)!;
      const value = JSON.parse(pending.value ?? "") as Value;
      const url = `${value["url"]?.replace("127.0.0.1", "elsewhere.example.com")}`;
      Object.assign(pending, { value: JSON.stringify({ ...value, url }) });
      await assert.rejects(runSteps(secret, token, invoke), (error: Error) => {
        assert.match(error.message, /can no longer become current: in url it does not follow its own login/);
        assert.ok(!error.message.includes(value["password"] ?? ""));
        return true;
      });
      await rotate(service.secrets, secret, invoke);
      assert.equal(await userOf(current(secret)["url"] ?? ""), current(secret)["username"]);
    });
  }

  it("of a value moved here are never copied on, whoever wrote them", async () => {
    const database = await createDatabase(postgres);
    const secret = createSingleUserSecret(service.secrets, database);
    const old = { ...database.user, url: "postgresql://canary", note: "kept" };
    service.secrets.put(secret, "supplied", JSON.stringify(old), ["AWSCURRENT"]);
    await rotate(service.secrets, secret, rotation(secret).invoke);
    assert.deepEqual([current(secret)["url"], current(secret)["note"]], [undefined, "kept"]);
  });

  function current(secret: StoredSecret): Value {
    return JSON.parse(service.secrets.value(secret, { stage: "AWSCURRENT" }).value) as Value;
  }

  async function restore(
    secret: StoredSecret,
    invoke: ReturnType<typeof rotation>["invoke"],
  ): Promise<unknown> {
    const previous = service.secrets.holder(secret, "AWSPREVIOUS")?.id ?? "";
    return invoke({ Step: restoreStep, SecretId: secret.arn, ClientRequestToken: previous });
  }
});

async function userOf(url: string): Promise<string | undefined> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<{ user: string }>('SELECT session_user AS "user"')).rows[0]?.user;
  } finally {
    await client.end();
  }
}
