import assert from "node:assert/strict";
import { AddTagsToResourceCommand, DeleteParameterCommand, PutParameterCommand } from "@aws-sdk/client-ssm";
import { createdTag, managedByTag, managedByValue, unsetTag } from "../../../model/values/tags";
import { unsetParameterValue } from "../../../model/values/unset";
import { isUnknown, type Properties } from "../../../provider/protocol/properties";
import { inCloud } from "../../support/moto/inCloud";
import { type Cloud, keyArn, plugin, startCloud } from "../support/cloud";
import { dayMs, name, parameterUrn, set, stored, wanted } from "../support/parameter";

describe("ExpiringParameter", () => {
  let cloud: Cloud;
  inCloud(startCloud, (started) => (cloud = started));

  const tested = (attempts?: number) =>
    plugin(cloud.configuration, attempts === undefined ? {} : { attempts });
  const create = (inputs: Properties = wanted, attempts?: number) =>
    tested(attempts).parameter.create(parameterUrn, inputs, false);
  const actions = () => cloud.proxy.calls.map(({ action }) => action).filter((action) => action !== "");

  describe("create", () => {
    it("makes an Advanced SecureString, unset, with its policies and tags", async () => {
      const earliest = Date.now();
      const made = await create();
      const latest = Date.now();

      const { value, metadata, tags } = await stored(cloud);
      assert.equal(value, unsetParameterValue);
      assert.equal(metadata?.Type, "SecureString");
      assert.equal(metadata?.Tier, "Advanced");
      assert.equal(metadata?.KeyId, keyArn);
      assert.equal(metadata?.Description, wanted.description);
      assert.deepEqual(tags, {
        ...wanted.tags,
        [unsetTag]: "true",
        [managedByTag]: managedByValue,
        [createdTag]: made.state.incarnation,
      });
      const put = cloud.proxy.calls.find(({ action }) => action === "PutParameter")?.body;
      assert.equal(put?.Overwrite, undefined);
      const [expiration, notice] = JSON.parse(String(put?.Policies)) as {
        Attributes: { Timestamp: string };
      }[];
      const expiry = Date.parse(expiration?.Attributes.Timestamp ?? "");
      assert.ok(expiry >= earliest + 90 * dayMs && expiry <= latest + 90 * dayMs);
      assert.deepEqual(notice, {
        Type: "ExpirationNotification",
        Version: "1.0",
        Attributes: { Before: "14", Unit: "Days" },
      });
      assert.deepEqual(made, {
        id: name,
        state: {
          ...wanted,
          arn: `arn:aws:ssm:eu-west-1:111111111111:parameter${name}`,
          tier: "Advanced",
          expiresAt: new Date(expiry).toISOString(),
          incarnation: tags[createdTag],
          pendingPolicies: [],
        },
      });
      assert.deepEqual(actions(), ["PutParameter"]);
    });

    it("only reminds of a value that never expires", async () => {
      const made = await create({ ...wanted, expires: { never: true, remindDays: 180 } });
      const put = cloud.proxy.calls.find(({ action }) => action === "PutParameter")?.body;
      assert.deepEqual(JSON.parse(String(put?.Policies)), [
        { Type: "NoChangeNotification", Version: "1.0", Attributes: { After: "180", Unit: "Days" } },
      ]);
      assert.equal(made.state.expiresAt, "");
    });

    it("does nothing in a preview, yet knows the ARN where the account is pinned", async () => {
      const { id, state } = await tested().parameter.create(parameterUrn, wanted, true);
      assert.equal(id, "");
      assert.equal(state.arn, `arn:aws:ssm:eu-west-1:111111111111:parameter${name}`);
      assert.ok(isUnknown(state.expiresAt) && isUnknown(state.incarnation));
      assert.deepEqual(cloud.proxy.calls, []);

      const unpinned = plugin(cloud.configuration, { changed: { allowedAccountIds: [] } });
      assert.ok(isUnknown((await unpinned.parameter.create(parameterUrn, wanted, true)).state.arn));
    });

    it("refuses one of that name that it did not make, and leaves it as it is", async () => {
      await set(cloud, "theirs");
      await assert.rejects(
        create(),
        /this platform did not make it.*pulumi import .*\/orders\/prod\/partner-token/,
      );
      // The tag alone proves nothing.
      await cloud.ssm.send(new DeleteParameterCommand({ Name: name }));
      const theirKey = keyArn.replace("1234abcd", "ffffffff");
      await cloud.ssm.send(
        new PutParameterCommand({
          Name: name,
          Value: "theirs",
          Type: "SecureString",
          KeyId: theirKey,
          Tags: [{ Key: managedByTag, Value: managedByValue }],
        }),
      );
      await assert.rejects(create(), (error: Error) => {
        assert.match(error.message, /it is under the key .*ffffffff.*, not under .*1234abcd.*pulumi import/);
        return true;
      });
      assert.equal((await stored(cloud)).tags.owner, undefined);
      await cloud.ssm.send(new DeleteParameterCommand({ Name: name }));
      await cloud.ssm.send(new PutParameterCommand({ Name: name, Value: "plain", Type: "String" }));
      await assert.rejects(create(), /it is a String, no SecureString/);
      assert.deepEqual([(await stored(cloud)).value, (await stored(cloud)).version], ["plain", 1]);
    });
  });

  describe("update", () => {
    it("records what AWS takes only with a value, and leaves value and policies as they are", async () => {
      const { state } = await create();
      await set(cloud, "live");
      const before = await stored(cloud);
      const news = {
        ...wanted,
        description: "Another",
        keyId: `${keyArn}0`,
        expires: { never: true, remindDays: 90 },
      };
      const run = tested();
      const updated = await run.parameter.update(
        { urn: parameterUrn, id: name, inputs: wanted, state },
        news,
        false,
      );

      assert.deepEqual(await stored(cloud), before);
      assert.deepEqual(updated.pendingPolicies, ["description", "expires", "keyId"]);
      assert.deepEqual(updated.expires, news.expires);
      assert.equal(run.logged[0]?.urn, parameterUrn);
      assert.match(
        run.logged[0]?.message ?? "",
        /^description, expires, keyId of .* wait for the next `npx platform set/,
      );
    });

    it("sets and removes the program's tags only", async () => {
      const { state } = await create();
      await cloud.ssm.send(
        new AddTagsToResourceCommand({
          ResourceType: "Parameter",
          ResourceId: name,
          Tags: [{ Key: "finance", Value: "theirs" }],
        }),
      );
      const news = { ...wanted, tags: { team: "orders" } };
      await tested().parameter.update({ urn: parameterUrn, id: name, inputs: wanted, state }, news, false);
      const { [createdTag]: created, ...tags } = (await stored(cloud)).tags;
      assert.equal(created, state.incarnation);
      assert.deepEqual(tags, {
        team: "orders",
        finance: "theirs",
        [unsetTag]: "true",
        [managedByTag]: managedByValue,
      });
    });

    it("tells in a preview what will wait, without calling AWS", async () => {
      const news = { ...wanted, expires: { ...wanted.expires, afterDays: 30 } };
      const run = tested();
      const known = {
        urn: parameterUrn,
        id: name,
        inputs: wanted,
        state: { pendingPolicies: ["keyId"], arn: "a" },
      };
      const state = await run.parameter.update(known, news, true);
      assert.deepEqual(state, { arn: "a", ...news, pendingPolicies: ["expires", "keyId"] });
      assert.equal(run.logged.length, 1);
      assert.deepEqual(cloud.proxy.calls, []);
    });

    it("names the way out when the parameter has expired meanwhile", async () => {
      const known = {
        urn: parameterUrn,
        id: name,
        inputs: wanted,
        state: { expiresAt: "2020-01-01T00:00:00.000Z" },
      };
      await assert.rejects(
        tested().parameter.update(known, { ...wanted, tags: {} }, false),
        /expired on 2020-01-01T00:00:00.000Z .*pulumi up --refresh.*npx platform set orders\/prod\/partner-token/,
      );
    });
  });

  describe("delete", () => {
    it("deletes it, and takes one that is gone for deleted", async () => {
      const { state } = await create();
      const known = { urn: parameterUrn, id: name, inputs: wanted, state };
      await tested().parameter.delete(known);
      await assert.rejects(stored(cloud), { name: "ParameterNotFound" });
      await tested().parameter.delete(known);
    });
  });
});
