import { provided } from "../leftOut";
import { startPostgres, type PostgresServer } from "./server";
import { packagedVersions, type PostgresVersion } from "./versions";

const versions = Object.keys(packagedVersions).map(Number) as PostgresVersion[];

/** A suite for each major version of PostgreSQL; `postgres` is the server, to be asked for within hooks and tests. */
export function forEachPostgres(
  title: string,
  tests: (this: Mocha.Suite, postgres: () => PostgresServer, version: PostgresVersion) => void,
): void {
  for (const version of versions) {
    describe(`${title} (PostgreSQL ${version})`, function () {
      let server: PostgresServer | undefined;

      before(async function () {
        this.timeout(180_000);
        server = await provided(this, () => startPostgres({ version }));
      });

      after(() => server?.remove());

      const running = () => {
        if (server === undefined) throw new Error("asked for before it was started");
        return server;
      };
      tests.call(this, running, version);
    });
  }
}
