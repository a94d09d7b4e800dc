import assert from "node:assert/strict";
import { DeleteSecretCommand } from "@aws-sdk/client-secrets-manager";
import { provided } from "../support/leftOut";
import { type Cloud, makeSecret, metadata, plugin, readValue, startCloud, urn } from "./support/cloud";

describe("restoreSecrets", function () {
  this.timeout(60_000);
  let cloud: Cloud;
  before(async function () {
    this.timeout(180_000);
    cloud = await provided(this, startCloud);
  });
  beforeEach(() => cloud.reset());
  after(() => cloud?.stop());

  interface Restored {
    readonly pending: { name: string; arn: string; deletionDate: string }[];
    readonly restored: { name: string; arn: string }[];
  }

  async function restore(args: Record<string, unknown>, preview = false): Promise<Restored> {
    const outcome = await plugin(cloud.configuration).restoreSecrets(args, preview);
    assert.ok("result" in outcome);
    return outcome.result as unknown as Restored;
  }

  async function makeDeleted(name: string): Promise<string> {
    const arn = await makeSecret(cloud, name, "kept");
    await cloud.secrets.send(new DeleteSecretCommand({ SecretId: arn, RecoveryWindowInDays: 7 }));
    return arn;
  }

  it("restores the named ones that are scheduled for deletion, and no others", async () => {
    const wanted = await makeDeleted("orders/prod/key");
    const other = await makeDeleted("billing/prod/key");
    await makeSecret(cloud, "orders/prod/live", "live");

    const names = ["orders/prod/key", "orders/prod/live", "orders/prod/new"];
    const { pending, restored } = await restore({ names, dryRun: false });
    assert.deepEqual(
      [pending, restored].map((list) => list.map(({ name, arn }) => [name, arn])),
      [[["orders/prod/key", wanted]], [["orders/prod/key", wanted]]],
    );
    assert.ok(Date.parse(pending[0]?.deletionDate ?? "") > Date.now());
    assert.equal(await readValue(cloud, wanted), "kept");
    await assert.rejects(readValue(cloud, other));
  });

  it("names again what a run restored that ended before the import, until the import is recorded", async () => {
    const arn = await makeDeleted("orders/prod/key");
    const names = ["orders/prod/key"];
    await restore({ names, dryRun: false });
    for (const preview of [true, false]) {
      const again = await restore({ names, dryRun: preview }, preview);
      assert.deepEqual(again, { pending: [], restored: [{ name: "orders/prod/key", arn }] });
    }

    // The engine makes it once the secret itself is in the state.
    const shape = { form: "string" };
    const { secretValue } = plugin(cloud.configuration);
    await secretValue.create(urn("SecretValue", "s"), { secretId: arn, shape, length: 32 }, false);
    assert.deepEqual(await restore({ names, dryRun: false }), { pending: [], restored: [] });
    assert.equal(await readValue(cloud, arn), "kept");
    assert.deepEqual((await metadata(cloud, arn)).tags, {});
  });

  for (const [what, dryRun, preview] of [
    ["a dry run", true, false],
    ["a preview", false, true],
  ] as const) {
    it(`only names them in ${what}`, async () => {
      const arn = await makeDeleted("orders/prod/key");
      const { pending, restored } = await restore({ names: ["orders/prod/key"], dryRun }, preview);
      assert.deepEqual(
        pending.map((secret) => secret.arn),
        [arn],
      );
      assert.deepEqual(restored, []);
      await assert.rejects(readValue(cloud, arn));
    });
  }

  it("looks through every page", async () => {
    const names = Array.from(
      { length: 230 },
      (_, index) => `orders/prod/key-${String(index).padStart(3, "0")}`,
    );
    for (const name of names) await makeSecret(cloud, name, "x");
    const last = names.at(-1) ?? "";
    await cloud.secrets.send(new DeleteSecretCommand({ SecretId: last, RecoveryWindowInDays: 7 }));
    const { pending } = await restore({ names, dryRun: true });
    assert.deepEqual(
      pending.map(({ name }) => name),
      [last],
    );
    assert.equal(cloud.proxy.calls.filter(({ action }) => action === "ListSecrets").length, 3);
  });

  it("calls nothing for no names", async () => {
    assert.deepEqual(await restore({ names: [], dryRun: false }), { pending: [], restored: [] });
    assert.deepEqual(cloud.proxy.calls, []);
  });

  it("reports everything wrong with its arguments", async () => {
    const outcome = await plugin(cloud.configuration).restoreSecrets({ names: [1], dryRun: "no" }, false);
    assert.ok("failures" in outcome);
    assert.deepEqual(
      outcome.failures.map(({ property }) => property),
      ["names", "dryRun"],
    );
  });
});
