import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { rollbackWay } from "../../../cli/rollback/way";
import { restoreStep } from "../../../model/functions/rotation";
import { parseFormTag } from "../../../model/values/databaseForm";
import { plannedForm } from "../../../model/values/plannedForm";
import { formTag } from "../../../model/values/tags";
import type { AwsDouble } from "../../support/moto/awsProxy";
import { awsError } from "../../support/moto/doubles";
import type { Cloud } from "./support/cloud";
import type { LambdaDouble } from "./support/lambda";
import { planFrom, secretNamed } from "./support/plan";
import { type Environment, platform } from "./support/platform";
import { rotationCloud } from "./support/rotationCloud";
import type { OperationsDouble } from "./support/secretsManager";

const services = join(__dirname, "fixtures/addresses");
const login = "store/prod/login";

describe("logins with connection addresses, at the command line", function () {
  this.timeout(240_000);
  let cloud: Cloud;
  let double: OperationsDouble;
  let lambda: LambdaDouble;
  let env: Environment;

  rotationCloud((made) => ({ cloud, double, lambda, env } = made));

  const run = (args: readonly string[], input = "") =>
    platform([...args, "--services", services], { env, input });

  it("set: every address is for the password that was given, which nothing tells", async () => {
    const secret = double.create(login);
    const { arn } = double.create("store/prod/login-admin");
    const password = `canary/@:%${randomBytes(6).toString("hex")}`;
    const ran = await run(["set", login], password);
    assert.deepEqual([ran.code, ran.stderr], [0, ""]);
    const { url, readerUrl, readerHost, ...rest } = JSON.parse(
      double.service.secrets.value(secret, { stage: "AWSCURRENT" }).value,
    ) as Record<string, string>;
    assert.equal(rest["password"], password);
    const encoded = encodeURIComponent(password);
    assert.equal(
      url,
      `postgresql+psycopg://store:${encoded}@store.example.com:5432/store?sslmode=verify-full`,
    );
    assert.equal(readerUrl, url.replace("store.example.com", "store-reader.example.com"));
    assert.equal(readerHost, "store-reader.example.com");
    assert.ok(!`${ran.stdout}${ran.argv.join(" ")}`.includes("canary"));

    const { shape, rotation } = secretNamed(planFrom(services), login);
    assert.ok(shape.form === "database");
    const noted = parseFormTag(secret.tags[formTag]);
    assert.deepEqual(noted?.fields, plannedForm(shape, rotation.admin, arn).fields);
    assert.ok(!("url" in noted.fields) && !("readerHost" in noted.fields));
  });

  // Its quotes are escaped in a way of their own.
  it("set: an error of AWS that quotes an address is told without it", async () => {
    double.create("store/prod/login-admin");
    const quoting: AwsDouble = {
      name: "Secrets Manager, quoting what it was sent",
      before(call) {
        if (call.action !== "PutSecretValue") return double.before?.(call);
        const { SecretString } = call.body as { SecretString: string };
        const { url } = JSON.parse(SecretString) as Record<string, string>;
        return awsError("ValidationException", `cannot take ${url}`);
      },
    };
    cloud.proxy.forget();
    cloud.proxy.use(quoting);
    const ran = await run(["set", "store/prod/login-admin"], `canary'\\${randomBytes(6).toString("hex")}`);
    assert.notEqual(ran.code, 0);
    assert.match(ran.stderr, /cannot take/);
    assert.ok(!`${ran.stdout}${ran.stderr}`.includes("canary"), ran.stderr);
  });

  it("rollback: the function makes sure of the address, also where two users alternate", async () => {
    const plan = planFrom(services);
    for (const name of [login, "store/prod/login-admin"])
      assert.equal(rollbackWay(secretNamed(plan, name)), "restore-by-function");
    const secret = double.create(login);
    secret.rotationFunction = secretNamed(plan, login).rotation.functionArn;
    double.service.secrets.put(secret, "newer", "{}", ["AWSCURRENT"]);
    const steps: unknown[] = [];
    lambda.invoke = (_, event) => {
      steps.push((event as { Step: string }).Step);
      const reason =
        "the previous version cannot take the current one's place: in url it does not follow its own login";
      return Promise.reject(new Error(reason));
    };
    const ran = await run(["rollback", login, "--yes"]);
    assert.notEqual(ran.code, 0);
    assert.match(ran.stderr, /was not rolled back: .*in url it does not follow its own login/);
    assert.deepEqual(steps, [restoreStep]);
    assert.equal(double.service.secrets.holder(secret, "AWSCURRENT")?.id, "newer");
  });

  it("where AWS's function rotates, a reader's host is part of what the value is for", () => {
    const plan = planFrom(services);
    const { shape } = secretNamed(plan, "store/prod/copy");
    assert.ok(shape.form === "database");
    assert.ok("readerHost" in plannedForm(shape, undefined).fields);
  });
});
