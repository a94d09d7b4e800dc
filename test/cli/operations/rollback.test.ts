import assert from "node:assert/strict";
import { rollbackWay } from "../../../cli/rollback/way";
import { databaseForm, formSince, formTagValue } from "../../../model/values/databaseForm";
import { databaseSecretValue } from "../../../model/values/databaseSecret";
import { formTag } from "../../../model/values/tags";
import { firstVersionId } from "../../../model/values/firstVersion";
import type { StoredSecret } from "../../functions/support/secrets";
import type { Cloud } from "./support/cloud";
import type { LambdaDouble } from "./support/lambda";
import { fixtureServices, planFrom, secretNamed } from "./support/plan";
import { type Environment, platform } from "./support/platform";
import { rotationCloud } from "./support/rotationCloud";
import type { OperationsDouble } from "./support/secretsManager";
import { platformOnTerminal } from "./support/terminal";

describe("platform rollback", function () {
  this.timeout(240_000);
  let cloud: Cloud;
  let double: OperationsDouble;
  let lambda: LambdaDouble;
  let env: Environment;
  rotationCloud((made) => ({ cloud, double, lambda, env } = made));

  const rollback = (...args: string[]) =>
    platform(["rollback", "--services", fixtureServices, "--yes", ...args], { env });
  const labels = (secret: StoredSecret) =>
    Object.fromEntries(secret.versions.map(({ id, stages }) => [id, [...stages].sort()]));
  const calls = (name: string) => cloud.proxy.calls.filter(({ action }) => action === name);

  /** A secret whose second version, `new`, is current and still carries AWSPENDING, as after a rotation. */
  function rotated(name: string, previous = "old"): StoredSecret {
    const secret = double.create(name);
    const { secrets } = double.service;
    secrets.put(secret, previous, "a", ["AWSCURRENT"]);
    secrets.put(secret, "new", "b", ["AWSPENDING"]);
    secrets.move(secret, "AWSCURRENT", "new", previous);
    secret.versions.shift();
    return secret;
  }

  it("does not bring back a login that is for another database than the current one", async () => {
    const secret = double.create("shop/prod/ledger");
    const { secrets } = double.service;
    const version = "1a2b3c4d-0000-4000-8000-000000000000";
    const form = databaseForm((password) =>
      databaseSecretValue(
        { engine: "postgres", database: { host: "h", port: 1, name: "n", username: "u" }, ssl: true },
        password,
      ),
    );
    secret.tags[formTag] = formTagValue(formSince(form, version));
    secrets.put(secret, version, "b", ["AWSCURRENT"]);
    const refused = await rollback("shop/prod/ledger");
    assert.equal(refused.code, 1);
    assert.match(
      refused.stderr,
      /is from before its `database` or strategy changed.*npx platform set shop\/prod\/ledger/,
    );
    assert.equal(calls("UpdateSecretVersionStage").length, 0);

    // Rotated since, the version before is of the same form; and so is the newer one, once rolled back.
    secrets.put(secret, "rotated", "c", ["AWSCURRENT"]);
    for (const current of [version, "rotated"]) {
      const { code, stderr } = await rollback("shop/prod/ledger");
      assert.equal(code, 0, stderr);
      assert.equal(secrets.holder(secret, "AWSCURRENT")?.id, current);
    }
  });

  it("goes its own way for each kind of secret", () => {
    const plan = planFrom();
    const way = (name: string) => rollbackWay(secretNamed(plan, `shop/prod/${name}`));
    assert.deepEqual(["signing-key", "vault", "session", "ledger", "ledger-admin", "archive"].map(way), [
      "move-label",
      "move-label",
      "move-label",
      "move-label",
      "restore-by-function",
      "rotate-forward",
    ]);
  });

  for (const name of ["signing-key", "ledger", "session"]) {
    it(`of ${name} moves the label with both versions named, and leaves nothing that blocks the next rotation`, async () => {
      const secret = rotated(`shop/prod/${name}`);
      const { code, stdout } = await rollback(`shop/prod/${name}`);
      assert.equal(code, 0);
      assert.match(stdout, /was rolled back: version old is current again, and new is AWSPREVIOUS/);
      assert.deepEqual(labels(secret), { old: ["AWSCURRENT"], new: ["AWSPREVIOUS"] });
      const [moved] = calls("UpdateSecretVersionStage");
      assert.deepEqual(moved?.body, {
        SecretId: secret.arn,
        VersionStage: "AWSCURRENT",
        RemoveFromVersionId: "new",
        MoveToVersionId: "old",
      });
      const next = await platform(["rotate", `shop/prod/${name}`, "--services", fixtureServices], { env });
      assert.equal(next.code, 0, next.stderr);
      assert.deepEqual(lambda.invocations, []);
    });
  }

  it("of a single user has the platform's function set the password back, and moves no label itself", async () => {
    const secret = rotated("shop/prod/ledger-admin");
    lambda.invoke = () => {
      double.service.secrets.move(secret, "AWSCURRENT", "old", "new");
      return Promise.resolve();
    };
    const { code, stdout } = await rollback("shop/prod/ledger-admin", "--format", "json");
    assert.equal(code, 0);
    assert.deepEqual(lambda.invocations, [
      {
        functionName: "arn:aws:lambda:eu-west-1:111111111111:function:rotation-prod-postgres",
        event: { Step: "restoreSecret", SecretId: secret.arn, ClientRequestToken: "old" },
      },
    ]);
    assert.equal(calls("UpdateSecretVersionStage").length, 0);
    assert.deepEqual(JSON.parse(stdout), {
      item: "shop/prod/ledger-admin",
      stack: "security",
      account: "111111111111",
      way: "restore-by-function",
      dryRun: false,
      from: "new",
      to: "old",
    });
  });

  it("tells what that function said, without its trace, and that a label did not move", async () => {
    rotated("shop/prod/ledger-admin");
    lambda.invoke = () =>
      Promise.reject(new Error("restoreSecret of shop/prod/ledger-admin: no known password logs in"));
    const failed = await rollback("shop/prod/ledger-admin");
    assert.equal(failed.code, 1);
    assert.match(
      failed.stderr,
      /was not rolled back: restoreSecret of .* no known password logs in; .*aws logs tail/,
    );
    assert.doesNotMatch(failed.stderr, /\n? +at /);
    lambda.invoke = () => Promise.resolve();
    const idle = await rollback("shop/prod/ledger-admin");
    assert.equal(idle.code, 1);
    assert.match(idle.stderr, /ended without an error, yet version new is current and not old/);
  });

  it("of a single user that AWS's function rotates rotates forward, and says why", async () => {
    const secret = rotated("shop/prod/archive");
    const dry = await rollback("shop/prod/archive", "--dry-run");
    assert.match(
      dry.stdout,
      /accepts no older password.*rotated forward instead.*hosted: platform.*Nothing was changed/s,
    );
    assert.equal(calls("RotateSecret").length, 0);
    const { code, stdout } = await rollback("shop/prod/archive");
    assert.equal(code, 0);
    assert.match(stdout, /was rotated instead: version .* is current/);
    assert.deepEqual(labels(secret)["old"], []);
    assert.deepEqual(lambda.invocations, []);
  });

  it("refuses where there is nothing to go back to, or a rotation would undo it", async () => {
    const { secrets } = double.service;
    const unset = rotated("shop/prod/ledger");
    unset.tags["platform:unset"] = "true";
    double.create("shop/prod/signing-key");
    secrets.put(rotated("shop/prod/vault"), "third", "c", ["AWSPENDING"]);
    const placeholder = rotated("shop/prod/ledger-admin");
    const [first] = placeholder.versions;
    Object.assign(first!, { id: firstVersionId(placeholder.arn) });
    for (const [name, expected] of [
      ["ledger", /has no value yet.*platform set/],
      ["signing-key", /no previous version.*platform set/],
      ["vault", /unfinished \(version third\), and would undo.*platform rotate .*platform unstick/],
      ["ledger-admin", /the stand-in it was deployed with, which has never logged in/],
      ["old-key", /not in account/],
      ["partner-token", /is a parameter, and only secrets are rolled back/],
      ["warehouse", /by the database service itself/],
    ] as const) {
      const { code, stdout, stderr } = await rollback(`shop/prod/${name}`);
      assert.deepEqual({ code, stdout }, { code: 1, stdout: "" });
      assert.match(stderr, expected);
    }
    assert.equal(calls("UpdateSecretVersionStage").length, 0);
  });

  it("needs --yes where nobody can answer, and a yes on a terminal", async () => {
    const secret = rotated("shop/prod/signing-key");
    const before = labels(secret);
    const args = ["rollback", "shop/prod/signing-key", "--services", fixtureServices];
    const unattended = await platform(args, { env });
    assert.equal(unattended.code, 2);
    assert.match(unattended.stderr, /goes from version new back to old\..*add --yes/s);
    const question = { expect: "Roll shop/prod/signing-key back?" };
    const declined = await platformOnTerminal(args, [question, { send: "\r" }], { env });
    assert.equal(declined.code, 1);
    assert.deepEqual(labels(secret), before);
    const agreed = await platformOnTerminal(args, [question, { send: "y" }], { env });
    assert.equal(agreed.code, 0, agreed.screen);
    assert.deepEqual(labels(secret)["old"], ["AWSCURRENT"]);
  });
});
