import { atEndOfRun } from "../../../tools/tests/endOfRun";
import { provided } from "../leftOut";
import { startPostgres, type PostgresServer } from "./server";
import { packagedVersions, type PostgresVersion } from "./versions";

const all = Object.keys(packagedVersions).map(Number) as PostgresVersion[];

/** Shared by all files, since starting one takes seconds; removed at the end of the run. */
const servers = new Map<PostgresVersion, Promise<PostgresServer>>();

/**
 * A suite for each major version of PostgreSQL; `postgres` is the server, to be asked for within hooks and tests.
 * Others use it too: databases and roles have names of their own. Called at the top of a test file. `versions` for what
 * goes by none in particular.
 */
export function forEachPostgres(
  title: string,
  tests: (this: Mocha.Suite, postgres: () => PostgresServer, version: PostgresVersion) => void,
  versions: readonly PostgresVersion[] = all,
): void {
  for (const version of versions) {
    describe(`${title} (PostgreSQL ${version})`, function () {
      let server: PostgresServer | undefined;

      before(async function () {
        this.timeout(720_000);
        server = await provided(this, () => serverOf(version));
      });

      const running = () => {
        if (server === undefined) throw new Error("asked for before it was started");
        return server;
      };
      tests.call(this, running, version);
    });
  }
}

function serverOf(version: PostgresVersion): Promise<PostgresServer> {
  if (servers.size === 0) atEndOfRun(removeServers);
  const server = servers.get(version) ?? startPostgres({ version });
  servers.set(version, server);
  return server;
}

async function removeServers(): Promise<void> {
  const started = await Promise.allSettled(servers.values());
  for (const server of started) if (server.status === "fulfilled") await server.value.remove();
  servers.clear();
}
