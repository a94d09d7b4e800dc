import assert from "node:assert/strict";
import { call } from "../../../cli/operations/call";
import type { Plan } from "../../../model/plan/types";
import { fakeClock } from "../../support/fakeClock";
import { inCloud } from "../../support/moto/inCloud";
import { failing } from "../../support/moto/doubles";
import { type Account, type Cloud, startCloud } from "./support/cloud";
import { type LambdaDouble, startLambdaDouble } from "./support/lambda";
import { fixtureServices, parameterNamed, planFrom, secretNamed } from "./support/plan";
import { type Environment, platform } from "./support/platform";
import { type OperationsDouble, startOperationsDouble } from "./support/secretsManager";

/** An answer that passes: action, error, message. */
type Answer = readonly [action: string, code: string, message?: string];

const noKey = "Key 'arn:aws:kms:eu-west-1:111111111111:key/1' does not exist (Service: AWSKMS)";

describe("operations, where AWS answers with what passes", function () {
  this.timeout(480_000);
  let plan: Plan;
  let cloud: Cloud;
  let double: OperationsDouble;
  let lambda: LambdaDouble;
  let security: Account;
  let env: Environment;
  before(() => {
    plan = planFrom();
  });
  inCloud(startCloud, (started) => (cloud = started));
  beforeEach(async () => {
    double = await startOperationsDouble();
    lambda = await startLambdaDouble();
    security = await cloud.account("security");
    env = { ...(await cloud.signedIn("security")), AWS_ENDPOINT_URL_LAMBDA: lambda.endpoint };
  });
  afterEach(async () => {
    await double?.close();
    await lambda?.close();
  });

  const count = (action: string) => cloud.proxy.calls.filter((call) => call.action === action).length;

  /** Runs a command with each answer given once; it has to succeed all the same, and every answer has to be met. */
  async function succeeds(args: readonly string[], answers: readonly Answer[], input?: string) {
    cloud.proxy.use(...answers.map(([action, code, message = ""]) => failing(action, code, { message })));
    cloud.proxy.use(...(input === undefined ? [double] : []));
    const ran = await platform([...args, "--services", fixtureServices], {
      env,
      ...(input !== undefined && { input }),
    });
    assert.deepEqual({ code: ran.code, stderr: ran.stderr }, { code: 0, stderr: "" });
    for (const [action] of answers)
      assert.ok(count(action) > answers.filter((each) => each[0] === action).length, action);
  }

  it("set a parameter", async () => {
    const parameter = parameterNamed(plan, "/shop/prod/partner-token");
    await security.deployParameter(parameter);
    await succeeds(
      ["set", "shop/prod/partner-token"],
      [
        ["DescribeParameters", "InternalServerError"],
        ["ListTagsForResource", "InvalidResourceId"],
        ["DescribeKey", "KMSInternalException"],
        ["PutParameter", "TooManyUpdates"],
        ["PutParameter", "InvalidKeyId", noKey],
        ["RemoveTagsFromResource", "TooManyUpdates"],
        ["RemoveTagsFromResource", "InvalidResourceId"],
      ],
      "a value from outside",
    );
    assert.equal(await security.parameterValue(parameter.name), "a value from outside");
    assert.deepEqual(await security.parameterTags(parameter.name), []);
  });

  it("set a secret, just made", async () => {
    const { name } = secretNamed(plan, "shop/prod/signing-key");
    await security.deploySecret({ name }, "stand-in", true);
    await succeeds(
      ["set", name],
      [
        ["DescribeSecret", "ResourceNotFoundException"],
        ["PutSecretValue", "ResourceNotFoundException"],
        ["PutSecretValue", "EncryptionFailure"],
        ["UntagResource", "ResourceNotFoundException"],
      ],
      "a value from outside",
    );
    assert.equal(await security.secretValue(name), "a value from outside");
    assert.deepEqual(await security.secretTags(name), []);
  });

  it("rotate, also where the secret is not seen while it rotates", async () => {
    double.create("shop/prod/signing-key");
    let looks = 0;
    cloud.proxy.use({
      name: "a secret not seen at the second look",
      before: ({ action }) =>
        action === "DescribeSecret" && ++looks === 2
          ? failing(action, "ResourceNotFoundException").before?.({ action, body: {} })
          : undefined,
    });
    await succeeds(
      ["rotate", "shop/prod/signing-key"],
      [
        ["RotateSecret", "ResourceNotFoundException"],
        ["RotateSecret", "InternalServiceError"],
      ],
    );
    assert.ok(looks > 2);
  });

  it("rotate --all-overdue", async () => {
    const long = Date.now() - 40 * 86_400_000;
    double.create("shop/prod/signing-key", { lastRotated: long, next: long });
    await succeeds(
      ["rotate", "--all-overdue", "--yes"],
      [
        ["ListSecrets", "InternalServiceError"],
        ["RotateSecret", "ResourceNotFoundException"],
      ],
    );
  });

  it("rollback by the labels", async () => {
    rotated("shop/prod/signing-key");
    await succeeds(
      ["rollback", "shop/prod/signing-key", "--yes"],
      [
        ["UpdateSecretVersionStage", "ResourceNotFoundException"],
        ["UpdateSecretVersionStage", "InternalServiceError"],
      ],
    );
  });

  it("rollback by a function that is being updated", async () => {
    const secret = rotated("shop/prod/ledger-admin");
    lambda.refusals.push("ResourceConflictException");
    lambda.invoke = () => {
      double.service.secrets.move(secret, "AWSCURRENT", "old", "new");
      return Promise.resolve();
    };
    await succeeds(["rollback", "shop/prod/ledger-admin", "--yes"], []);
    assert.deepEqual([lambda.refusals.length, lambda.invocations.length], [0, 1]);
  });

  it("unstick", async () => {
    const secret = double.create("shop/prod/signing-key");
    double.service.secrets.put(secret, "stuck", "x", ["AWSPENDING"]);
    await succeeds(
      ["unstick", "shop/prod/signing-key", "--yes"],
      [
        ["ListSecretVersionIds", "ResourceNotFoundException"],
        ["UpdateSecretVersionStage", "ResourceNotFoundException"],
      ],
    );
  });

  it("status", async () => {
    cloud.proxy.use(
      failing("ListSecrets", "InternalServiceError"),
      failing("DescribeParameters", "InternalServerError"),
      failing("DescribeKey", "KMSInternalException"),
      double,
    );
    const { code, stderr, stdout } = await platform(["status", "--services", fixtureServices], { env });
    assert.deepEqual({ code, stderr }, { code: 1, stderr: "" });
    assert.match(stdout, /need a hand/);
    assert.ok(count("DescribeParameters") > 2 && count("ListSecrets") === 2);
  });

  it("tell at once what is nowhere, after a second look of two seconds at most", async () => {
    const { code, stderr } = await platform(["rotate", "shop/prod/vault", "--services", fixtureServices], {
      env,
    });
    assert.equal(code, 1);
    assert.match(stderr, /shop\/prod\/vault is not in account 111111111111 yet/);
    assert.ok(count("DescribeSecret") > 1);
  });

  /** A secret whose second version is current. */
  function rotated(name: string) {
    const secret = double.create(name);
    const { secrets } = double.service;
    secrets.put(secret, "old", "a", ["AWSCURRENT"]);
    secrets.put(secret, "new", "b", ["AWSPENDING"]);
    secrets.move(secret, "AWSCURRENT", "new", "old");
    secret.versions.shift();
    return secret;
  }
});

