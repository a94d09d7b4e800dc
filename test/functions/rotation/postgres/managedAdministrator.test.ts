import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { STSClient } from "@aws-sdk/client-sts";
import { escapeIdentifier, escapeLiteral } from "pg";
import { assumeRoleBy } from "../../../../functions/rotation/assumeRole";
import { rotationHandler } from "../../../../functions/rotation/handler";
import { postgresRotator } from "../../../../functions/rotation/postgres/rotator";
import type { ManagedAdministrator } from "../../../../model/functions/settings";
import { provided } from "../../../support/leftOut";
import { startPostgres, type PostgresServer } from "../../../support/postgres/server";
import {
  createDatabase,
  currentLogin,
  logIn,
  password,
  type TestDatabase,
} from "../../support/databaseSecrets";
import { deployFunction } from "../../support/functionProcess";
import { lambdaContext, rotate, rotationFunctionArn, runSteps, startRotation } from "../../support/rotation";
import type { StoredSecret } from "../../support/secrets";
import { startSecretsManager, type SecretsManagerDouble } from "../../support/secretsManager";

const role = "arn:aws:iam::222222222222:role/platform/rotation-administrators";
const managedName = "rds!cluster-1a2b3c4d";

/** So little that no call is tried again: what is refused here stays so. */
const remaining = 10_000;

