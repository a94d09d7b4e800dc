import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { detectionsOf } from "../../../model/detection/account";
import { trailNamespace } from "../../../model/detection/metrics";
import type { Detections } from "../../../model/detection/types";
import { samplePlan } from "../plan/support/samples";
import { corpus, type Happening } from "./support/corpus";
import { declaredRecords } from "./support/declared";
import { type Interpretation, metricFilter } from "./support/metricFilter";
import { raised } from "./support/raised";

/** What no page says is tried both ways. */
const interpretations: readonly Interpretation[] = [{ missingDiffers: true }, { missingDiffers: false }];

const plan = samplePlan();
const accounts = new Map(plan.organisation.stacks.map((stack) => [stack.name, detectionsOf(plan, stack)]));
const happenings = corpus();
const declared = declaredRecords(plan);

describe("alarms on what the trail records", () => {
  it("are tried on more than forty records of each kind of account", () => {
    assert.ok(happenings.length >= 100);
    for (const account of ["security", "prod"]) {
      assert.ok(happenings.filter((happening) => happening.account === account).length >= 40, account);
    }
  });

  for (const happening of happenings) {
    if (happening.record === undefined) continue;
    it(`${said(happening)}: ${happening.title}`, () => {
      for (const how of interpretations) {
        const { trips, counts } = raised(detectionsFor(happening), [happening], how);
        assert.deepEqual(trips, [...happening.trips].sort(), `sets off, ${JSON.stringify(how)}`);
        assert.deepEqual(counts, [...happening.counts].sort(), `counts towards, ${JSON.stringify(how)}`);
      }
    });
  }

  for (const { account, filter, record, detections } of declared) {
    it(`${filter.id} in ${account}: as declared, counts ${String(record["eventName"])} towards an alarm`, () => {
      for (const how of interpretations) {
        assert.ok(metricFilter(filter.pattern)(record, how), JSON.stringify(how));
        assert.ok(!metricFilter(filter.pattern)({ eventName: "DescribeNothing" }, how));
      }
      assert.ok(detections.alarms.some(({ metric }) => metric.name === filter.metric));
    });
  }

  it("are all declared in a file that stands among the families", () => {
    const folder = join(__dirname, "../../../model/detection");
    const declaring = readdirSync(folder)
      .filter((file) => file.endsWith(".ts"))
      .filter((file) => /^export const \w+: Family = /m.test(readFileSync(join(folder, file), "utf8")));
    const listed = readFileSync(join(folder, "families.ts"), "utf8");
    for (const file of declaring)
      assert.ok(listed.includes(`from "./${file.slice(0, -".ts".length)}"`), file);
    for (const file of declaring)
      for (const [, name] of readFileSync(join(folder, file), "utf8").matchAll(
        /^export const (\w+): Family = /gm,
      ))
        assert.match(listed, new RegExp(`^  ${name},$`, "m"));
    assert.ok(declaring.length >= 15);
  });

  it("stay silent over everything normal together", () => {
    for (const [account, detections] of accounts) {
      const normal = happenings.filter((one) => one.account === account && one.name.startsWith("normal/"));
      assert.deepEqual(raised(detections, normal, { missingDiffers: true }).trips, []);
    }
  });

  it("have no filter that nothing matches, and no alarm that nothing sets off", () => {
    const matched = new Set<string>();
    const every = new Set<string>();
    for (const [account, { filters }] of accounts) {
      for (const { id, pattern } of filters) {
        every.add(id);
        const matches = metricFilter(pattern);
        const hit = happenings.some(
          ({ record, ...one }) =>
            one.account === account && record !== undefined && matches(record, { missingDiffers: false }),
        );
        const isDeclared = declared.some((one) => one.account === account && one.filter.id === id);
        if (hit || isDeclared) matched.add(id);
      }
    }
    assert.deepEqual(
      [...every].filter((id) => !matched.has(id)),
      [],
    );

    const towards = declared.flatMap(({ filter, detections }) =>
      detections.alarms.filter(({ metric }) => metric.name === filter.metric).map(({ id }) => id),
    );
    const seen = new Set([...happenings.flatMap(({ trips, counts }) => [...trips, ...counts]), ...towards]);
    const counting = [...accounts.values()].flatMap(({ alarms }) =>
      alarms
        .filter(({ trigger, metric }) => trigger.kind === "count" && metric.namespace === trailNamespace)
        .map(({ id }) => id),
    );
    assert.deepEqual(
      [...new Set(counting)].filter((id) => !seen.has(id)),
      [],
    );
  });

  it("tell a burst of reads from the usual number", () => {
    const detections = accounts.get("prod")!;
    const read = happenings.find(({ name }) => name === "normal/lambda-reads-secret")!;
    const [below, above] = [999, 1_000].map((count) =>
      raised(detections, Array<Happening>(count).fill(read), { missingDiffers: false }),
    );
    assert.deepEqual(below!.trips, []);
    assert.deepEqual(above!.trips, ["reads-over-limit"]);
  });
});

function said({ name, trips }: Happening): string {
  return `${trips.length === 0 ? "none" : trips.join(", ")} by ${name}`;
}

function detectionsFor({ account }: Happening): Detections {
  const found = accounts.get(account);
  if (found === undefined) throw new Error(`no account ${account}`);
  return found;
}
