import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import type { Plan } from "../../../model/plan/types";
import { provided } from "../../support/leftOut";
import { type Account, type Cloud, startCloud } from "./support/cloud";
import { fixtureServices, planFrom, secretNamed } from "./support/plan";
import type { Environment } from "./support/platform";
import { platformOnTerminal, type Step } from "./support/terminal";

const item = "shop/prod/signing-key";

describe("platform set, on a terminal", function () {
  this.timeout(60_000);
  let plan: Plan;
  let cloud: Cloud;
  let security: Account;
  let env: Environment;
  before(async function () {
    this.timeout(180_000);
    plan = planFrom();
    cloud = await provided(this, startCloud);
  });
  beforeEach(async () => {
    await cloud.reset();
    security = await cloud.account("security");
    env = await cloud.signedIn("security");
    await security.deploySecret(secretNamed(plan, item));
  });
  after(() => cloud?.stop());

  const canary = () => `canary${randomBytes(12).toString("hex")}`;
  const set = (steps: readonly Step[], ...flags: string[]) =>
    platformOnTerminal(["set", item, "--services", fixtureServices, ...flags], steps, env);
  const prompt = { expect: "Value of shop/prod/signing-key (not shown)" };
  const again = { expect: "Once more" };

  it("asks twice without showing it or its length, shows what it will do, and writes after a yes", async () => {
    const value = canary();
    const { code, screen } = await set([
      prompt,
      { send: `${value}\r` },
      again,
      { send: `${value}\r` },
      { expect: "the next rotation replaces what you give" },
      { expect: "Write it to account 111111111111?" },
      { send: "y" },
    ]);
    assert.equal(code, 0, screen);
    assert.match(screen, /has its new value/);
    assert.equal(await security.secretValue(item), value);
    assert.ok(!screen.includes(value) && !screen.includes(value.slice(0, 8)), "the value is on the screen");
    const typed = screen.slice(screen.indexOf("(not shown)"), screen.indexOf("Once more"));
    assert.doesNotMatch(typed, /[•*▪]/);
  });

  it("writes nothing after a no, which is what plain return says, and after entries that differ", async () => {
    const value = canary();
    const entered = [prompt, { send: `${value}\r` }, again] as const;
    const declined = await set([...entered, { send: `${value}\r` }, { expect: "Write it" }, { send: "\r" }]);
    assert.equal(declined.code, 1);
    assert.match(declined.screen, /not confirmed; nothing was changed/);
    const differing = await set([...entered, { send: `${canary()}\r` }]);
    assert.equal(differing.code, 1);
    assert.match(differing.screen, /the two entries differ; nothing was written/);
    assert.equal(await security.secretValue(item), "stand-in");
  });

  it("does not ask for confirmation with --yes, and nothing at all in a dry run", async () => {
    const value = canary();
    const entered = [prompt, { send: `${value}\r` }, again, { send: `${value}\r` }];
    assert.equal((await set(entered, "--yes")).code, 0);
    assert.equal(await security.secretValue(item), value);
    const dry = await set([], "--dry-run");
    assert.equal(dry.code, 0);
    assert.match(dry.screen, /Nothing was written/);
  });

  it("is broken off by Ctrl-C", async () => {
    const { code, screen } = await set([prompt, { send: "abc\u0003" }]);
    assert.equal(code, 1);
    assert.match(screen, /broken off; nothing was written/);
    assert.equal(await security.secretValue(item), "stand-in");
  });

  it("refuses several lines and tabs, which a prompt loses, and leaves none of them to the shell", async () => {
    // A terminal passes the line ends of a pasted text on as returns.
    const lines = `${canary()}\r${canary()}\r${canary()}\r`;
    for (const pasted of [
      lines,
      `${canary()}\t${canary()}\r`,
      lines.repeat(200),
      `${canary()}\n${canary()}\r`,
    ]) {
      const { code, screen } = await set([prompt, { send: pasted }]);
      assert.equal(code, 1);
      assert.match(screen, /several lines or a tab came in.*standard input/s);
      assert.doesNotMatch(screen, /canary|LEFT BEHIND/);
    }
    assert.equal(await security.secretValue(item), "stand-in");
  });

  it("looks at the item before it asks", async () => {
    const { code, screen } = await platformOnTerminal(
      ["set", "shop/prod/vault", "--services", fixtureServices],
      [{ expect: "not in account" }],
      env,
    );
    assert.equal(code, 1);
    assert.doesNotMatch(screen, /not shown/);
  });
});
