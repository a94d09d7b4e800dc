import assert from "node:assert/strict";
import { detectionsOf } from "../../../model/detection/account";
import { provided } from "../../support/leftOut";
import { samplePlan } from "../plan/support/samples";
import { corpus, type Happening } from "./support/corpus";
import { rulesTold } from "./support/rulesTold";

const plan = samplePlan();
const happenings = corpus();

describe("notices of events, by AWS's own matcher", function () {
  this.timeout(300_000);
  let told: ReadonlyMap<Happening, readonly string[]>;

  before(async function () {
    told = await provided(this, () => rulesTold(plan, happenings));
  });

  for (const happening of happenings) {
    const { name, title, tells } = happening;
    it(`${tells.length === 0 ? "none" : tells.join(", ")} by ${name}: ${title}`, () => {
      assert.deepEqual(told.get(happening), tells);
    });
  }

  it("are each told of something", () => {
    const ever = new Set([...told.values()].flat());
    const all = plan.organisation.stacks.flatMap((stack) =>
      detectionsOf(plan, stack).rules.map(({ id }) => id),
    );
    assert.deepEqual(
      [...new Set(all)].filter((id) => !ever.has(id)),
      [],
    );
  });

  it("come with every change in this region that an alarm goes off for, the deployer's apart", () => {
    const guarding = [
      "policy-changed",
      "value-deleted",
      "key-endangered",
      "break-glass",
      "reader-taken-over",
      "rotation-changed",
      "public-keys-changed",
    ];
    for (const happening of happenings) {
      const { record, trips, name } = happening;
      if (record?.["awsRegion"] !== "eu-west-1" || !trips.some((id) => guarding.includes(id))) continue;
      if (name === "break-glass/lists-secrets" || record["eventName"] === "Decrypt") continue;
      assert.notDeepEqual(told.get(happening), [], name);
    }
  });
});
