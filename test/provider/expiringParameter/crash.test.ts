import assert from "node:assert/strict";
import { createdTag } from "../../../model/values/tags";
import { type Properties } from "../../../provider/protocol/properties";
import { inCloud } from "../../support/moto/inCloud";
import { crashing, losingTheAnswerOf } from "../../support/moto/doubles";
import { type Cloud, plugin, startCloud } from "../support/cloud";
import { dayMs, name, parameterUrn, set, stored, wanted } from "../support/parameter";

describe("ExpiringParameter, interrupted", () => {
  let cloud: Cloud;
  inCloud(startCloud, (started) => (cloud = started));

  const tested = (attempts?: number) =>
    plugin(cloud.configuration, attempts === undefined ? {} : { attempts });
  const create = (inputs: Properties = wanted, attempts?: number) =>
    tested(attempts).parameter.create(parameterUrn, inputs, false);

  describe("create after a crash", () => {
    it("adopts what the crashed run made, with its date and without touching its value", async () => {
      cloud.proxy.use(crashing("after", "PutParameter"));
      await assert.rejects(create(wanted, 1), /ssm:PutParameter .*(ECONNRESET|socket hang up)/);
      cloud.proxy.forget();
      const before = await stored(cloud);

      const run = tested();
      const made = await run.parameter.create(parameterUrn, wanted, false);
      assert.deepEqual(await stored(cloud), before);
      assert.equal(made.state.incarnation, before.tags[createdTag]);
      assert.deepEqual(made.state.pendingPolicies, []);
      assert.ok(Date.parse(String(made.state.expiresAt)) > Date.now() + 89 * dayMs);
      assert.equal(run.logged[0]?.severity, "info");
    });

    it("adopts with the value that was set in between", async () => {
      await create();
      await set(cloud, "live");
      const made = await create();
      assert.equal((await stored(cloud)).value, "live");
      assert.equal(made.id, name);
    });

    it("takes a lost answer for success", async () => {
      cloud.proxy.use(losingTheAnswerOf("PutParameter"));
      const made = await create();
      assert.equal((await stored(cloud)).version, 1);
      assert.deepEqual(made.state.pendingPolicies, []);
    });

    it("makes it when the crash came before the call", async () => {
      cloud.proxy.use(crashing("before", "PutParameter"));
      await assert.rejects(create(wanted, 1));
      cloud.proxy.forget();
      await create();
      assert.equal((await stored(cloud)).version, 1);
    });
  });
});
