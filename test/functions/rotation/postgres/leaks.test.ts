import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { inspect } from "node:util";
import { restoreStep } from "../../../../model/functions/rotation";
import { provided } from "../../../support/leftOut";
import { startPostgres, type PostgresServer } from "../../../support/postgres/server";
import {
  createAlternatingSecrets,
  createDatabase,
  createSingleUserSecret,
  password,
} from "../../support/databaseSecrets";
import { deployFunction, type DeployedFunction, type FunctionProcess } from "../../support/functionProcess";
import { administratorIn, postgresInProcess } from "../../support/inProcess";
import { ServiceFault } from "../../support/jsonService";
import { rotate, rotationFunctionArn, type Invoke } from "../../support/rotation";
import type { StoredSecret } from "../../support/secrets";
import { startSecretsManager, type SecretsManagerDouble } from "../../support/secretsManager";

/** Rotates well and badly in every way that has a value at hand, and looks for the values in all that comes out. */
describe("no value of a secret in logs, errors, arguments or environment", function () {
  this.timeout(240_000);
  let postgres: PostgresServer;
  let service: SecretsManagerDouble;
  const secrets: StoredSecret[] = [];

  before(async function () {
    postgres = await provided(this, startPostgres);
    service = await startSecretsManager();
  });

  after(async () => {
    await service?.close();
    await postgres?.remove();
  });

  it("in this process: log lines, and errors with all they carry", async () => {
    const seen: string[] = [];
    await everyWay(async (secret) => {
      const { invoke, lines } = postgresInProcess(service, secret);
      const caught = await attempt(secret, invoke);
      seen.push(...lines, ...caught.map((error) => inspect(error, { depth: 10, showHidden: true })));
      return caught;
    });
    assertClean(seen.join("\n"), 20);
  });

  it("in the process of the function as deployed: standard output, standard error, arguments, environment", async () => {
    const seen: string[] = [];
    const deployed: DeployedFunction[] = [];
    try {
      await everyWay(async (secret) => {
        const running = await deploy(secret);
        deployed.push(running.deployed);
        const caught = await attempt(secret, (event) => running.process.invoke(event));
        seen.push(running.process.output(), ...processFiles(running.process));
        return caught;
      });
    } finally {
      await Promise.all(deployed.map((each) => each.remove()));
    }
    assertClean(seen.join("\n"), 20);
  });

  async function deploy(
    secret: StoredSecret,
  ): Promise<{ deployed: DeployedFunction; process: FunctionProcess }> {
    const deployed = await deployFunction(
      "rotation/postgres",
      { secrets: [secret.name], administrators: administratorIn(service, secret), tls: "disable" },
      { AWS_ENDPOINT_URL_SECRETS_MANAGER: service.endpoint, FUNCTION_ARN: rotationFunctionArn },
    );
    return { deployed, process: await deployed.start() };
  }

  /** Two rotations and a rollback, whatever comes of them; returns the errors. */
  async function attempt(secret: StoredSecret, invoke: Invoke): Promise<unknown[]> {
    const errors: unknown[] = [];
    const collect = (error: unknown) => void errors.push(error);
    await rotate(service.secrets, secret, invoke).catch(collect);
    await rotate(service.secrets, secret, invoke).catch(collect);
    const previous = service.secrets.holder(secret, "AWSPREVIOUS")?.id ?? "none";
    await invoke({ Step: restoreStep, SecretId: secret.arn, ClientRequestToken: previous }).catch(collect);
    return errors;
  }

  /** @param attempted rotates and returns the errors */
  async function everyWay(attempted: (secret: StoredSecret) => Promise<unknown[]>): Promise<void> {
    const rotated = async (secret: StoredSecret) => {
      const first = currentValue(secret);
      assert.deepEqual(await attempted(secret), []);
      assert.notEqual(currentValue(secret), first);
    };
    const refused = async (secret: StoredSecret) => {
      const first = currentValue(secret);
      const errors = await attempted(secret);
      assert.ok(errors.length >= 2, `${errors.length} errors`);
      assert.equal(currentValue(secret), first);
    };
    const create = (database: Awaited<ReturnType<typeof createDatabase>>) => {
      const single = createSingleUserSecret(service.secrets, database);
      const { database: alternating, administrator } = createAlternatingSecrets(service.secrets, database);
      secrets.push(single, alternating, administrator);
      return { single, alternating, administrator };
    };
    // Well.
    await rotated(create(await createDatabase(postgres)).single);
    await rotated(create(await createDatabase(postgres)).alternating);
    // Passwords that do not log in, the administrator's among them.
    const database = await createDatabase(postgres);
    const wrong = create({ ...database, user: { ...database.user, password: password() } });
    await refused(wrong.single);
    await refused(wrong.alternating);
    await refused(create({ ...database, admin: { ...database.admin, password: password() } }).alternating);
    // Text that is no login, of each form.
    for (const value of [
      password(),
      `{"password": ${password()}`,
      JSON.stringify({ password: password(), port: "x" }),
    ]) {
      const secret = service.secrets.create(`${database.name}/prod/${secrets.length}`, value, {
        rotationFunction: rotationFunctionArn,
      });
      secrets.push(secret);
      await refused(secret);
    }
    // An answer that quotes the value, as validation errors do.
    service.hook = ({ operation, input }, moment) => {
      if (operation !== "PutSecretValue" || moment !== "before") return;
      throw new ServiceFault(
        "ValidationException",
        `Value '${String(input.SecretString)}' at 'secretString' is wrong`,
      );
    };
    await refused(create(await createDatabase(postgres)).single);
    service.hook = undefined;
  }

  function currentValue(secret: StoredSecret): string {
    return service.secrets.value(secret, { stage: "AWSCURRENT" }).value;
  }

  function assertClean(text: string, atLeastLines: number): void {
    assertNoValue(text, atLeastLines);
    // Each value would be found.
    for (const { versions } of secrets) {
      for (const { value } of versions) {
        if (value !== undefined)
          assert.throws(() => assertNoValue(`${text}\n${passwordIn(value)}`, atLeastLines));
      }
    }
  }

  function assertNoValue(text: string, atLeastLines: number): void {
    assert.ok(text.split("\n").length >= atLeastLines);
    assert.ok(!text.includes("canary"), excerpt(text, "canary"));
    const stored = secrets.flatMap(({ versions }) => versions.flatMap(({ value }) => value ?? []));
    // Those of refused calls too.
    const sent = service.calls.flatMap(({ input }) => (input.SecretString as string | undefined) ?? []);
    for (const value of [...stored, ...sent]) {
      for (const part of [value, passwordIn(value)]) assert.ok(!text.includes(part), excerpt(text, part));
    }
  }
});

function passwordIn(value: string): string {
  try {
    return (JSON.parse(value) as { password?: string }).password ?? value;
  } catch {
    return value;
  }
}

function processFiles({ pid }: FunctionProcess): string[] {
  const files = [`/proc/${pid}/cmdline`, `/proc/${pid}/environ`];
  return files.filter((file) => existsSync(file)).map((file) => readFileSync(file, "utf8"));
}

function excerpt(text: string, found: string): string {
  const at = text.indexOf(found);
  return text.slice(Math.max(0, at - 200), at + 200);
}
