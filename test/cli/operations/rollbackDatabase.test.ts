import assert from "node:assert/strict";
import { rotationHandler } from "../../../functions/rotation/handler";
import { postgresRotator } from "../../../functions/rotation/postgres/rotator";
import { createDatabase, currentLogin, logIn } from "../../functions/support/databaseSecrets";
import { lambdaContext } from "../../functions/support/rotation";
import { provided } from "../../support/leftOut";
import { startPostgres, type PostgresServer } from "../../support/postgres/server";
import { type Cloud, startCloud } from "./support/cloud";
import { type LambdaDouble, startLambdaDouble } from "./support/lambda";
import { fixtureServices, planFrom, secretNamed } from "./support/plan";
import { platform } from "./support/platform";
import { type OperationsDouble, startOperationsDouble } from "./support/secretsManager";

const name = "shop/prod/ledger-admin";

describe("platform rotate and rollback of a single user, in a real PostgreSQL", function () {
  this.timeout(240_000);
  let postgres: PostgresServer;
  let cloud: Cloud;
  let double: OperationsDouble;
  let lambda: LambdaDouble;
  before(async function () {
    this.timeout(720_000);
    postgres = await provided(this, startPostgres);
    cloud = await provided(this, startCloud);
    double = await startOperationsDouble();
    lambda = await startLambdaDouble();
    cloud.proxy.use(double);
  });
  after(async () => {
    await double?.close();
    await lambda?.close();
    await cloud?.stop();
    await postgres?.remove();
  });

  it("leaves a login that works each time, and tells no password", async () => {
    const { functionArn } = secretNamed(planFrom(), name).rotation;
    const { user } = await createDatabase(postgres);
    const { secrets } = double.service;
    const secret = double.create(name);
    secret.rotationFunction = functionArn;
    secrets.put(secret, "first", JSON.stringify(user), ["AWSCURRENT"]);
    const handler = rotationHandler({
      client: double.service.client(),
      rotator: postgresRotator(false),
      settings: { secrets: [name] },
      write: () => {},
    });
    const call = (event: unknown) => handler(event, lambdaContext(functionArn));
    double.functionOf = () => call;
    lambda.invoke = (_, event) => call(event);

    const env = { ...(await cloud.signedIn("security")), AWS_ENDPOINT_URL_LAMBDA: lambda.endpoint };
    const said: string[] = [];
    const run = async (...args: string[]) => {
      const ran = await platform([...args, "--services", fixtureServices], { env });
      assert.equal(ran.code, 0, ran.stderr);
      said.push(ran.stdout, ran.stderr, ...ran.argv);
    };

    await run("rotate", name);
    const rotated = currentLogin(secrets, secret);
    assert.notEqual(rotated.password, user.password);
    await logIn(rotated);

    await run("rollback", name, "--yes");
    assert.deepEqual(currentLogin(secrets, secret), user);
    await logIn(user);
    await assert.rejects(logIn(rotated), /password authentication failed/);

    await run("rotate", name);
    await logIn(currentLogin(secrets, secret));
    const everything = said.join("\n");
    for (const { value = "" } of secret.versions) {
      assert.ok(value === "stand-in" || !everything.includes((JSON.parse(value) as typeof user).password));
    }
  });
});
