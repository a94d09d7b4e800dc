import assert from "node:assert/strict";
import type { ChildProcess } from "node:child_process";
import type { Plan } from "../../../model/plan/types";
import { databaseForm, formTagValue } from "../../../model/values/databaseForm";
import { databaseSecretValue } from "../../../model/values/databaseSecret";
import { formTag } from "../../../model/values/tags";
import { inCloud } from "../../support/moto/inCloud";
import { failing } from "../../support/moto/doubles";
import { type Cloud, startCloud } from "./support/cloud";
import { fixtureServices, planFrom } from "./support/plan";
import { type Environment, platform } from "./support/platform";
import { type OperationsDouble, startOperationsDouble } from "./support/secretsManager";
import { platformOnTerminal } from "./support/terminal";

const dayMs = 86_400_000;

describe("platform rotate", function () {
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

  const rotate = (...args: string[]) => platform(["rotate", "--services", fixtureServices, ...args], { env });
  const current = (name: string) =>
    double.service.secrets.holder(double.service.secrets.find(name), "AWSCURRENT");
  const calls = (name: string) => cloud.proxy.calls.filter(({ action }) => action === name).length;

  it("starts one and waits until its version is current", async () => {
    double.create("shop/prod/signing-key");
    const before = current("shop/prod/signing-key")?.id;
    const { code, stdout } = await rotate("shop/prod/signing-key");
    const after = current("shop/prod/signing-key")?.id;
    assert.equal(code, 0);
    assert.notEqual(after, before);
    assert.match(
      stdout,
      new RegExp(`^shop/prod/signing-key was rotated in [\\d.]+ s: version ${after} is current$`, "m"),
    );
    assert.equal(calls("GetSecretValue"), 0);
  });

  it("goes on with an unfinished one", async () => {
    const secret = double.create("shop/prod/signing-key");
    double.service.secrets.put(secret, "unfinished", undefined, ["AWSPENDING"]);
    const { code, stdout } = await rotate("shop/prod/signing-key", "--format", "json");
    assert.equal(code, 0);
    assert.deepEqual(JSON.parse(stdout), {
      item: "shop/prod/signing-key",
      stack: "security",
      account: "111111111111",
      dryRun: false,
      version: "unfinished",
      finished: true,
      seconds: (JSON.parse(stdout) as { seconds: number }).seconds,
    });
  });

  it("tells of a login that it copies on though the manifest has changed, before and after", async () => {
    const secret = double.create("shop/prod/archive");
    const database = { host: "old.example.com", port: 5432, name: "archive", username: "archive" };
    const form = databaseForm((password) =>
      databaseSecretValue({ engine: "postgres", database, ssl: true }, password),
    );
    secret.tags[formTag] = formTagValue(form);
    const said =
      /Its value is not what the manifest says now in database\.host, .*npx platform set shop\/prod\/archive/;
    assert.match((await rotate("shop/prod/archive", "--dry-run")).stdout, said);
    const { code, stdout } = await rotate("shop/prod/archive");
    assert.equal(code, 0);
    assert.match(stdout, said);
    const json = JSON.parse((await rotate("shop/prod/archive", "--format", "json")).stdout) as {
      notes: string[];
    };
    assert.match(json.notes[0] ?? "", said);
  });

  it("says that one was given up, and where the reason stands", async () => {
    double.create("shop/prod/ledger");
    double.functionOf =
      (secret) =>
      ({ Step, ClientRequestToken: token }) => {
        if (Step === "createSecret") return Promise.resolve();
        // Late enough to have been seen pending.
        setTimeout(() => double.service.secrets.move(secret, "AWSPENDING", undefined, token), 1500);
        return Promise.reject(new Error("no login"));
      };
    const { code, stderr } = await rotate("shop/prod/ledger");
    assert.equal(code, 1);
    assert.match(stderr, /was given up: version [0-9a-f-]+ is no longer pending/);
    assert.match(stderr, /aws logs tail \/aws\/lambda\/rotation-prod-postgres --since 1h --region eu-west-1/);
  });

  it("with --wait 0 only starts it; in a dry run not even that", async () => {
    double.create("shop/prod/signing-key");
    const dry = await rotate("shop/prod/signing-key", "--dry-run");
    assert.match(dry.stdout, /gets a new version from arn:.*rotation-prod-generated.*Nothing was rotated/s);
    assert.equal(calls("RotateSecret"), 0);
    const { code, stdout } = await rotate("shop/prod/signing-key", "--wait", "0");
    assert.equal(code, 0);
    assert.match(stdout, /has begun \(version .*platform status tells how it ends/);
    assert.equal(calls("RotateSecret"), 1);
  });

  it("refuses what cannot be rotated, and says why", async () => {
    const unset = double.create("shop/prod/ledger");
    unset.tags["platform:unset"] = "true";
    double.create("shop/prod/vault", { rotationEnabled: false });
    double.create("shop/prod/old-key").rotationFunction =
      "arn:aws:lambda:eu-west-1:111111111111:function:mine";
    for (const [name, code, expected] of [
      ["shop/prod/ledger", 1, /has no value yet.*npx platform set shop\/prod\/ledger/],
      ["shop/prod/vault", 1, /switched off: pulumi up --refresh --stack security/],
      [
        "shop/prod/old-key",
        1,
        /is rotated by arn:\S+:function:mine, and the manifest names arn:\S+:rotation-prod-generated: a rotation would hand the value/,
      ],
      ["shop/prod/archive", 1, /not in account .* yet.*pulumi up --refresh --stack security/],
      ["shop/prod/partner-token", 1, /is a parameter, and only secrets are rotated/],
      ["shop/prod/log-level", 1, /its value stands in .*shop\.yaml:\d+/],
      ["shop/prod/warehouse", 1, /rotated by the database service itself .*rotate-master-user-password/],
      ["shop/prod/nothing", 2, /no manifest has shop\/prod\/nothing/],
    ] as const) {
      const ran = await rotate(name);
      assert.equal(ran.code, code);
      assert.match(ran.stderr, expected);
    }
    assert.equal(calls("RotateSecret"), 0);
  });

  it("takes a secret or --all-overdue", async () => {
    for (const args of [[], ["shop/prod/vault", "--all-overdue"], ["shop/prod/vault", "--wait", "soon"]]) {
      assert.equal((await rotate(...args)).code, 2);
    }
  });

  it("asks on a terminal", async () => {
    double.create("shop/prod/signing-key");
    const args = ["rotate", "shop/prod/signing-key", "--services", fixtureServices];
    const question = { expect: "Rotate shop/prod/signing-key?" };
    const declined = await platformOnTerminal(args, [question, { send: "n" }], { env });
    assert.equal(declined.code, 1);
    assert.equal(calls("RotateSecret"), 0);
    const agreed = await platformOnTerminal(args, [question, { send: "y" }], { env });
    assert.equal(agreed.code, 0, agreed.screen);
    assert.equal(calls("RotateSecret"), 1);
  });

  /** Once a rotation is under way. */
  function interruptWhile(child: ChildProcess, signal: NodeJS.Signals) {
    const look = setInterval(() => {
      if (calls("RotateSecret") === 0) return;
      clearInterval(look);
      child.kill(signal);
    }, 20);
    child.once("close", () => clearInterval(look));
  }

  it("says in a dry run of a stuck one that it goes on with that version", async () => {
    const secret = double.create("shop/prod/signing-key", { lastRotated: Date.now() - dayMs });
    double.service.secrets.put(secret, "stuck", "x", ["AWSPENDING"]);
    const { code, stdout } = await platform(
      ["rotate", "shop/prod/signing-key", "--services", fixtureServices, "--dry-run"],
      { env },
    );
    assert.equal(code, 0);
    assert.match(
      stdout,
      /^Version stuck of an unfinished rotation of shop\/prod\/signing-key .* is gone on with by arn:/,
    );
    assert.doesNotMatch(stdout, /gets a new version/);
    assert.match(stdout, /npx platform unstick shop\/prod\/signing-key/);
    assert.equal(calls("RotateSecret"), 0);
  });

  it("is no success where it was interrupted, and says that the rotation goes on", async () => {
    double.create("shop/prod/signing-key", { lastRotated: Date.now() - dayMs });
    double.functionOf = () => () => new Promise(() => {});
    const { code, stdout } = await platform(
      ["rotate", "shop/prod/signing-key", "--services", fixtureServices, "--yes"],
      { env, started: (child) => interruptWhile(child, "SIGINT") },
    );
    assert.equal(code, 1);
    assert.match(stdout, /has begun \(version .*\); npx platform status tells how it ends/);
    assert.match(stdout, /broken off: it was not waited for, and goes on by itself/);
  });

  describe("--all-overdue", () => {
    let plan: Plan;
    before(() => (plan = planFrom()));
    const overdue = { lastRotated: Date.now() - 40 * dayMs, next: Date.now() - 5 * dayMs };
    const due = { lastRotated: Date.now() - 5 * dayMs, next: Date.now() + 5 * dayMs };

    it("rotates what is overdue and nothing else, and nothing the second time", async () => {
      for (const { name } of plan.secrets) double.create(name, name.startsWith("shop/prod/") ? overdue : due);
      double.service.secrets.find("shop/prod/ledger").tags["platform:unset"] = "true";
      const { code, stdout } = await rotate("--all-overdue", "--yes");
      assert.equal(code, 0, stdout);
      assert.equal(stdout, "6 rotated\n");
      assert.equal(calls("RotateSecret"), 6);
      const again = await rotate("--all-overdue", "--yes");
      assert.equal(again.stdout, "no rotation is overdue in account 111111111111\n");
      assert.equal(calls("RotateSecret"), 6);
    });

    it("needs --yes where nobody can answer, and shows what it would do", async () => {
      double.create("shop/prod/signing-key", overdue);
      const refused = await rotate("--all-overdue");
      assert.equal(refused.code, 2);
      assert.match(refused.stderr, /shop\/prod\/signing-key\n.*add --yes to do it, or --dry-run/);
      const dry = await rotate("--all-overdue", "--dry-run");
      assert.equal(dry.code, 0);
      assert.match(
        dry.stdout,
        /Overdue in account 111111111111:\n {2}shop\/prod\/signing-key\nNothing was rotated/,
      );
      assert.equal(calls("RotateSecret"), 0);
    });

    it("goes on after one that fails, says which and why, and ends with 1", async () => {
      double.create("shop/prod/signing-key", overdue);
      double.create("shop/prod/session", overdue);
      cloud.proxy.forget();
      cloud.proxy.use(
        {
          name: "a function that is not there",
          before: ({ action, body }) =>
            action === "RotateSecret" && String(body.SecretId).includes("session")
              ? failing(action, "ResourceNotFoundException", {
                  message: "Function not found: shop-renew-session",
                }).before?.({ action, body })
              : undefined,
        },
        double,
      );
      const { code, stdout } = await rotate("--all-overdue", "--yes");
      assert.equal(code, 1);
      assert.match(stdout, /^1 rotated, 1 failed$/m);
      assert.match(stdout, /shop\/prod\/session failed: secretsmanager:RotateSecret on .*Function not found/);
      assert.match(stdout, /Run the same command again/);
    });

    it("begins nothing more once it is interrupted, and says what became of each", async () => {
      for (const { name } of plan.secrets) double.create(name, overdue);
      double.functionOf = () => () => new Promise(() => {});
      const { code, stdout } = await platform(
        ["rotate", "--services", fixtureServices, "--all-overdue", "--yes", "--format", "json"],
        {
          env,
          started: (child) => {
            const look = setInterval(() => {
              if (calls("RotateSecret") < 10) return;
              clearInterval(look);
              child.kill("SIGINT");
            }, 20);
          },
        },
      );
      assert.equal(code, 1);
      const { results } = JSON.parse(stdout) as { results: { result: string }[] };
      const amount = (wanted: string) => results.filter(({ result }) => result === wanted).length;
      assert.deepEqual([amount("started"), amount("not begun")], [10, plan.secrets.length - 10]);
      assert.equal(calls("RotateSecret"), 10);
    });

    it("is no success, and names what it did not wait for, however little that is", async () => {
      for (const { name } of plan.secrets)
        double.create(name, name === plan.secrets[0]?.name ? overdue : due);
      double.functionOf = () => () => new Promise(() => {});
      for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
        cloud.proxy.forget();
        cloud.proxy.use(double);
        const { code, stdout } = await platform(
          ["rotate", "--services", fixtureServices, "--all-overdue", "--yes"],
          { env, started: (child) => interruptWhile(child, signal) },
        );
        assert.equal(code, 1, signal);
        assert.match(stdout, /^1 started$/m);
        assert.match(
          stdout,
          new RegExp(`^ {2}${plan.secrets[0]?.name} started: broken off: .*status tells how`, "m"),
        );
      }
    });

    it("stops at once when it may not", async () => {
      for (const { name } of plan.secrets) double.create(name, overdue);
      cloud.proxy.forget();
      cloud.proxy.use(failing("RotateSecret", "AccessDeniedException", { times: Infinity }), double);
      const { code, stdout } = await rotate("--all-overdue", "--yes", "--format", "json");
      assert.equal(code, 1);
      const { results } = JSON.parse(stdout) as { results: { result: string }[] };
      assert.equal(results.length, plan.secrets.length);
      assert.deepEqual([...new Set(results.map(({ result }) => result))].sort(), ["failed", "not begun"]);
    });
  });
});