describe("a call that never gets through", () => {
  const attempt = { action: "ssm:PutParameter", target: "/shop/prod/partner-token" };
  const advice = { role: "arn:aws:iam::111111111111:role/platform/secrets-writers", stack: "security" };

  async function failsWith(name: string, justMade: readonly ("target" | "key")[] = []) {
    const clock = fakeClock();
    const shown: string[] = [];
    const progress = { show: (step: string) => shown.push(step), clear: () => shown.push("") };
    let sent = 0;
    const started = clock.now();
    const failure = await call(
      { ...attempt, justMade },
      advice,
      () => {
        sent += 1;
        return Promise.reject(Object.assign(new Error("no"), { name }));
      },
      { clock, progress },
    ).then(
      () => assert.fail("it cannot succeed"),
      (error: Error) => error.message,
    );
    return { failure, sent, shown, seconds: Math.ceil((clock.now() - started) / 1000) };
  }

  it("ends within eight seconds, and says what was done and what to do", async () => {
    const { failure, sent, seconds } = await failsWith("TooManyUpdates");
    assert.ok(sent > 4 && seconds <= 8);
    assert.equal(
      failure,
      `ssm:PutParameter on /shop/prod/partner-token failed (TooManyUpdates: no, tried ${sent} times in ${seconds} s); ` +
        "another update of it is under way: repeat the command once that is over",
    );
  });

  it("tells whoever waits, from the third second on, and clears the line", async () => {
    const { shown } = await failsWith("InvalidKeyId", ["key"]);
    assert.match(shown[0] ?? "", /^AWS is not ready for ssm:PutParameter on \/shop\/prod\/partner-token yet/);
    assert.equal(shown.at(-1), "");
    const { shown: quick } = await failsWith("AccessDeniedException");
    assert.deepEqual(quick, []);
  });

  it("is not tried again for what is nowhere, or may not be", async () => {
    for (const name of ["ResourceNotFoundException", "ParameterNotFound", "InvalidKeyId", "AccessDenied"])
      assert.equal((await failsWith(name)).sent, 1, name);
    assert.equal((await failsWith("ParameterNotFound", ["key"])).sent, 1);
    assert.doesNotMatch((await failsWith("InvalidKeyId")).failure, /tried/);
  });
});
