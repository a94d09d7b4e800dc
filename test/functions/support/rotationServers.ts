import { provided } from "../../support/leftOut";
import { type PostgresServer, startPostgres } from "../../support/postgres/server";
import { type SecretsManagerDouble, startSecretsManager } from "./secretsManager";

/** What logins of PostgreSQL rotate between. */
export interface RotationServers {
  readonly postgres: PostgresServer;
  readonly service: SecretsManagerDouble;
}

/**
 * Hooks of a suite that rotates logins of a real PostgreSQL: both started before its first test, or the suite left out;
 * stopped after the last.
 * @param use told of them once they run
 */
export function rotationServers(use: (started: RotationServers) => void): void {
  let postgres: PostgresServer | undefined;
  let service: SecretsManagerDouble | undefined;
  before(async function () {
    this.timeout(120_000);
    postgres = await provided(this, startPostgres);
    service = await startSecretsManager();
    use({ postgres, service });
  });
  after(async () => {
    await service?.close();
    await postgres?.remove();
  });
}
