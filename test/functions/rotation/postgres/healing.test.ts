import assert from "node:assert/strict";
import { escapeIdentifier, escapeLiteral } from "pg";
import { unsetTag } from "../../../../model/values/tags";
import type { PostgresServer } from "../../../support/postgres/server";
import {
  createAlternatingSecrets,
  createDatabase,
  createSingleUserSecret,
  currentLogin,
  logIn,
  type Login,
  password,
} from "../../support/databaseSecrets";
import { postgresInProcess } from "../../support/inProcess";
import { rotate, runSteps, startRotation, type Invoke } from "../../support/rotation";
import type { StoredSecret } from "../../support/secrets";
import { rotationServers } from "../../support/rotationServers";
import type { SecretsManagerDouble } from "../../support/secretsManager";

describe("rotation after something went wrong before", function () {
  let postgres: PostgresServer;
  let service: SecretsManagerDouble;

  rotationServers((started) => ({ postgres, service } = started));

  it("a rotation given up after it had set the password: the next one finds the password that works", async () => {
    const secret = createSingleUserSecret(service.secrets, await createDatabase(postgres));
    const { invoke } = postgresInProcess(service, secret);
    await rotate(service.secrets, secret, invoke);
    await rotate(service.secrets, secret, invoke);
    const stuck = await rotateUntil("testSecret", secret, invoke);
    service.secrets.move(secret, "AWSPENDING", undefined, stuck);
    await assert.rejects(logIn(currentLogin(service.secrets, secret)));

    await rotate(service.secrets, secret, invoke);
    assert.notEqual(service.secrets.holder(secret, "AWSCURRENT")?.id, stuck);
    await logIn(currentLogin(service.secrets, secret));
  });

  it("AWSCURRENT is wrong but AWSPREVIOUS logs in: rotates with that", async () => {
    const database = await createDatabase(postgres);
    const secret = createSingleUserSecret(service.secrets, database);
    supply(secret, { ...database.user, password: "canary-mistyped" });
    await rotate(service.secrets, secret, postgresInProcess(service, secret).invoke);
    await logIn(currentLogin(service.secrets, secret));
  });

  it("no known password logs in: says so and what to do, after trying each once", async () => {
    const database = await createDatabase(postgres);
    const secret = createSingleUserSecret(service.secrets, database);
    supply(secret, { ...database.user, password: "canary-mistyped" });
    supply(secret, { ...database.user, password: "canary-mistyped-again" });
    secret.versions.shift();
    await assert.rejects(
      rotate(service.secrets, secret, postgresInProcess(service, secret).invoke),
      /setSecret of .*: none of 2 known passwords logs in as orders-\d+ at .*password authentication failed.*platform set/,
    );
  });

  it("an earlier value of another user is never used", async () => {
    const database = await createDatabase(postgres);
    const secret = createSingleUserSecret(service.secrets, database);
    supply(secret, { ...database.user, username: database.admin.username, password: "canary-mistyped" });
    await assert.rejects(
      rotate(service.secrets, secret, postgresInProcess(service, secret).invoke),
      /none of 1 known passwords logs in as admin/,
    );
    await logIn(database.user);
  });

  for (const [what, elsewhere] of [
    ["host", { host: "localhost" }],
    ["port", { port: 1 }],
  ] as const) {
    it(`an earlier value of another ${what} is never used, even if it would log in here`, async () => {
      const database = await createDatabase(postgres);
      const secret = createSingleUserSecret(service.secrets, {
        ...database,
        user: { ...database.user, ...elsewhere },
      });
      supply(secret, { ...database.user, password: "canary-mistyped" });
      await assert.rejects(
        rotate(service.secrets, secret, postgresInProcess(service, secret).invoke),
        /none of 1 known passwords logs in as orders-\d+ at 127\.0\.0\.1:\d+/,
      );
      await logIn(database.user);
    });
  }

  it("a pending version for another user than the one supplied since is given up", async () => {
    const first = await createDatabase(postgres);
    const second = await createDatabase(postgres);
    const secret = createSingleUserSecret(service.secrets, first);
    const { invoke } = postgresInProcess(service, secret);
    const stuck = await rotateUntil("setSecret", secret, invoke);
    supply(secret, second.user);

    await assert.rejects(
      rotate(service.secrets, secret, invoke),
      /createSecret of .*: the pending version .* can no longer become current: it differs from the current value in dbname; it has been given up/,
    );
    assert.equal(service.secrets.holder(secret, "AWSPENDING"), undefined);
    assert.notEqual(await rotate(service.secrets, secret, invoke), stuck);
    await logIn(currentLogin(service.secrets, secret));
    await logIn(first.user);
  });

  for (const strategy of ["single user", "alternating users"] as const) {
    it(`${strategy}: a login supplied after a rotation is not replaced by that rotation's`, async () => {
      const database = await createDatabase(postgres);
      const secret =
        strategy === "single user"
          ? createSingleUserSecret(service.secrets, database)
          : createAlternatingSecrets(service.secrets, database).database;
      const { invoke } = postgresInProcess(service, secret);
      const rotated = await rotate(service.secrets, secret, invoke);
      const supplied = {
        ...currentLogin(service.secrets, secret),
        username: database.name,
        password: password(),
      };
      await postgres.query(
        `ALTER ROLE ${escapeIdentifier(database.name)} PASSWORD ${escapeLiteral(supplied.password)}`,
      );
      // Its rotation left AWSPENDING on the version that is replaced.
      supply(secret, supplied);

      await assert.rejects(
        rotate(service.secrets, secret, invoke),
        /it was current before, and another value/,
      );
      assert.deepEqual(currentLogin(service.secrets, secret), supplied);
      assert.notEqual(await rotate(service.secrets, secret, invoke), rotated);
      await logIn(currentLogin(service.secrets, secret));
    });
  }

  it("a pending version for the user now in use never changes that user's password", async () => {
    const database = await createDatabase(postgres);
    const { database: secret } = createAlternatingSecrets(service.secrets, database);
    const { invoke } = postgresInProcess(service, secret);
    const stuck = await rotateUntil("setSecret", secret, invoke);
    // Meanwhile somebody makes the clone the current user.
    const clone = {
      ...currentLogin(service.secrets, secret),
      username: `${database.name}_clone`,
      password: "canary-of-the-clone",
    };
    await postgres.query(
      `CREATE ROLE "${clone.username}" LOGIN PASSWORD '${clone.password}' IN ROLE "${database.name}"`,
    );
    supply(secret, clone);

    await assert.rejects(
      invoke({ Step: "setSecret", SecretId: secret.arn, ClientRequestToken: stuck }),
      /it is for the user orders-\d+_clone, not orders-\d+; it has been given up/,
    );
    await logIn(clone);
  });

  it("a login that was not supplied yet: refuses to rotate, but the test a deployment starts passes", async () => {
    const database = await createDatabase(postgres);
    const secret = createSingleUserSecret(service.secrets, {
      ...database,
      user: { ...database.user, password: "not yet" },
    });
    secret.tags[unsetTag] = "true";
    const { invoke } = postgresInProcess(service, secret);
    await invoke({
      Step: "testSecret",
      SecretId: secret.arn,
      ClientRequestToken: startRotation(service.secrets, secret),
    });
    await assert.rejects(
      rotate(service.secrets, secret, invoke),
      new RegExp(
        `createSecret of ${secret.name}: the login of this database has not been supplied yet; supply it \\(npx platform set ${secret.name}\\)`,
      ),
    );
  });

  it("the test a deployment starts, on an empty pending version, tries the current value", async () => {
    const database = await createDatabase(postgres);
    const secret = createSingleUserSecret(service.secrets, database);
    const { invoke } = postgresInProcess(service, secret);
    const token = startRotation(service.secrets, secret);
    const event = { Step: "testSecret", SecretId: secret.arn, ClientRequestToken: token } as const;
    await invoke(event);
    supply(secret, { ...database.user, password: "canary-mistyped" });
    await assert.rejects(invoke(event), /testSecret of .*: the current value does not log in/);
  });

  it("an empty pending version never becomes current", async () => {
    const secret = createSingleUserSecret(service.secrets, await createDatabase(postgres));
    const { invoke } = postgresInProcess(service, secret);
    const token = startRotation(service.secrets, secret);
    for (const Step of ["setSecret", "finishSecret"] as const) {
      await assert.rejects(
        invoke({ Step, SecretId: secret.arn, ClientRequestToken: token }),
        /holds no value/,
      );
    }
    await logIn(currentLogin(service.secrets, secret));
  });

  /** As `platform set` does. */
  function supply(secret: StoredSecret, login: Login): void {
    service.secrets.put(secret, `supplied-${secret.versions.length}`, JSON.stringify(login), ["AWSCURRENT"]);
  }

  /** A rotation in which no step from the given one on was done; its version stays pending. */
  async function rotateUntil(step: string, secret: StoredSecret, invoke: Invoke): Promise<string> {
    const token = startRotation(service.secrets, secret);
    await assert.rejects(
      runSteps(secret, token, async (event) => {
        if (event.Step === step) throw new Error("interrupted");
        await invoke(event);
      }),
      /interrupted/,
    );
    return token;
  }
});
