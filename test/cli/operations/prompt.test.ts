import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import type { Plan } from "../../../model/plan/types";
import { inCloud } from "../../support/moto/inCloud";
import { type Account, type Cloud, startCloud } from "./support/cloud";
import { fixtureServices, planFrom, secretNamed } from "./support/plan";
import type { Environment } from "./support/platform";
import { platformOnTerminal, type Step } from "./support/terminal";

const item = "shop/prod/signing-key";

describe("platform set, on a terminal", function () {
  this.timeout(240_000);
  let plan: Plan;
  let cloud: Cloud;
  let security: Account;
  let env: Environment;
  before(() => {
    plan = planFrom();
  });
  inCloud(startCloud, (started) => (cloud = started));
  beforeEach(async () => {
    security = await cloud.account("security");
    env = await cloud.signedIn("security");
    await security.deploySecret(secretNamed(plan, item));
  });

  const canary = () => `canary${randomBytes(12).toString("hex")}`;
  const set = (steps: readonly Step[], ...flags: string[]) =>
    platformOnTerminal(["set", item, "--services", fixtureServices, ...flags], steps, { env });
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

  it("writes nothing after a no, which is what plain return says", async () => {
    const value = canary();
    const entered = [prompt, { send: `${value}\r` }, again] as const;
    const declined = await set([...entered, { send: `${value}\r` }, { expect: "Write it" }, { send: "\r" }]);
    assert.equal(declined.code, 1);
    assert.match(declined.screen, /not confirmed; nothing was changed/);
    assert.equal(await security.secretValue(item), "stand-in");
  });

  it("asks again after entries that differ, three times at most", async () => {
    const value = canary();
    const enter = (first: string, second: string): Step[] => [
      prompt,
      { send: `${first}\r` },
      again,
      { send: `${second}\r` },
    ];
    const differing = () => enter(canary(), canary());
    const given = await set([...differing(), ...differing(), ...enter(value, value)], "--yes");
    assert.equal(given.code, 0, given.screen);
    assert.equal(given.screen.split("The two entries differ").length, 3);
    assert.equal(await security.secretValue(item), value);
    const { code, screen } = await set([...differing(), ...differing(), ...differing()]);
    assert.equal(code, 1);
    assert.match(screen, /error: the two entries differed 3 times; nothing was written/);
    assert.doesNotMatch(screen, /canary/);
    assert.equal(await security.secretValue(item), value);
  });

  const login = "shop/prod/archive";
  const loginPrompt = { expect: "Password of archive at archive.example.com, for shop/prod/archive" };
  const setLogin = (steps: readonly Step[], ...flags: string[]) =>
    platformOnTerminal(["set", login, "--services", fixtureServices, ...flags], steps, { env });

  it("says of a login that has a value, before it is given another, what the database does not do", async () => {
    await security.deploySecret(secretNamed(plan, login));
    const told = "the database keeps its old password";
    const question = { expect: "Give its password now, for account 111111111111 (stack security)?" };
    const declined = await setLogin([{ expect: told }, question, { send: "n" }]);
    assert.equal(declined.code, 1);
    assert.match(declined.screen, /not confirmed; nothing was changed/);
    assert.doesNotMatch(declined.screen, /not shown/);
    const broken = await setLogin([question, { send: "y" }, loginPrompt, { send: "\u0003" }]);
    assert.equal(broken.code, 1);
    const unasked = await setLogin([{ expect: told }, loginPrompt, { send: "\u0004" }], "--yes");
    assert.doesNotMatch(unasked.screen, /Give its password/);
    const dry = await setLogin([{ expect: told }, { expect: "Nothing was written" }], "--dry-run");
    assert.equal(dry.code, 0);
    assert.equal(await security.secretValue(login), "stand-in");
  });

  it("asks for the first password of a login at once", async () => {
    await security.deploySecret(secretNamed(plan, login), "stand-in", true);
    const { screen } = await setLogin([loginPrompt, { send: "\u0003" }]);
    assert.doesNotMatch(screen, /keeps its old password/);
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
      { env },
    );
    assert.equal(code, 1);
    assert.doesNotMatch(screen, /not shown/);
  });
});
