import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { tlsFor } from "../../../functions/rotation/postgres/tls";
import {
  createAlternatingSecrets,
  createDatabase,
  createSingleUserSecret,
  currentLogin,
  type Login,
} from "../../functions/support/databaseSecrets";
import { postgresInProcess } from "../../functions/support/inProcess";
import { rotate } from "../../functions/support/rotation";
import type { StoredSecret } from "../../functions/support/secrets";
import { type SecretsManagerDouble, startSecretsManager } from "../../functions/support/secretsManager";
import { provided } from "../../support/leftOut";
import { makeCertificate } from "../../support/postgres/certificate";
import { type PostgresServer, startPostgres } from "../../support/postgres/server";

/** A login of a real PostgreSQL that takes encrypted connections, with the rotation function that is deployed. */
export interface RotatedLogin {
  readonly secret: StoredSecret;
  current(): Login;
  rotate(): Promise<void>;
  /** Ends what connections there are, so that programs log in again. */
  disconnect(): Promise<void>;
}

export interface Databases {
  readonly service: SecretsManagerDouble;
  /** What a program needs to find Secrets Manager, and to trust the database. */
  readonly environment: Readonly<Record<string, string>>;
  alternating(): Promise<RotatedLogin>;
  single(): Promise<RotatedLogin>;
}

/** Hooks of a suite whose examples use a database: started before its first test, or the suite left out. */
export function databases(use: (started: Databases) => void): void {
  let postgres: PostgresServer | undefined;
  let service: SecretsManagerDouble | undefined;
  let folder: string | undefined;

  before(async function () {
    this.timeout(300_000);
    const certificate = await provided(this, () => Promise.resolve(makeCertificate("localhost")));
    const server = await provided(this, () => startPostgres({ tls: certificate }));
    postgres = server;
    const secrets = await startSecretsManager();
    service = secrets;
    folder = mkdtempSync(join(tmpdir(), "examples-"));
    const authorities = join(folder, "authorities.pem");
    writeFileSync(authorities, certificate.certificate);
    const place = { host: "localhost", port: server.port };

    const rotated = (secret: StoredSecret): RotatedLogin => {
      const { invoke } = postgresInProcess(secrets, secret, tlsFor("verify-full", certificate.certificate));
      return {
        secret,
        current: () => currentLogin(secrets.secrets, secret),
        rotate: async () => void (await rotate(secrets.secrets, secret, invoke)),
        async disconnect() {
          const { dbname } = currentLogin(secrets.secrets, secret);
          await server.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", [
            dbname,
          ]);
          // Until programs have seen it: a query that meets a connection being cut fails, rotation or not.
          await wait(300);
        },
      };
    };
    use({
      service: secrets,
      environment: {
        AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.endpoint,
        NODE_EXTRA_CA_CERTS: authorities,
      },
      alternating: async () =>
        rotated(createAlternatingSecrets(secrets.secrets, await createDatabase(server, place)).database),
      single: async () =>
        rotated(createSingleUserSecret(secrets.secrets, await createDatabase(server, place))),
    });
  });

  after(async () => {
    await service?.close();
    await postgres?.remove();
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });
}
