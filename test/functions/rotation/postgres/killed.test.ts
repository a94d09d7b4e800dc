import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { rotationHandler } from "../../../../functions/rotation/handler";
import { postgresRotator } from "../../../../functions/rotation/postgres/rotator";
import {
  type Connection,
  connectionFields,
  type ConnectionFields,
  type ConnectionLogin,
} from "../../../../model/values/connectionFields";
import { provided } from "../../../support/leftOut";
import { startProxy, type PostgresProxy } from "../../../support/postgres/proxy";
import { startPostgres, type PostgresServer } from "../../../support/postgres/server";
import {
  createAlternatingSecrets,
  createDatabase,
  createSingleUserSecret,
  currentLogin,
  logIn,
  resetUsers,
  type TestDatabase,
} from "../../support/databaseSecrets";
import { deployFunction, type DeployedFunction } from "../../support/functionProcess";
import { administratorIn } from "../../support/inProcess";
import { lambdaContext, rotate, rotationFunctionArn } from "../../support/rotation";
import type { StoredSecret } from "../../support/secrets";
import { startSecretsManager, type SecretsManagerDouble } from "../../support/secretsManager";

type Moment = "before" | "after";

/**
 * The function, as deployed, in a process of its own that is killed (SIGKILL) just before and just after each of its
 * API calls and SQL statements has taken effect; then Secrets Manager tries again, as it does.
 */
