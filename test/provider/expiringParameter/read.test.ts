import assert from "node:assert/strict";
import { AddTagsToResourceCommand, DeleteParameterCommand, PutParameterCommand } from "@aws-sdk/client-ssm";
import { type Properties } from "../../../provider/protocol/properties";
import { inCloud } from "../../support/moto/inCloud";
import { type Cloud, keyArn, plugin, startCloud } from "../support/cloud";
import { name, parameterUrn, set, wanted } from "../support/parameter";

describe("ExpiringParameter, read", () => {
  let cloud: Cloud;
  inCloud(startCloud, (started) => (cloud = started));

  const tested = (attempts?: number) =>
    plugin(cloud.configuration, attempts === undefined ? {} : { attempts });
  const create = (inputs: Properties = wanted, attempts?: number) =>
    tested(attempts).parameter.create(parameterUrn, inputs, false);

  describe("read", () => {
    const read = (run: ReturnType<typeof plugin>, state: Properties, inputs: Properties = wanted) =>
      run.parameter.read({ urn: parameterUrn, id: name, state, inputs });

    it("finds nothing to say about one that is as wanted, also after `platform set`", async () => {
      const { state } = await create();
      const run = tested();
      assert.deepEqual(await read(run, state), { id: name, state, inputs: wanted });
      await set(cloud, "live");
      const found = await read(run, state);
      assert.deepEqual(found?.state.pendingPolicies, []);
      assert.deepEqual(run.logged, []);
    });

    const drifts: [what: string, change: () => Promise<unknown>, pending: string[]][] = [
      [
        "policies taken off",
        () =>
          cloud.ssm.send(
            new PutParameterCommand({
              Name: name,
              Value: "x",
              Type: "SecureString",
              Overwrite: true,
              Policies: "[]",
            }),
          ),
        ["expires"],
      ],
      [
        "a longer life",
        () => set(cloud, "x", { expires: { never: false, afterDays: 300, warnDays: 14 } }),
        ["expires"],
      ],
      [
        "another warning",
        () => set(cloud, "x", { expires: { never: false, afterDays: 90, warnDays: 1 } }),
        ["expires"],
      ],
      ["another key", () => set(cloud, "x", { keyId: "alias/aws/ssm" }), ["keyId"]],
      ["another description", () => set(cloud, "x", { description: "changed by hand" }), ["description"]],
    ];
    for (const [what, change, pending] of drifts) {
      it(`reports ${what}`, async () => {
        const { state } = await create();
        await change();
        const run = tested();
        const found = await read(run, state);
        assert.deepEqual(found?.state.pendingPolicies, pending);
        assert.deepEqual(found?.inputs, wanted);
        assert.match(run.logged[0]?.message ?? "", /platform set/);
      });
    }

    it("reports a lower tier", async () => {
      const { state } = await create();
      await cloud.ssm.send(new DeleteParameterCommand({ Name: name }));
      await cloud.ssm.send(
        new PutParameterCommand({ Name: name, Value: "x", Type: "SecureString", KeyId: keyArn }),
      );
      const found = await read(tested(), state);
      assert.equal(found?.state.tier, "Standard");
      assert.deepEqual(found?.state.pendingPolicies, ["description", "expires", "tier"]);
      // Another parameter under the same name: what hangs on it is made again.
      assert.notEqual(found?.state.incarnation, state.incarnation);
    });

    it("reports tags that changed", async () => {
      const { state } = await create();
      await cloud.ssm.send(
        new AddTagsToResourceCommand({
          ResourceType: "Parameter",
          ResourceId: name,
          Tags: [{ Key: "owner", Value: "someone@example.com" }],
        }),
      );
      assert.deepEqual((await read(tested(), state))?.inputs.tags, { owner: "someone@example.com" });
    });

    it("tells expiry from deletion, and how to go on", async () => {
      // What expiry does; moto never lets a parameter expire.
      await cloud.ssm.send(new DeleteParameterCommand({ Name: name })).catch(() => undefined);
      const run = tested();
      assert.equal(await read(run, { expiresAt: "2020-01-01T00:00:00.000Z" }), undefined);
      assert.equal(await read(run, { expiresAt: "2999-01-01T00:00:00.000Z" }), undefined);
      assert.equal(await read(run, { expiresAt: "" }), undefined);
      const [expired, deleted, never] = run.logged.map(({ message }) => message);
      assert.match(expired ?? "", /expired on 2020-01-01T00:00:00.000Z and AWS deleted it/);
      assert.match(deleted ?? "", /gone before its time/);
      assert.match(never ?? "", /gone before its time/);
      for (const { message } of run.logged)
        assert.match(
          message,
          /`pulumi up --refresh --policy-pack policies` makes it again.*`npx platform set orders\/prod\/partner-token`/,
        );
    });

    it("says when a parameter of another type took its place", async () => {
      await cloud.ssm.send(new PutParameterCommand({ Name: name, Value: "x", Type: "String" }));
      const run = tested();
      assert.equal(await read(run, { expiresAt: "" }), undefined);
      assert.match(run.logged[0]?.message ?? "", /it is a String/);
    });

    it("imports what is there, so that the program that describes it sees no change", async () => {
      await set(cloud, "live");
      const run = tested();
      const { inputs: program } = run.parameter.check({ ...wanted, tags: {} });
      const found = await read(run, {}, {});
      assert.deepEqual(found?.inputs, program);
      assert.deepEqual(
        await run.parameter.diff(
          { urn: parameterUrn, id: name, state: found?.state ?? {}, inputs: found?.inputs ?? {} },
          program,
        ),
        [],
      );
      assert.deepEqual(run.logged, []);
    });

    it("finds nothing to import silently: the engine says so itself", async () => {
      const run = tested();
      assert.equal(await read(run, {}, {}), undefined);
      assert.deepEqual(run.logged, []);
    });
  });
});
