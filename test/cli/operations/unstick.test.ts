import assert from "node:assert/strict";
import { inCloud } from "../../support/moto/inCloud";
import { type Cloud, startCloud } from "./support/cloud";
import { fixtureServices } from "./support/plan";
import { type Environment, platform } from "./support/platform";
import { type OperationsDouble, startOperationsDouble } from "./support/secretsManager";
import { platformOnTerminal } from "./support/terminal";

describe("platform unstick", function () {
  this.timeout(240_000);
  let cloud: Cloud;
  let double: OperationsDouble;
  let env: Environment;
  inCloud(startCloud, (started) => (cloud = started));
  beforeEach(async () => {
    double = await startOperationsDouble();
    cloud.proxy.use(double);
    env = await cloud.signedIn("security");
  });
  afterEach(() => double?.close());

  const unstick = (...args: string[]) =>
    platform(["unstick", "--services", fixtureServices, ...args], { env });
  const moves = () => cloud.proxy.calls.filter(({ action }) => action === "UpdateSecretVersionStage");

  /** Pending behind some older versions, so that it is not on the first page of them. */
  function stuck(name: string, ageHours = 30) {
    const secret = double.create(name, { lastRotated: Date.now() - 86_400_000 * 40 });
    for (const id of ["v1", "v2", "v3"]) double.service.secrets.put(secret, id, id, ["AWSCURRENT"]);
    const pending = double.service.secrets.put(secret, "stuck", "x", ["AWSPENDING"]);
    Object.assign(pending, { created: Date.now() / 1000 - ageHours * 3600 });
    return secret;
  }

  it("shows what is pending, and takes the label off that version alone", async () => {
    const secret = stuck("shop/prod/signing-key");
    const dry = await unstick("shop/prod/signing-key", "--dry-run");
    assert.equal(dry.code, 0);
    assert.match(
      dry.stdout,
      /^Version stuck of shop\/prod\/signing-key is pending since \d{4}-\d\d-\d\d \d\d:\d\d UTC; current is v3, last rotated /m,
    );
    assert.match(dry.stdout, /npx platform rotate shop\/prod\/signing-key goes on with it instead/);
    assert.deepEqual(moves(), []);

    const { code, stdout } = await unstick("shop/prod/signing-key", "--yes");
    assert.equal(code, 0);
    assert.match(
      stdout,
      /no longer stuck: version stuck was given up; npx platform rotate shop\/prod\/signing-key/,
    );
    assert.deepEqual(
      moves().map(({ body }) => body),
      [{ SecretId: secret.arn, VersionStage: "AWSPENDING", RemoveFromVersionId: "stuck" }],
    );
    assert.equal(double.service.secrets.holder(secret, "AWSCURRENT")?.id, "v3");
    const rotated = await platform(["rotate", "shop/prod/signing-key", "--services", fixtureServices], {
      env,
    });
    assert.equal(rotated.code, 0, rotated.stderr);
  });

  it("warns of the one password that may work, and of a rotation that may be under way", async () => {
    stuck("shop/prod/archive", 0.01);
    const { stdout } = await unstick("shop/prod/archive", "--dry-run");
    assert.match(
      stdout,
      /that version holds the only one that works. Try npx platform rotate shop\/prod\/archive first/,
    );
    assert.match(stdout, /so recent that the rotation may well be under way/);
  });

  it("has nothing to do where nothing blocks", async () => {
    const secret = double.create("shop/prod/signing-key");
    const none = await unstick("shop/prod/signing-key");
    assert.deepEqual(
      [none.code, none.stdout],
      [0, "shop/prod/signing-key is not stuck: no version is pending\n"],
    );
    double.service.secrets.put(secret, "v2", "x", ["AWSCURRENT", "AWSPENDING"]);
    const current = await unstick("shop/prod/signing-key", "--format", "json");
    assert.equal(current.code, 0);
    assert.equal((JSON.parse(current.stdout) as { version: null }).version, null);
    assert.deepEqual(moves(), []);
  });

  it("needs --yes where nobody can answer, and a yes on a terminal", async () => {
    stuck("shop/prod/signing-key");
    const unattended = await unstick("shop/prod/signing-key");
    assert.equal(unattended.code, 2);
    assert.match(unattended.stderr, /Version stuck .*add --yes/s);
    assert.deepEqual(moves(), []);
    const args = ["unstick", "shop/prod/signing-key", "--services", fixtureServices];
    const agreed = await platformOnTerminal(args, [{ expect: "Give version stuck up?" }, { send: "y" }], {
      env,
    });
    assert.equal(agreed.code, 0, agreed.screen);
    assert.equal(moves().length, 1);
  });
});
