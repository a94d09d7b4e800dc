import assert from "node:assert/strict";
import { restoreStep } from "../../../../model/functions/rotation";
import type { PostgresServer } from "../../../support/postgres/server";
import {
  createAlternatingSecrets,
  createDatabase,
  createSingleUserSecret,
  currentLogin,
  logIn,
} from "../../support/databaseSecrets";
import { postgresInProcess } from "../../support/inProcess";
import { ServiceFault } from "../../support/jsonService";
import { rotate, startRotation, type Invoke } from "../../support/rotation";
import type { StoredSecret } from "../../support/secrets";
import { rotationServers } from "../../support/rotationServers";
import type { SecretsManagerDouble } from "../../support/secretsManager";

describe("restoring the previous version (platform rollback)", function () {
  let postgres: PostgresServer;
  let service: SecretsManagerDouble;

  rotationServers((started) => ({ postgres, service } = started));

  afterEach(() => {
    service.hook = undefined;
  });

  for (const strategy of ["single user", "alternating users"] as const) {
    it(`${strategy}: the previous value logs in and is current, and rotation goes on from there`, async () => {
      const secret = await createSecret(strategy);
      const { invoke } = postgresInProcess(service, secret);
      await rotate(service.secrets, secret, invoke);
      const wanted = currentLogin(service.secrets, secret);
      const rolledBack = await rotate(service.secrets, secret, invoke);

      await restore(secret, invoke);
      assert.deepEqual(currentLogin(service.secrets, secret), wanted);
      await logIn(wanted);
      assert.equal(service.secrets.holder(secret, "AWSPREVIOUS")?.id, rolledBack);
      assert.equal(service.secrets.holder(secret, "AWSPENDING"), undefined);

      const next = await rotate(service.secrets, secret, invoke);
      assert.equal(service.secrets.holder(secret, "AWSCURRENT")?.id, next);
      await logIn(currentLogin(service.secrets, secret));
    });

    it(`${strategy}: an error at any API call and a second try end the same`, async function () {
      this.timeout(120_000);
      const secret = await createSecret(strategy);
      const { invoke } = postgresInProcess(service, secret);
      await rotate(service.secrets, secret, invoke);
      let failed = 0;
      for (let number = 1; failed === number - 1; number++) {
        for (const moment of ["before", "after"] as const) {
          await rotate(service.secrets, secret, invoke);
          const previous = service.secrets.holder(secret, "AWSPREVIOUS")?.id ?? "";
          let count = 0;
          service.hook = (_, when) => {
            if (when === "before") count += 1;
            if (count !== number || when !== moment) return;
            failed = number;
            throw new ServiceFault("InternalServiceError", "canary", 500);
          };
          const event = { Step: restoreStep, SecretId: secret.arn, ClientRequestToken: previous } as const;
          await invoke(event).catch(() => undefined);
          service.hook = undefined;
          await invoke(event);
          assert.equal(service.secrets.holder(secret, "AWSCURRENT")?.id, previous);
          assert.equal(service.secrets.holder(secret, "AWSPENDING"), undefined);
          await logIn(currentLogin(service.secrets, secret));
        }
      }
      assert.ok(failed >= 6, `${failed} calls`);
    });
  }

  it("refuses any version but the previous one", async () => {
    const secret = await createSecret("single user");
    const { invoke } = postgresInProcess(service, secret);
    const token = startRotation(service.secrets, secret);
    await assert.rejects(
      invoke({ Step: restoreStep, SecretId: secret.arn, ClientRequestToken: token }),
      /only the version labelled AWSPREVIOUS can be restored, and the given one is AWSPENDING/,
    );
  });

  it("leaves a rotation under way alone when repeated", async () => {
    const secret = await createSecret("single user");
    const { invoke } = postgresInProcess(service, secret);
    await rotate(service.secrets, secret, invoke);
    const restored = await restore(secret, invoke);
    const token = startRotation(service.secrets, secret);
    await invoke({ Step: "createSecret", SecretId: secret.arn, ClientRequestToken: token });
    await invoke({ Step: restoreStep, SecretId: secret.arn, ClientRequestToken: restored });
    assert.equal(service.secrets.holder(secret, "AWSPENDING")?.id, token);
  });

  it("refuses a previous value of another database", async () => {
    const first = await createDatabase(postgres);
    const second = await createDatabase(postgres);
    const secret = createSingleUserSecret(service.secrets, first);
    service.secrets.put(secret, "supplied", JSON.stringify(second.user), ["AWSCURRENT"]);
    await assert.rejects(
      restore(secret, postgresInProcess(service, secret).invoke),
      /the previous version cannot take the current one's place: it differs from the current value in dbname/,
    );
    await logIn(second.user);
  });

  async function restore(secret: StoredSecret, invoke: Invoke): Promise<string> {
    const previous = service.secrets.holder(secret, "AWSPREVIOUS")?.id ?? "";
    await invoke({ Step: restoreStep, SecretId: secret.arn, ClientRequestToken: previous });
    return previous;
  }

  async function createSecret(strategy: "single user" | "alternating users"): Promise<StoredSecret> {
    const database = await createDatabase(postgres);
    return strategy === "single user"
      ? createSingleUserSecret(service.secrets, database)
      : createAlternatingSecrets(service.secrets, database).database;
  }
});
