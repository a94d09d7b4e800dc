import assert from "node:assert/strict";
import { type Properties } from "../../../provider/protocol/properties";
import { inCloud } from "../../support/moto/inCloud";
import { type Cloud, plugin, startCloud } from "../support/cloud";
import { name, parameterUrn, set, wanted } from "../support/parameter";

describe("ExpiringParameter, compared", () => {
  let cloud: Cloud;
  inCloud(startCloud, (started) => (cloud = started));

  const tested = (attempts?: number) =>
    plugin(cloud.configuration, attempts === undefined ? {} : { attempts });
  const create = (inputs: Properties = wanted, attempts?: number) =>
    tested(attempts).parameter.create(parameterUrn, inputs, false);

  describe("diff", () => {
    const diff = async (inputs: Properties, news: Properties, state: Properties = {}) =>
      tested().parameter.diff({ urn: parameterUrn, id: name, state, inputs }, news);

    it("finds no change, without calling AWS, whatever the date", async () => {
      assert.deepEqual(await diff(wanted, { ...wanted }, { pendingPolicies: [], expiresAt: "2020" }), []);
      assert.deepEqual(cloud.proxy.calls, []);
    });

    it("says exactly what changed, and replaces for the name only", async () => {
      const news = {
        ...wanted,
        name: "/orders/prod/other",
        expires: { ...wanted.expires, afterDays: 60 },
        tags: { "cost:centre": "7" },
      };
      assert.deepEqual(await diff(wanted, news), [
        { path: "expires.afterDays", kind: "update", replaces: false, input: true },
        { path: "name", kind: "update", replaces: true, input: true },
        { path: 'tags["cost:centre"]', kind: "add", replaces: false, input: true },
        { path: "tags.owner", kind: "delete", replaces: false, input: true },
      ]);
    });

    it("tells again of what waits, and stops once it is applied", async () => {
      const { state } = await create();
      const news = { ...wanted, expires: { ...wanted.expires, warnDays: 30 } };
      const run = tested();
      const known = { urn: parameterUrn, id: name, inputs: wanted, state };
      const waiting = await run.parameter.update(known, news, false);
      assert.deepEqual(waiting.pendingPolicies, ["expires"]);

      const later = { urn: parameterUrn, id: name, inputs: news, state: waiting };
      assert.deepEqual(await run.parameter.diff(later, news), []);
      assert.match(
        run.logged.at(-1)?.message ?? "",
        /expires of .* waits for the next `npx platform set orders\/prod/,
      );

      await set(cloud, "live", news);
      assert.deepEqual(await run.parameter.diff(later, news), [
        { path: "pendingPolicies", kind: "update", replaces: false, input: false },
      ]);
      assert.deepEqual((await run.parameter.update(later, news, false)).pendingPolicies, []);
    });
  });
});
