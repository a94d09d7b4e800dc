import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { unsetTag } from "../../../model/values/tags";
import { inCloud } from "../../support/moto/inCloud";
import { type Account, type Cloud, startCloud } from "./support/cloud";
import { partnerServices } from "./support/plan";
import { type Environment, platform, type Ran } from "./support/platform";

describe("platform set, of a partner's credential", function () {
  this.timeout(240_000);
  let cloud: Cloud;
  let security: Account;
  let env: Environment;
  inCloud(startCloud, (started) => (cloud = started));
  beforeEach(async () => {
    security = await cloud.account("security");
    env = await cloud.signedIn("security");
  });

  const values: string[] = [];
  const canary = () => {
    const value = `canary${randomBytes(12).toString("hex")}`;
    values.push(value);
    return value;
  };
  const runs: Ran[] = [];
  const run = async (command: string, item: string, input: string, ...flags: string[]) => {
    const ran = await platform([command, item, "--services", partnerServices, ...flags], { env, input });
    runs.push(ran);
    return ran;
  };
  const set = (item: string, value: object, ...flags: string[]) =>
    run("set", item, JSON.stringify(value), ...flags);
  const puts = () => cloud.proxy.calls.filter(({ action }) => action.startsWith("Put"));

  afterEach(() => {
    const said = runs.map(({ argv, stdout, stderr }) => [...argv, stdout, stderr].join("\n")).join("\n");
    for (const value of values) assert.ok(!said.includes(value), "a value is where none may be");
    runs.length = 0;
    values.length = 0;
  });

  const client = () => ({
    consumerKey: canary(),
    consumerSecret: canary(),
    baseUri: "https://example.my.salesforce.com",
    appId: "0xABC123",
    consumerId: canary(),
  });

  it("stores all that the partner's page asks for, and takes the mark of a value never set off", async () => {
    await security.deploySecret({ name: "store/prod/crm" }, "stand-in", true);
    const value = client();
    const { code, stdout, stderr } = await set("store/prod/crm", value);
    assert.deepEqual({ code, stderr }, { code: 0, stderr: "" });
    assert.match(stdout, /npx platform rotate store\/prod\/crm replaces it at the partner/);
    assert.deepEqual(JSON.parse(await security.secretValue("store/prod/crm")), value);
    assert.ok(!(await security.secretTags("store/prod/crm")).includes(unsetTag));
  });

  it("refuses what lacks a field, has another, or has one in another form, and writes nothing", async () => {
    await security.deploySecret({ name: "store/prod/crm" }, "stand-in", true);
    const { consumerSecret, ...lacking } = client();
    const wrong = {
      ...lacking,
      baseUri: "https://example.my.salesforce.com/path",
      appId: "ABC",
      token: canary(),
    };
    assert.notEqual(consumerSecret, "");
    const { code, stdout, stderr } = await set("store/prod/crm", wrong);
    assert.deepEqual({ code, stdout }, { code: 1, stdout: "" });
    for (const said of [
      "the field consumerSecret is missing",
      "the field baseUri must be an address such as `https://example.my.salesforce.com`, without a path",
      "the field appId must be `0x` and letters or digits behind it",
      "1 field more than the manifest names",
    ])
      assert.ok(stderr.includes(said), stderr);
    assert.deepEqual(puts(), []);
    assert.equal(await security.secretValue("store/prod/crm"), "stand-in");
  });

  it("takes a passphrase where there is one", async () => {
    await security.deploySecret({ name: "store/prod/warehouse" }, "stand-in", true);
    const pair = { account: "org-account", user: "loader", privateKey: canary(), publicKey: canary() };
    assert.equal((await set("store/prod/warehouse", pair)).code, 0);
    assert.deepEqual(JSON.parse(await security.secretValue("store/prod/warehouse")), pair);
    const locked = { ...pair, passphrase: canary() };
    assert.equal((await set("store/prod/warehouse", locked, "--yes")).code, 0);
    assert.deepEqual(JSON.parse(await security.secretValue("store/prod/warehouse")), locked);
  });

  it("says beforehand that the partner keeps what it has", async () => {
    await security.deploySecret({ name: "store/prod/crm" }, JSON.stringify(client()));
    const { code, stdout } = await set("store/prod/crm", client(), "--dry-run");
    assert.equal(code, 0);
    assert.match(stdout, /has a value already, and Salesforce keeps what it has/);
  });

  it("comes before the first rotation", async () => {
    await security.deploySecret({ name: "store/prod/crm" }, "stand-in", true);
    const { code, stderr } = await run("rotate", "store/prod/crm", "", "--yes");
    assert.equal(code, 1);
    assert.match(stderr, /has no value yet.*npx platform set store\/prod\/crm/s);
    assert.equal(cloud.proxy.calls.filter(({ action }) => action === "RotateSecret").length, 0);
  });
});
