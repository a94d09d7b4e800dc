import assert from "node:assert/strict";
import {
  DeleteSecretCommand,
  GetResourcePolicyCommand,
  PutResourcePolicyCommand,
  RestoreSecretCommand,
  TagResourceCommand,
  UpdateSecretCommand,
} from "@aws-sdk/client-secrets-manager";
import { managedByTag, managedByValue, restoredTag } from "../../model/values/tags";
import { inCloud } from "../support/moto/inCloud";
import { awsError } from "../support/moto/doubles";
import {
  type Cloud,
  keyArn,
  makeSecret,
  metadata,
  ours,
  plugin,
  readValue,
  startCloud,
  urn,
} from "./support/cloud";

describe("restoreSecrets", function () {
  this.timeout(240_000);
  let cloud: Cloud;
  inCloud(startCloud, (started) => (cloud = started));

  interface Restored {
    readonly pending: { name: string; arn: string; deletionDate: string }[];
    readonly restored: { name: string; arn: string }[];
    readonly refused?: { name: string; arn: string; deletionDate?: string; reasons: string[] }[];
  }

  async function restore(
    { names, ...args }: Record<string, unknown> & { names: readonly string[] },
    preview = false,
  ): Promise<Restored> {
    const keyArns = Object.fromEntries(names.map((name) => [name, [keyArn]]));
    const outcome = await plugin(cloud.configuration).restoreSecrets({ names, keyArns, ...args }, preview);
    assert.ok("result" in outcome);
    return outcome.result as unknown as Restored;
  }

  async function makeDeleted(
    name: string,
    settings: Parameters<typeof makeSecret>[3] = ours,
  ): Promise<string> {
    const arn = await makeSecret(cloud, name, "kept", settings);
    await remove(arn);
    return arn;
  }

  const remove = (arn: string) =>
    cloud.secrets.send(new DeleteSecretCommand({ SecretId: arn, RecoveryWindowInDays: 7 }));

  const policyOf = async (arn: string) =>
    JSON.parse(
      (await cloud.secrets.send(new GetResourcePolicyCommand({ SecretId: arn }))).ResourcePolicy ?? "{}",
    ) as { Statement?: Record<string, unknown>[] };

  it("restores the named ones that are scheduled for deletion, and no others", async () => {
    const wanted = await makeDeleted("orders/prod/key");
    const other = await makeDeleted("billing/prod/key");
    await makeSecret(cloud, "orders/prod/live", "live", ours);

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
    assert.deepEqual((await metadata(cloud, arn)).tags, { [managedByTag]: managedByValue });
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
    for (const name of names) await makeSecret(cloud, name, "x", ours);
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
    for (const keyArns of [undefined, [keyArn], { "orders/prod/key": keyArn }, { "orders/prod/key": [1] }]) {
      const args = { names: [1], keyArns, dryRun: "no" };
      const outcome = await plugin(cloud.configuration).restoreSecrets(args, false);
      assert.ok("problems" in outcome);
      assert.deepEqual(
        outcome.problems.map(({ property }) => property),
        ["names", ...(keyArns === undefined ? [] : ["keyArns"]), "dryRun"],
      );
    }
  });

  describe("asks who made it", () => {
    const name = "orders/prod/key";
    const otherKey = keyArn.replace("1234abcd", "ffffffff");
    const noTag = "it lacks the tag platform:managed-by=secrets-platform";
    const foreign: [what: string, settings: Parameters<typeof makeSecret>[3], reasons: string[]][] = [
      ["without the tag", { kmsKeyId: keyArn }, [noTag]],
      [
        "with another value of the tag",
        { kmsKeyId: keyArn, tags: { [managedByTag]: "somebody" } },
        [`${noTag} (found somebody)`],
      ],
      [
        "with the program's other tags",
        { kmsKeyId: keyArn, tags: { service: "orders", environment: "prod", [restoredTag]: "true" } },
        [noTag],
      ],
      [
        "under another key",
        { ...ours, kmsKeyId: otherKey },
        [`it is under ${otherKey}, and not under a key of this environment`],
      ],
      [
        "under AWS's own key",
        { tags: ours.tags },
        ["it is under AWS's own key, and not under a key of this environment"],
      ],
      ["with neither", {}, [noTag, "it is under AWS's own key, and not under a key of this environment"]],
    ];
    for (const [what, settings, reasons] of foreign) {
      for (const [when, dryRun, preview] of [
        ["an update", false, false],
        ["a preview", false, true],
        ["a dry run", true, false],
      ] as const) {
        it(`refuses one ${what} in ${when}, and restores nothing beside it`, async () => {
          const arn = await makeDeleted(name, settings);
          const own = await makeDeleted("orders/prod/own");
          cloud.proxy.forget();
          const outcome = await restore({ names: [name, "orders/prod/own"], dryRun }, preview);
          assert.deepEqual(outcome.restored, []);
          assert.deepEqual(
            outcome.refused?.map((each) => ({ ...each, deletionDate: undefined })),
            [{ name, arn, deletionDate: undefined, reasons }],
          );
          assert.ok(Date.parse(outcome.refused?.[0]?.deletionDate ?? "") > Date.now());
          for (const each of [arn, own]) await assert.rejects(readValue(cloud, each));
          const sent = cloud.proxy.calls.map(({ action }) => action).filter((action) => action !== "");
          assert.deepEqual(new Set(sent), new Set(["ListSecrets", "DescribeSecret"]));
        });
      }
    }

    it("also of one whose mark says that it was restored", async () => {
      const arn = await makeSecret(cloud, name, "theirs", {
        kmsKeyId: keyArn,
        tags: { [restoredTag]: "true" },
      });
      const { restored, refused } = await restore({ names: [name], dryRun: false });
      assert.deepEqual(restored, []);
      assert.deepEqual(refused, [{ name, arn, reasons: [noTag] }]);
    });

    it("until somebody who knows it has restored, encrypted and tagged it by hand", async () => {
      const arn = await makeDeleted(name, {});
      await cloud.secrets.send(new RestoreSecretCommand({ SecretId: arn }));
      await cloud.secrets.send(new UpdateSecretCommand({ SecretId: arn, KmsKeyId: keyArn }));
      const Tags = [
        { Key: managedByTag, Value: managedByValue },
        { Key: restoredTag, Value: "true" },
      ];
      await cloud.secrets.send(new TagResourceCommand({ SecretId: arn, Tags }));
      const taken = await restore({ names: [name], dryRun: false });
      assert.deepEqual(taken, { pending: [], restored: [{ name, arn }] });
      assert.equal(await readValue(cloud, arn), "kept");
    });

    it("and trusts no key where the program knows none", async () => {
      await makeDeleted(name);
      for (const keyArns of [{}, { [name]: [] }, undefined]) {
        const { restored, refused } = await restore({ names: [name], keyArns, dryRun: false });
        assert.deepEqual([restored, refused?.length], [[], 1]);
      }
    });

    it("knows a key by its id as well, as AWS may tell it", async () => {
      const arn = await makeDeleted(name, { ...ours, kmsKeyId: keyArn.split("/")[1] ?? "" });
      assert.deepEqual((await restore({ names: [name], dryRun: false })).restored, [{ name, arn }]);
    });

    it("by what a look at it says, as lists lag behind", async () => {
      const arn = await makeDeleted(name);
      const lagging = {
        name: "a list of what was",
        after: ({ action }: { action: string }, answer: { status: number; body: string }) =>
          action === "ListSecrets" ? { ...answer, body: answer.body.replace(managedByTag, "stale") } : answer,
      };
      cloud.proxy.use(lagging);
      assert.deepEqual((await restore({ names: [name], dryRun: true })).refused, undefined);

      // Restored by hand since: taken over as it is, and not restored again.
      cloud.proxy.forget();
      const listed = await restore({ names: [name], dryRun: true });
      await cloud.secrets.send(new RestoreSecretCommand({ SecretId: arn }));
      cloud.proxy.use({
        name: "a list from before",
        before: ({ action }) =>
          action === "ListSecrets"
            ? {
                status: 200,
                body: JSON.stringify({
                  SecretList: [
                    { Name: name, ARN: arn, DeletedDate: Date.parse(listed.pending[0]!.deletionDate) / 1000 },
                  ],
                }),
              }
            : undefined,
      });
      const again = await restore({ names: [name], dryRun: false });
      assert.deepEqual(again, { pending: [], restored: [{ name, arn }] });
      assert.equal(cloud.proxy.calls.filter(({ action }) => action === "RestoreSecret").length, 0);

      cloud.proxy.use({
        name: "gone for good",
        before: ({ action }) =>
          action === "DescribeSecret" ? awsError("ResourceNotFoundException", "") : undefined,
      });
      assert.deepEqual(await restore({ names: [name], dryRun: true }), { pending: [], restored: [] });
    });
  });

  describe("lets nobody read it until its own policy is there", () => {
    const name = "orders/prod/key";
    const everybody = JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::999999999999:root" },
          Action: "secretsmanager:GetSecretValue",
          Resource: "*",
        },
      ],
    });

    it("whatever policy it had, and before anything else is done to it", async () => {
      const arn = await makeSecret(cloud, name, "kept", ours);
      await cloud.secrets.send(new PutResourcePolicyCommand({ SecretId: arn, ResourcePolicy: everybody }));
      await remove(arn);
      cloud.proxy.forget();
      await restore({ names: [name], dryRun: false });
      const { Statement } = await policyOf(arn);
      assert.deepEqual(Statement, [
        {
          Sid: "NobodyReadsYet",
          Effect: "Deny",
          Principal: { AWS: "*" },
          Action: "secretsmanager:GetSecretValue",
          Resource: "*",
        },
      ]);
      const sent = cloud.proxy.calls.map(({ action }) => action).filter((action) => action !== "");
      assert.deepEqual(sent, [
        "ListSecrets",
        "DescribeSecret",
        "RestoreSecret",
        "PutResourcePolicy",
        "TagResource",
        "DescribeSecret",
      ]);
      const put = cloud.proxy.calls.find(({ action }) => action === "PutResourcePolicy");
      assert.equal(put?.body.BlockPublicPolicy, true);
    });

    it("and leaves the policy of one restored before as it is by now", async () => {
      const arn = await makeDeleted(name);
      await restore({ names: [name], dryRun: false });
      await cloud.secrets.send(new PutResourcePolicyCommand({ SecretId: arn, ResourcePolicy: everybody }));
      await restore({ names: [name], dryRun: false });
      assert.deepEqual(await policyOf(arn), JSON.parse(everybody));
    });
  });
});
