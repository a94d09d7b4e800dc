import assert from "node:assert/strict";
import { tlsFor } from "../../../../functions/rotation/postgres/tls";
import type { TlsMode } from "../../../../model/functions/rotation";
import { provided } from "../../../support/leftOut";
import { makeCertificate, type Certificate } from "../../../support/postgres/certificate";
import { startPostgres, type PostgresServer } from "../../../support/postgres/server";
import { createDatabase, createSingleUserSecret, currentLogin, logIn } from "../../support/databaseSecrets";
import { postgresInProcess } from "../../support/inProcess";
import { rotate } from "../../support/rotation";
import { startSecretsManager, type SecretsManagerDouble } from "../../support/secretsManager";

describe("connections to the database", function () {
  let certificate: Certificate;
  let encrypted: PostgresServer;
  let plain: PostgresServer;
  let service: SecretsManagerDouble;

  before(async function () {
    this.timeout(120_000);
    certificate = await provided(this, () => Promise.resolve(makeCertificate("localhost")));
    encrypted = await provided(this, () => startPostgres({ tls: certificate }));
    plain = await provided(this, startPostgres);
    service = await startSecretsManager();
  });

  after(async () => {
    await service?.close();
    await encrypted?.remove();
    await plain?.remove();
  });

  async function rotateOver(
    server: PostgresServer,
    host: string,
    mode?: TlsMode,
    ca?: string,
  ): Promise<void> {
    const database = await createDatabase(server, { host, port: server.port });
    const secret = createSingleUserSecret(service.secrets, database);
    await rotate(service.secrets, secret, postgresInProcess(service, secret, tlsFor(mode, ca)).invoke);
    await logIn(currentLogin(service.secrets, secret));
  }

  it("check certificate and host name unless told otherwise", async () => {
    await rotateOver(encrypted, "localhost", undefined, certificate.certificate);
    await assert.rejects(
      rotateOver(encrypted, "localhost"),
      /the certificate of orders-\d+ at localhost:\d+ is not trusted \(DEPTH_ZERO_SELF_SIGNED_CERT\)/,
    );
    await assert.rejects(
      rotateOver(encrypted, "127.0.0.1", undefined, certificate.certificate),
      /the certificate of .* is for another host name.*verify-ca/,
    );
  });

  it("verify-ca: check the certificate alone", async () => {
    await rotateOver(encrypted, "127.0.0.1", "verify-ca", certificate.certificate);
    await assert.rejects(rotateOver(encrypted, "127.0.0.1", "verify-ca"), /is not trusted/);
  });

  it("require: encrypted, whatever the certificate", async () => {
    await rotateOver(encrypted, "127.0.0.1", "require");
  });

  it("never fall back to plain text by themselves", async () => {
    for (const mode of [undefined, "verify-ca", "require"] as const) {
      await assert.rejects(rotateOver(plain, "127.0.0.1", mode), /takes no encrypted connections/);
    }
    await rotateOver(plain, "127.0.0.1", "disable");
  });
});
