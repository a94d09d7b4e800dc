import assert from "node:assert/strict";
import type { ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { platformProgram } from "../../../cli/program";
import type { AwsDouble } from "../../support/moto/awsProxy";
import { provided } from "../../support/leftOut";
import { failing } from "../../support/moto/doubles";
import { answering } from "../audit/support/answers";
import { type Cloud, startCloud } from "./support/cloud";
import { fixtureServices } from "./support/plan";
import { type Environment, platform, type RunOptions } from "./support/platform";
import { type OperationsDouble, startOperationsDouble } from "./support/secretsManager";
import { platformOnTerminal } from "./support/terminal";

const dayMs = 86_400_000;
const key = "shop/prod/signing-key";
const login = "shop/prod/archive";
const consumer = "shop/prod/api";
const codes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
const nothing = "error: broken off; nothing was written\n";

/** Commands that wait for AWS, with the last call before they are interrupted. */
const waits: readonly (readonly [string, readonly string[], string])[] = [
  ["set", [key], ""],
  ["set", [key], "DescribeSecret"],
  ["status", [], "ListSecrets"],
  ["rotate", [key], "DescribeSecret"],
  ["rotate", ["--all-overdue", "--yes"], "ListSecrets"],
  ["rollback", [key, "--yes"], "DescribeSecret"],
  ["unstick", [login, "--yes"], "ListSecretVersionIds"],
  ["audit", ["--source", "lookup"], "LookupEvents"],
  ["refs", [consumer, "--deployed"], ""],
  ["access", ["--live"], ""],
];

/** Commands that wait for nothing, or for a terminal alone. */
const withoutWait = ["check", "describe", "explain", "new", "schema", "organisation-policy"];

describe("a command that is interrupted between questions", function () {
  this.timeout(300_000);
  let cloud: Cloud;
  let double: OperationsDouble;
  let env: Environment;
  before(async function () {
    cloud = await provided(this, startCloud);
  });
  beforeEach(async () => {
    await cloud.reset();
    double = await startOperationsDouble();
    env = await cloud.signedIn("security");
    const overdue = { lastRotated: Date.now() - 40 * dayMs, next: Date.now() - 5 * dayMs };
    for (const name of [key, login]) {
      const secret = double.create(name, overdue);
      for (const id of ["v1", "v2"]) double.service.secrets.put(secret, id, id, ["AWSCURRENT"]);
      if (name === login) double.service.secrets.put(secret, "stuck", "x", ["AWSPENDING"]);
    }
  });
  afterEach(() => double?.close());
  after(() => cloud?.stop());

  /** An action that is answered when the test says so. */
  function held(wanted: string) {
    let answer = () => {};
    const answered = new Promise<void>((resolve) => (answer = resolve));
    const double: AwsDouble = {
      name: `${wanted} without an answer yet`,
      before: async ({ action }) => {
        if (action === wanted) await answered;
        return undefined;
      },
    };
    return { double, answer };
  }
  const calls = (wanted: string) => cloud.proxy.calls.filter(({ action }) => action === wanted).length;

  /** Does something about the process once `wanted` was called. */
  const onceCalled = (wanted: string, act: (child: ChildProcess) => void) => (child: ChildProcess) => {
    const look = setInterval(() => {
      if (calls(wanted) === 0) return;
      clearInterval(look);
      act(child);
    }, 20);
    child.once("close", () => clearInterval(look));
  };
  const run = (args: readonly string[], options: RunOptions = {}) =>
    platform([...args, "--services", fixtureServices], { env, ...options });

  it("has a case for each command", () => {
    const tried = new Set([...waits.map(([command]) => command), ...withoutWait]);
    assert.deepEqual(
      platformProgram()
        .commands.map((command) => command.name())
        .sort(),
      [...tried].sort(),
    );
  });

  for (const [command, args, action] of waits) {
    it(`has written nothing while it waits for AWS: ${command} ${args.join(" ")}, ${action || "who calls"}`, async () => {
      for (const signal of Object.keys(codes) as (keyof typeof codes)[]) {
        cloud.proxy.forget();
        const wait = held(action);
        cloud.proxy.use(wait.double, double);
        const started = onceCalled(action, (child) => child.kill(signal));
        const { code, stdout, stderr } = await run([command, ...args], { started, input: "canary" });
        wait.answer();
        assert.deepEqual({ code, stdout, stderr }, { code: codes[signal], stdout: "", stderr: nothing });
      }
    });
  }

  it("has built nothing while it checks, or decides who can read what", async () => {
    for (const [command, shown] of [
      ["check", "reading manifests"],
      ["check", "building security"],
      ["check", "building prod"],
      ["access", "building prod"],
    ] as const) {
      const steps = [{ expect: shown }, { signal: "SIGINT" }] as const;
      const { code, screen } = await platformOnTerminal([command, "--services", fixtureServices], steps);
      assert.equal(code, 130, screen);
      assert.match(screen, /error: broken off; nothing was written\r\n$/);
    }
  });

  it("has written nothing while it waits for standard input", async () => {
    const started = onceCalled("DescribeSecret", (child) => setTimeout(() => child.kill("SIGINT"), 500));
    cloud.proxy.use(double);
    const { code, stderr } = await run(["set", key], { started, input: "canary", inputStaysOpen: true });
    assert.equal(code, 130);
    assert.equal(stderr, nothing);
  });

  it("does not wait for what AWS may let through later", async () => {
    cloud.proxy.use(failing("DescribeSecret", "ThrottlingException", { times: Infinity }), double);
    const started = onceCalled("DescribeSecret", (child) => child.kill("SIGINT"));
    const { code, stdout } = await run(["unstick", login, "--yes", "--format", "json"], { started });
    assert.equal(code, 130);
    assert.deepEqual(JSON.parse(stdout), { error: { message: "broken off; nothing was written" } });
  });

  it("gets the answer to a change first, and says what was done", async () => {
    const wait = held("UpdateSecretVersionStage");
    cloud.proxy.use(wait.double, double);
    const started = onceCalled("UpdateSecretVersionStage", (child) => {
      child.stderr?.once("data", wait.answer);
      child.kill("SIGINT");
    });
    const { code, stdout, stderr } = await run(["unstick", login, "--yes"], { started });
    assert.equal(code, 130);
    assert.equal(
      stderr,
      `waiting for the answer to secretsmanager:UpdateSecretVersionStage on ${login}; once more ends at once\n`,
    );
    assert.match(stdout, /is no longer stuck: version stuck was given up/);
  });

  it("names what was done, and does nothing behind it", async () => {
    const wait = held("PutSecretValue");
    cloud.proxy.use(wait.double, double);
    const started = onceCalled("PutSecretValue", (child) => {
      child.stderr?.once("data", wait.answer);
      child.kill("SIGTERM");
    });
    const { code, stderr } = await run(["set", login], { started, input: "canary" });
    assert.equal(code, 143);
    assert.match(
      stderr,
      /\nerror: broken off after secretsmanager:PutSecretValue on shop\/prod\/archive; nothing else was done; the same command with --dry-run says what is left to do\n$/,
    );
    assert.equal(calls("UpdateSecretVersionStage"), 0);
    assert.doesNotMatch(stderr, /canary/);
  });

  it("ends at once when it is asked again, and names what had no answer", async () => {
    const wait = held("PutSecretValue");
    cloud.proxy.use(wait.double, double);
    const started = onceCalled("PutSecretValue", (child) => {
      child.kill("SIGINT");
      setTimeout(() => child.kill("SIGINT"), 1_500);
    });
    const { code, stderr } = await run(["set", key], { started, input: "canary" });
    wait.answer();
    assert.equal(code, 130);
    assert.match(
      stderr,
      /\nerror: broken off, while secretsmanager:PutSecretValue on shop\/prod\/signing-key had no answer, and so may be done or not; the same/,
    );
  });

  it("names the file from which an audit goes on", async () => {
    const folder = mkdtempSync(join(tmpdir(), "interrupted-"));
    const file = join(folder, "progress.json");
    const wait = held("GetQueryResults");
    cloud.proxy.use(
      wait.double,
      answering("StartQueryExecution", 200, { QueryExecutionId: "q1" }),
      answering("GetQueryExecution", 200, { QueryExecution: { Status: { State: "SUCCEEDED" } } }),
    );
    const started = onceCalled("GetQueryResults", (child) => child.kill("SIGINT"));
    const { code, stderr } = await run(["audit", "--source", "archive", "--resume", file], { started });
    wait.answer();
    assert.equal(code, 130);
    assert.match(
      stderr,
      /broken off after writing .*progress\.json; nothing else was done; the same command goes on from there/,
    );
    assert.match(readFileSync(file, "utf8"), /"q1"/);
    rmSync(folder, { recursive: true });
  });
});
