import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { escapeIdentifier } from "pg";
import { postgresRotator } from "../../../../functions/rotation/postgres/rotator";
import type { Connection } from "../../../../model/values/connectionFields";
import {
  createAlternatingSecrets,
  createDatabase,
  createSingleUserSecret,
} from "../../../functions/support/databaseSecrets";
import { rotationInProcess } from "../../../functions/support/inProcess";
import { rotate } from "../../../functions/support/rotation";
import { type SecretsManagerDouble, startSecretsManager } from "../../../functions/support/secretsManager";
import { makeCertificate } from "../../../support/postgres/certificate";
import { type PostgresServer, startPostgres } from "../../../support/postgres/server";
import { provided } from "../../../support/leftOut";
import { examplesPython } from "./examplesPython";
import type { Environment } from "./program";

export type Strategy = "single user" | "alternating users";

/** A PostgreSQL that offers TLS, and a Secrets Manager whose logins of it our own function rotates. */
export interface DatabaseWorld {
  readonly postgres: PostgresServer;
  readonly service: SecretsManagerDouble;
  /** What a program is told: where AWS is, and which authority signed the server's certificate. */
  readonly environment: Environment;
  create(strategy: Strategy, connection?: Connection): Promise<RotatingLogin>;
}

export interface RotatingLogin {
  readonly arn: string;
  /** One whole rotation. */
  rotate(): Promise<void>;
  /** Ends every session of the database, so that programs log in again. */
  disconnect(): Promise<void>;
  /** Lets its present user have so many sessions more, or any number by -1. */
  limit(sessions: number): Promise<void>;
  current(): Readonly<Record<string, string>>;
  /** All that no program may show: each password there ever was, and each address with one. */
  values(): readonly string[];
}

/** Hooks of a suite: all of it started before its first test, or the suite left out; stopped after the last. */
export function databaseWorld(use: (world: DatabaseWorld) => void): void {
  let postgres: PostgresServer | undefined;
  let service: SecretsManagerDouble | undefined;
  let folder: string | undefined;
  before(async function () {
    this.timeout(720_000);
    await provided(this, examplesPython);
    const tls = await provided(this, () => Promise.resolve(makeCertificate("localhost")));
    postgres = await provided(this, () => startPostgres({ tls }));
    service = await startSecretsManager();
    folder = mkdtempSync(join(tmpdir(), "python-examples-"));
    const authority = join(folder, "authority.pem");
    writeFileSync(authority, tls.certificate);
    use(worldOf(postgres, service, authority));
  });
  after(async () => {
    await service?.close();
    await postgres?.remove();
    if (folder !== undefined) rmSync(folder, { recursive: true });
  });
}

function worldOf(postgres: PostgresServer, service: SecretsManagerDouble, authority: string): DatabaseWorld {
  const { secrets } = service;
  return {
    postgres,
    service,
    environment: { AWS_ENDPOINT_URL_SECRETS_MANAGER: service.endpoint, PGSSLROOTCERT: authority },
    async create(strategy, connection) {
      // By the name that the certificate has.
      const database = await createDatabase(postgres, { host: "localhost", port: postgres.port });
      const secret =
        strategy === "single user"
          ? createSingleUserSecret(secrets, database)
          : createAlternatingSecrets(secrets, database).database;
      const connections = connection === undefined ? {} : { [secret.name]: connection };
      const { invoke } = rotationInProcess(service, secret, postgresRotator(false, connections));
      const valueOf = (text = "{}") => JSON.parse(text) as Record<string, string>;
      const current = () => valueOf(secrets.value(secret, {}).value);
      return {
        arn: secret.arn,
        rotate: async () => void (await rotate(secrets, secret, invoke)),
        async disconnect() {
          const sessions =
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND pid <> pg_backend_pid()";
          await postgres.query(sessions, [database.name]);
        },
        async limit(sessions) {
          const user = escapeIdentifier(current()["username"] ?? "");
          await postgres.query(`ALTER ROLE ${user} CONNECTION LIMIT ${sessions}`);
        },
        current,
        values: () =>
          secret.versions
            .map(({ value }) => valueOf(value))
            .flatMap(({ password = "", url }) => (url === undefined ? [password] : [password, url])),
      };
    },
  };
}