describe("rotation killed at every call", function () {
  this.timeout(720_000);
  let postgres: PostgresServer;
  let proxy: PostgresProxy;
  let service: SecretsManagerDouble;

  before(async function () {
    postgres = await provided(this, startPostgres);
    proxy = await startProxy(postgres);
    service = await startSecretsManager();
  });

  after(async () => {
    await proxy?.close();
    await service?.close();
    await postgres?.remove();
  });

  afterEach(() => {
    service.hook = undefined;
    proxy.hook = undefined;
  });

  it("a single user's current value logs in after the next attempt", async () => {
    const database = await createDatabase(postgres, proxy);
    const secret = createSingleUserSecret(service.secrets, database);
    const calls = await killAtEveryCall(secret, { connection });
    assert.ok(calls.length >= 23, calls.join("\n"));
  });

  it("alternating users' current value logs in all the time", async () => {
    const database = await createDatabase(postgres, proxy);
    const { database: secret } = createAlternatingSecrets(service.secrets, database);
    await rotate(service.secrets, secret, inProcess(secret, connection));
    const calls = await killAtEveryCall(secret, { alwaysLogsIn: true, connection });
    assert.ok(calls.length >= 25, calls.join("\n"));
  });

  it("the first rotation of alternating users makes the clone once, with its grants", async () => {
    const database = await createDatabase(postgres, proxy);
    const { database: secret } = createAlternatingSecrets(service.secrets, database);
    const calls = await killAtEveryCall(secret, {
      alwaysLogsIn: true,
      // API calls are those of the other tests.
      onlyStatements: true,
      prepare: () => startOver(secret, database),
    });
    assert.ok(
      calls.some((call) => call.includes("CREATE ROLE")),
      calls.join("\n"),
    );
  });

  async function startOver(secret: StoredSecret, database: TestDatabase): Promise<void> {
    await resetUsers(postgres, database);
    const original = secret.versions[0];
    assert.ok(original !== undefined);
    for (const { stages } of secret.versions) stages.clear();
    original.stages.add("AWSCURRENT");
  }

  interface Expectations {
    readonly alwaysLogsIn?: boolean;
    /** What the value says beside the login: it has to fit the login that is current. */
    readonly connection?: Connection;
    readonly onlyStatements?: boolean;
    readonly prepare?: () => Promise<void>;
  }

  /** Returns the calls it killed at. */
  async function killAtEveryCall(secret: StoredSecret, expectations: Expectations = {}): Promise<string[]> {
    const deployed = await deployFunction(
      "rotation/postgres",
      {
        secrets: [secret.name],
        administrators: administratorIn(service, secret),
        tls: "disable",
        ...(expectations.connection && { connections: { [secret.name]: expectations.connection } }),
      },
      { AWS_ENDPOINT_URL_SECRETS_MANAGER: service.endpoint, FUNCTION_ARN: rotationFunctionArn },
    );
    const killedAt: string[] = [];
    try {
      for (let number = 1; ; number++) {
        for (const moment of ["before", "after"] as const) {
          const call = await killAndRepeat(deployed, secret, { number, moment }, expectations);
          if (call === undefined) return killedAt;
          if (moment === "before") killedAt.push(call);
        }
      }
    } finally {
      await deployed.remove();
    }
  }

  /** Undefined when the rotation has fewer calls. */
  async function killAndRepeat(
    deployed: DeployedFunction,
    secret: StoredSecret,
    { number, moment }: { readonly number: number; readonly moment: Moment },
    { alwaysLogsIn = false, onlyStatements = false, connection, prepare }: Expectations,
  ): Promise<string | undefined> {
    await prepare?.();
    const before = currentLogin(service.secrets, secret);
    const environment = await deployed.start();
    let killedAt: string | undefined;
    const at = killer(number, moment, async (call) => {
      killedAt = call;
      await environment.kill();
    });
    if (!onlyStatements) service.hook = ({ operation }, when) => at(operation, when);
    proxy.hook = ({ text }, when) => at(text, when);
    const where = () => `killed ${moment} call ${number}: ${killedAt}`;

    const outcome = await rotate(service.secrets, secret, (event) => environment.invoke(event)).catch(String);
    service.hook = undefined;
    proxy.hook = undefined;
    await environment.kill();
    if (killedAt === undefined) {
      assert.ok(!outcome.startsWith("Error"), outcome);
      return undefined;
    }
    assert.equal(currentVersions(secret).length, 1, where());
    if (alwaysLogsIn) await assertLogsIn(secret, where());

    await rotate(service.secrets, secret, inProcess(secret, connection));
    assert.equal(currentVersions(secret).length, 1, where());
    if (connection !== undefined) assertFits(secret, connection, where());
    assert.notEqual(currentLogin(service.secrets, secret).password, before.password, where());
    await assertLogsIn(secret, where());
    return killedAt;
  }

  function assertFits(secret: StoredSecret, asked: Connection, where: string): void {
    const [version] = currentVersions(secret);
    const value = JSON.parse(version?.value ?? "{}") as ConnectionLogin & ConnectionFields;
    const { readerHost, url, readerUrl } = value;
    // By hash, so that no failure shows a password.
    assert.equal(digest({ readerHost, url, readerUrl }), digest(connectionFields(value, asked)), where);
  }

  async function assertLogsIn(secret: StoredSecret, where: string): Promise<void> {
    await logIn(currentLogin(service.secrets, secret)).catch((error: unknown) =>
      assert.fail(`${where}: the current value does not log in: ${String(error)}`),
    );
  }

  function inProcess(secret: StoredSecret, connection?: Connection) {
    const handler = rotationHandler({
      client: service.client(),
      rotator: postgresRotator(false, connection && { [secret.name]: connection }),
      settings: { secrets: [secret.name], administrators: administratorIn(service, secret) },
      write: () => undefined,
    });
    return (event: unknown) => handler(event, lambdaContext());
  }
});

/** Asked for by the manifest; the stored value has none of it yet. */
const connection: Connection = { url: "uri", readerHost: "reader.example.com", tls: "disable" };

function digest(fields: object): string {
  return createHash("sha256").update(JSON.stringify(fields)).digest("hex");
}

/** Counts calls, and at the given moment of the given call kills and lets nothing through any more. */
function killer(number: number, moment: Moment, kill: (call: string) => Promise<void>) {
  let count = 0;
  return async (call: string, when: Moment) => {
    if (when === "before") count += 1;
    if (count !== number || when !== moment) return;
    await kill(call);
    throw new Error("killed");
  };
}

function currentVersions({ versions }: StoredSecret) {
  return versions.filter(({ stages }) => stages.has("AWSCURRENT"));
}