/** STS's AssumeRole: answers in XML, with credentials by which the double of Secrets Manager knows the session. */
async function startSts() {
  const asked: URLSearchParams[] = [];
  let refusal: string | undefined;
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      asked.push(new URLSearchParams(Buffer.concat(chunks).toString()));
      response.setHeader("content-type", "text/xml");
      if (refusal !== undefined) {
        response.statusCode = 403;
        response.end(
          `<ErrorResponse><Error><Type>Sender</Type><Code>${refusal}</Code><Message>not authorized</Message></Error></ErrorResponse>`,
        );
        return;
      }
      response.end(
        "<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIAASSUMED</AccessKeyId>" +
          "<SecretAccessKey>canarykey</SecretAccessKey><SessionToken>canarysession</SessionToken>" +
          "<Expiration>2030-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>",
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    asked,
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    refuse: (code: string | undefined) => void (refusal = code),
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

describe("an administrator that a database service manages", function () {
  this.timeout(120_000);
  let postgres: PostgresServer;
  let service: SecretsManagerDouble;
  let sts: Awaited<ReturnType<typeof startSts>>;
  let database: TestDatabase;
  let managed: StoredSecret;
  const endpoints = ["AWS_ENDPOINT_URL", "AWS_REGION"] as const;
  const earlier = endpoints.map((name) => process.env[name]);

  before(async function () {
    postgres = await provided(this, startPostgres);
    service = await startSecretsManager();
    sts = await startSts();
    process.env["AWS_ENDPOINT_URL"] = service.endpoint;
    process.env["AWS_REGION"] = "eu-west-1";
  });

  beforeEach(async () => {
    database = await createDatabase(postgres);
    const { username, password } = database.admin;
    managed = service.secrets.create(
      `${managedName}-${randomUUID()}`,
      JSON.stringify({ username, password }),
      {
        rotationFunction: undefined,
      },
    );
    sts.asked.length = 0;
    sts.refuse(undefined);
  });

  after(async () => {
    endpoints.forEach((name, index) => {
      const value = earlier[index];
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    });
    await sts?.close();
    await service?.close();
    await postgres?.remove();
  });

  function login(value: object = {}): StoredSecret {
    return service.secrets.create(
      `${database.name}/prod/database`,
      JSON.stringify({ ...database.user, masterarn: managed.arn, ...value }),
      { rotationFunction: rotationFunctionArn },
    );
  }

  function settingsFor({ name }: StoredSecret, more: Partial<ManagedAdministrator> = {}) {
    const { host, port } = database.user;
    return {
      secrets: [name],
      managedAdministrators: { [name]: { secret: managed.arn, role, host, port, ...more } },
    };
  }

  function inProcess(secret: StoredSecret, more: Partial<ManagedAdministrator> = {}) {
    const lines: string[] = [];
    const credentials = { accessKeyId: "test", secretAccessKey: "test" };
    const handler = rotationHandler({
      client: service.client(),
      assumeRole: assumeRoleBy(new STSClient({ endpoint: sts.endpoint, region: "eu-west-1", credentials })),
      rotator: postgresRotator(false),
      settings: settingsFor(secret, more),
      write: (line) => lines.push(line),
    });
    return {
      lines,
      invoke: (event: unknown) => handler(event, lambdaContext(rotationFunctionArn, remaining)),
    };
  }

  const refusalOf = (secret: StoredSecret, more: Partial<ManagedAdministrator> = {}) =>
    rotate(service.secrets, secret, inProcess(secret, more).invoke).then(
      () => assert.fail("it was not refused"),
      (error: Error) => error.message,
    );

  /** As RDS does it every seven days. */
  async function rotateMaster(): Promise<void> {
    const { username } = database.admin;
    const next = password();
    await postgres.query(`ALTER ROLE ${escapeIdentifier(username)} PASSWORD ${escapeLiteral(next)}`);
    service.secrets.put(managed, randomUUID(), JSON.stringify({ username, password: next }), ["AWSCURRENT"]);
  }

  it("is read anew at each rotation, by the role and by nobody else, whatever its password is by then", async () => {
    const secret = login();
    const { invoke, lines } = inProcess(secret);
    const users: string[] = [];
    for (let round = 0; round < 3; round++) {
      const calls = service.calls.length;
      await rotate(service.secrets, secret, invoke);
      const current = currentLogin(service.secrets, secret);
      await logIn(current);
      users.push(current.username);
      const read = service.calls.slice(calls).filter(({ input }) => input.SecretId === managed.arn);
      assert.deepEqual(
        read.map(({ operation }) => operation),
        ["GetSecretValue"],
      );
      await rotateMaster();
    }
    assert.deepEqual(users, [`${database.name}_clone`, database.name, `${database.name}_clone`]);
    assert.equal(sts.asked.length, 3);
    const [first] = sts.asked;
    assert.equal(first?.get("RoleArn"), role);
    assert.equal(first.get("RoleSessionName"), "rotation-prod-postgres");
    assert.equal(first.get("DurationSeconds"), "900");
    assert.ok(!lines.join().includes("canary"), "a value is in the log");
  });

  it("is another than the settings say: refused without taking on the role", async () => {
    const other = service.secrets.create("rds!cluster-other", JSON.stringify(database.admin));
    for (const masterarn of [other.arn, managed.name, managed.arn.replace("eu-west-1", "eu-west-2")]) {
      const refusal = await refusalOf(login({ masterarn }), {});
      assert.ok(refusal.includes(`masterarn names another secret than ${managed.arn}`), refusal);
    }
    assert.deepEqual(sts.asked, []);
  });

  it("logs in where the manifest says, not where the secret's value does", async () => {
    const calls = postgres.port;
    const refusal = await refusalOf(login(), { host: "db.internal" });
    assert.ok(
      refusal.includes(`is for db.internal:${calls}, not for ${database.user.host}:${calls}`),
      refusal,
    );
  });

  it("cannot be read: says by which role, and what to do", async () => {
    sts.refuse("AccessDenied");
    const refusal = await refusalOf(login());
    assert.match(
      refusal,
      /the role arn:aws:iam::222222222222:role\/platform\/rotation-administrators, by which/,
    );
    assert.match(refusal, /does not let this function in; deploy the stack of that account/);
  });

  it("has no login, or none that works: says so without its value", async () => {
    for (const value of ["canary-text", '"canary"', "null", '{"username":"canary"}', '{"password":7}']) {
      service.secrets.put(managed, randomUUID(), value, ["AWSCURRENT"]);
      const refusal = await refusalOf(login());
      assert.match(refusal, /which the database service manages, has no username and password; see in/);
      assert.ok(!refusal.includes("canary"), refusal);
    }
    const { username } = database.admin;
    service.secrets.put(managed, randomUUID(), JSON.stringify({ username, password: "canary" }), [
      "AWSCURRENT",
    ]);
    const refusal = await refusalOf(login());
    assert.match(
      refusal,
      /does not log in as admin .*; if that secret is being rotated itself, the next attempt/,
    );
    assert.match(refusal, /have the database service rotate it \(aws secretsmanager rotate-secret\)/);
    assert.ok(!refusal.includes("canary"), refusal);
  });

  it("is read by the function as it is deployed, and by one that was killed on the way", async () => {
    const secret = login();
    const deployed = await deployFunction(
      "rotation/postgres",
      { ...settingsFor(secret), tls: "disable" },
      {
        AWS_ENDPOINT_URL_SECRETS_MANAGER: service.endpoint,
        AWS_ENDPOINT_URL_STS: sts.endpoint,
        AWS_LAMBDA_FUNCTION_NAME: "rotation-prod-postgres",
        FUNCTION_ARN: rotationFunctionArn,
      },
    );
    try {
      const token = startRotation(service.secrets, secret);
      const first = await deployed.start();
      await first.invoke({ Step: "createSecret", SecretId: secret.arn, ClientRequestToken: token });
      const asked = first.invoke({ Step: "setSecret", SecretId: secret.arn, ClientRequestToken: token });
      asked.catch(() => undefined);
      while (sts.asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
      await first.kill();
      await asked.catch(() => undefined);
      await rotateMaster();
      const second = await deployed.start();
      await runSteps(secret, token, (event) => second.invoke(event));
      await logIn(currentLogin(service.secrets, secret));
      const written = first.output() + second.output();
      assert.ok(!written.includes("canary"), "a value is in the log");
    } finally {
      await deployed.remove();
    }
  });
});
