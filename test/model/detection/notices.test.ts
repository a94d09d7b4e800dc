import assert from "node:assert/strict";
import { detectionsOf } from "../../../model/detection/account";
import { provided } from "../../support/leftOut";
import { samplePlan } from "../plan/support/samples";
import { busEvent, corpus, type Happening } from "./support/corpus";
import { matchEvents } from "./support/eventRuler/eventRuler";

const plan = samplePlan();
const happenings = corpus();

describe("notices of events, by AWS's own matcher", function () {
  this.timeout(300_000);
  let told: ReadonlyMap<Happening, readonly string[]>;

  before(async function () {
    told = await provided(this, noticesOfAll);
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
      detectionsOf(plan, stack).notices.map(({ id }) => id),
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
    ];
    for (const happening of happenings) {
      const { record, trips, name } = happening;
      if (record?.["awsRegion"] !== "eu-west-1" || !trips.some((id) => guarding.includes(id))) continue;
      if (name === "break-glass/lists-secrets" || record["eventName"] === "Decrypt") continue;
      assert.notDeepEqual(told.get(happening), [], name);
    }
  });
});

/** Each account has patterns of its own; all are matched at once, since starting Java takes a second. */
async function noticesOfAll(): Promise<ReadonlyMap<Happening, readonly string[]>> {
  const notices = plan.organisation.stacks.flatMap((stack) =>
    detectionsOf(plan, stack).notices.map((notice) => ({ ...notice, key: `${stack.name}/${notice.id}` })),
  );
  const reading = new Set(notices.filter(({ includesReads }) => includesReads).map(({ key }) => key));
  const matched = await matchEvents(
    Object.fromEntries(notices.map(({ key, pattern }) => [key, pattern])),
    happenings.map((happening) => busEvent(happening) ?? {}),
  );
  return new Map(
    happenings.map((happening, index) => [
      happening,
      (matched[index] ?? [])
        .filter((key) => key.startsWith(`${happening.account}/`))
        .filter((key) => happening.record?.["readOnly"] !== true || reading.has(key))
        .map((key) => key.slice(happening.account.length + 1)),
    ]),
  );
}
