import assert from "node:assert/strict";
import type { ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { databaseForm, formTagValue, parseFormTag } from "../../../model/values/databaseForm";
import { databaseSecretValue } from "../../../model/values/databaseSecret";
import { formTag, unsetTag } from "../../../model/values/tags";
import type { StoredSecret } from "../../functions/support/secrets";
import { inCloud } from "../../support/moto/inCloud";
import type { AwsDouble } from "../../support/moto/awsProxy";
import { failing } from "../../support/moto/doubles";
import { type Cloud, startCloud } from "./support/cloud";
import { fixtureServices } from "./support/plan";
import { type Environment, platform, type Ran } from "./support/platform";
import {
  copyingFunction,
  type OperationsDouble,
  randomFunction,
  startOperationsDouble,
} from "./support/secretsManager";
import { platformOnTerminal } from "./support/terminal";

const archive = "shop/prod/archive";
const newHost = "archive.example.com";
const oldHost = "archive-1.example.com";

function formFor(host: string) {
  const database = { host, port: 5432, name: "archive", username: "archive" };
  return databaseForm((password) =>
    databaseSecretValue({ engine: "postgres", database, ssl: true }, password),
  );
}

function valueFor(host: string, password: string): string {
  const database = { host, port: 5432, name: "archive", username: "archive" };
  return JSON.stringify(databaseSecretValue({ engine: "postgres", database, ssl: true }, password));
}

/** The manifest's host is the new one; what is stored, and what a rotation left pending, are for the old one. */
describe("platform set of a login whose database has moved", function () {
  this.timeout(240_000);
  let cloud: Cloud;
  let double: OperationsDouble;
  let env: Environment;
  let secret: StoredSecret;
  let process: ChildProcess;
  const runs: Ran[] = [];
  const passwords: string[] = [];

  inCloud(startCloud, (started) => (cloud = started));
  beforeEach(async () => {
    double = await startOperationsDouble();
    cloud.proxy.use(double);
    double.functionOf = () => copyingFunction(double.service);
    env = await cloud.signedIn("security");
    secret = double.create(archive);
    secret.tags[formTag] = formTagValue(formFor(oldHost));
    double.service.secrets.put(secret, "old", valueFor(oldHost, canary()), ["AWSCURRENT"]);
    double.service.secrets.put(secret, "stuck", valueFor(oldHost, canary()), ["AWSPENDING"]);
  });
  afterEach(async () => {
    await double?.close();
    const said = runs.map(({ argv, stdout, stderr }) => [...argv, stdout, stderr].join("\n")).join("\n");
    const tags = Object.values(secret.tags).join("\n");
    for (const password of passwords) assert.ok(!said.includes(password) && !tags.includes(password));
    runs.length = passwords.length = 0;
  });

  function canary(): string {
    const password = `canary${randomBytes(12).toString("hex")}`;
    passwords.push(password);
    return password;
  }

  async function run(args: readonly string[], input = "") {
    const started = (child: ChildProcess) => (process = child);
    const ran = await platform([...args, "--services", fixtureServices], { env, input, started });
    runs.push(ran);
    return ran;
  }

  /** The double, and SIGKILL of the command right before or after one call takes effect in it. */
  function killed(when: "before" | "after", action: string): AwsDouble {
    return {
      name: `${double.name}, killed ${when} ${action}`,
      async before(call) {
        const isIt = call.action === action;
        const answer = isIt && when === "before" ? undefined : await double.before?.(call);
        if (isIt) process.kill("SIGKILL");
        return isIt ? "cut" : answer;
      },
    };
  }

  const done = async (args: readonly string[], input = "") => {
    const { code, stdout, stderr } = await run(args, input);
    assert.deepEqual([code, stderr], [0, ""]);
    return stdout;
  };
  const holder = (label: string) => double.service.secrets.holder(secret, label);
  const currentHost = () => (JSON.parse(holder("AWSCURRENT")?.value ?? "{}") as { host: string }).host;
  const noted = () => parseFormTag(secret.tags[formTag]);
  const writes = () =>
    cloud.proxy.calls.map(({ action }) => action).filter((action) => !/^(Describe|Get|$)/.test(action));

  it("gives the older pending version up, and notes what the value is for, in that order", async () => {
    const said = await done(["set", archive], canary());
    assert.match(said, /version stuck of an unfinished rotation was given up: it is older than this value/);
    assert.match(said, /it is for what the manifest says now: database\.host/);
    assert.deepEqual(writes(), ["PutSecretValue", "UpdateSecretVersionStage", "TagResource"]);
    assert.equal(holder("AWSPENDING"), undefined);
    assert.deepEqual(noted(), { ...formFor(newHost), since: holder("AWSCURRENT")?.id.slice(0, 8) });

    await done(["rotate", archive]);
    assert.equal(currentHost(), newHost);
  });

  it("takes the label of a rotation long done off as well: the next one would bring its version back", async () => {
    const { secrets } = double.service;
    const key = double.create("shop/prod/signing-key");
    double.functionOf = () => randomFunction(double.service);
    await done(["rotate", key.name]);
    const rotated = secrets.holder(key, "AWSCURRENT");
    assert.deepEqual([...(rotated?.stages ?? [])].sort(), ["AWSCURRENT", "AWSPENDING"]);
    cloud.proxy.forget();
    cloud.proxy.use(killed("after", "PutSecretValue"));
    assert.equal((await run(["set", key.name], canary())).code, null);
    assert.equal(secrets.holder(key, "AWSPENDING"), undefined);
    cloud.proxy.forget();
    cloud.proxy.use(double);
    const said = await done(["set", key.name], canary());
    assert.doesNotMatch(said, /given up/);
    assert.equal(secrets.holder(key, "AWSPENDING"), undefined);
    await done(["rotate", key.name]);
    assert.notEqual(secrets.holder(key, "AWSCURRENT")?.id, rotated?.id);
  });

  it("would otherwise have the old form come back with the next rotation", async () => {
    double.service.secrets.put(secret, "new", valueFor(newHost, canary()), ["AWSCURRENT"]);
    await done(["rotate", archive]);
    assert.equal(currentHost(), oldHost);
  });

  it("tells before it writes, in a dry run and on a terminal", async () => {
    const dry = await done(["set", archive, "--dry-run"]);
    assert.match(dry, /Version stuck of an unfinished rotation is given up: it is older/);
    assert.match(dry, /that version may hold the one that does/);
    assert.deepEqual(writes(), []);
    const password = canary();
    const { screen, code } = await platformOnTerminal(
      ["set", archive, "--services", fixtureServices],
      [
        { expect: "Give its password now, for account 111111111111 (stack security)?" },
        { send: "y" },
        { expect: "Password of archive at archive.example.com, for shop/prod/archive" },
        { send: `${password}\r` },
        { expect: "Once more" },
        { send: `${password}\r` },
        { expect: "Version stuck of an unfinished rotation is given up" },
        { expect: "Write it to account 111111111111?" },
        { send: "n" },
      ],
      { env },
    );
    assert.equal(code, 1, screen);
    assert.deepEqual(writes(), []);
  });

  const actions = ["PutSecretValue", "UpdateSecretVersionStage", "TagResource", "UntagResource"];
  for (const action of actions) {
    for (const when of ["before", "after"] as const) {
      it(`broken off ${when} ${action} leaves nothing worse, and once more fixes it`, async () => {
        secret.tags[unsetTag] = "true";
        cloud.proxy.forget();
        cloud.proxy.use(killed(when, action));
        const broken = await run(["set", archive], canary());
        assert.equal(broken.code, null);
        const isForNew = currentHost() === newHost;
        const isNotedNew = noted()?.fields["host"] === formFor(newHost).fields["host"];
        // A value that is not noted waits; a note without its value, or with a pending version beside it, would not.
        if (isNotedNew) assert.ok(isForNew && holder("AWSPENDING") === undefined);
        if (!isForNew) assert.equal(holder("AWSPENDING")?.id, "stuck");
        if (action !== "UntagResource" || when === "before") assert.ok(unsetTag in secret.tags);

        cloud.proxy.forget();
        cloud.proxy.use(double);
        await done(["set", archive], canary());
        assert.equal(currentHost(), newHost);
        assert.equal(holder("AWSPENDING"), undefined);
        assert.deepEqual(noted()?.fields, formFor(newHost).fields);
        assert.ok(!(unsetTag in secret.tags));
      });
    }
  }

  it("writes nothing over a rotation that begins between the look and the write", async () => {
    let looks = 0;
    cloud.proxy.forget();
    cloud.proxy.use(
      {
        name: "a rotation that begins in between",
        before({ action }) {
          if (action !== "DescribeSecret" || ++looks !== 2) return undefined;
          double.service.secrets.move(secret, "AWSPENDING", undefined, "stuck");
          double.service.secrets.put(secret, "begun", undefined, ["AWSPENDING"]);
          return undefined;
        },
      },
      double,
    );
    const { code, stderr } = await run(["set", archive], canary());
    assert.equal(code, 1);
    assert.match(stderr, /has begun in the meantime \(version begun\); nothing was written/);
    assert.deepEqual(writes(), []);
  });

  it("says so when the rotation ends in the very moment of the write, and notes nothing", async () => {
    cloud.proxy.forget();
    cloud.proxy.use(
      {
        name: "a rotation that ends in between",
        before({ action }) {
          if (action !== "UpdateSecretVersionStage") return undefined;
          double.service.secrets.move(secret, "AWSCURRENT", "stuck", holder("AWSCURRENT")?.id);
          double.service.secrets.move(secret, "AWSPENDING", undefined, "stuck");
          return undefined;
        },
      },
      double,
    );
    const { code, stderr } = await run(["set", archive], canary());
    assert.equal(code, 1);
    assert.match(
      stderr,
      /ended in this very moment, and its version stuck is current instead.*set the same value once more/,
    );
    assert.deepEqual(noted(), formFor(oldHost));
  });

  it("says that the value is there where the note may not be written", async () => {
    cloud.proxy.forget();
    cloud.proxy.use(failing("TagResource", "AccessDeniedException", { times: 99 }), double);
    const { code, stderr } = await run(["set", archive], canary());
    assert.equal(code, 1);
    assert.match(
      stderr,
      /shop\/prod\/archive has its value \(version [0-9a-f-]+\), but what follows it was not done: .*TagResource/,
    );
  });

  it("writes no note where nothing has changed", async () => {
    const before = formTagValue({ ...formFor(newHost), since: "1a2b3c4d" });
    secret.tags[formTag] = before;
    await done(["set", archive], canary());
    assert.equal(secret.tags[formTag], before);
    assert.ok(!writes().includes("TagResource"));
  });

  it("claims nothing of versions before the first note", async () => {
    delete secret.tags[formTag];
    await done(["set", archive], canary());
    assert.deepEqual(noted(), formFor(newHost));
  });
});
