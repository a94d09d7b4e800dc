import assert from "node:assert/strict";
import { detectionsOf } from "../../../model/detection/account";
import { messageTemplate } from "../../../model/detection/messageTemplate";
import { unheardNotices, watchedItems } from "../../../model/detection/metrics";
import type { AlarmSettings, Stack } from "../../../model/organisation/types";
import { samplePlan } from "../plan/support/samples";
import { corpus } from "./support/corpus";
import { metricFilter } from "./support/metricFilter";

const plan = samplePlan();
const happenings = new Map(corpus().map((happening) => [happening.name, happening]));

function stackWith(name: string, rest: Partial<Pick<Stack, "alarms" | "trail">>): Stack {
  const stack = plan.organisation.stacks.find((each) => each.name === name)!;
  return { ...stack, ...rest };
}

function matches(alarms: AlarmSettings, filter: string, happening: string): boolean {
  const { record, account } = happenings.get(happening)!;
  const { filters } = detectionsOf(plan, stackWith(account, { alarms }));
  const { pattern } = filters.find(({ id }) => id === filter)!;
  return metricFilter(pattern)(record, { missingDiffers: false });
}

describe("settings of alarms", () => {
  const stolen = "reads/stolen-credentials";

  it("expect addresses, but no endpoint of another account behind one", () => {
    assert.equal(matches({ expectedAddresses: ["192.0.2.0/24"] }, "unexpected-address", stolen), false);
    assert.equal(matches({ expectedAddresses: ["192.0.3.0/24"] }, "unexpected-address", stolen), true);
    const foreign = "reads/stolen-credentials-foreign-endpoint";
    assert.equal(matches({ expectedAddresses: ["10.0.0.0/8"] }, "unexpected-address", foreign), true);
  });

  it("let named consumers read from anywhere", () => {
    for (const [role, alarms] of [
      ["services/orders/orders-prod-api", false],
      ["services/orders/*", false],
      ["services/payments/*", true],
    ] as const) {
      assert.equal(matches({ outsideNetwork: [role] }, "unexpected-address", stolen), alarms, role);
    }
  });

  it("expect further roles in workload and security accounts", () => {
    const runner = "reads/role-outside-services";
    assert.equal(matches({ expectedRoles: ["ci-*"] }, "unexpected-role", runner), false);
    assert.equal(matches({ expectedRoles: ["cj-*"] }, "unexpected-role", runner), true);
    const administrator = "reads/administrator-decrypts-parameter";
    assert.equal(
      matches({ expectedRoles: ["platform-administrator"] }, "local-reader", administrator),
      false,
    );
    // A user has no role that could be expected.
    assert.equal(
      matches({ expectedRoles: ["mallory"] }, "local-reader", "reads/console-user-reads-secret"),
      true,
    );
  });

  it("report what the deployer changes where that is asked for", () => {
    for (const [filter, happening] of [
      ["policy-changed", "normal/deployer-sets-secret-policy"],
      ["policy-changed", "normal/deployer-sets-key-policy"],
      ["value-deleted", "normal/deployer-deletes-retired-secret"],
      ["value-deleted", "normal/deployer-deletes-parameter"],
      ["trail-weakened", "normal/deployer-replaces-filter"],
    ] as const) {
      assert.equal(matches({ deployerChanges: "report" }, filter, happening), true, happening);
      assert.equal(matches({ deployerChanges: "ignore" }, filter, happening), false, happening);
    }
  });

  it("set thresholds", () => {
    const { alarms } = detectionsOf(
      plan,
      stackWith("prod", {
        alarms: {
          readsInFiveMinutes: 7,
          readsBand: 3,
          deniedReads: 5,
          unauthorisedCalls: 6,
          failedSignIns: 8,
        },
      }),
    );
    const triggers = Object.fromEntries(alarms.map(({ id, trigger }) => [id, trigger]));
    assert.deepEqual(triggers["reads-over-limit"], { kind: "count", atLeast: 7, minutes: 5 });
    assert.deepEqual(triggers["reads-unusual"], { kind: "band", deviations: 3, minutes: 5, inRow: 3 });
    assert.deepEqual(triggers["denied-reads"], { kind: "count", atLeast: 5, minutes: 5 });
    assert.deepEqual(triggers["unauthorised-calls"], { kind: "count", atLeast: 6, minutes: 5 });
    assert.deepEqual(triggers["failed-sign-ins"], { kind: "count", atLeast: 8, minutes: 5 });
  });

  it("guard alarms and rules under the prefix they are given", () => {
    const renamed = { namePrefix: "acme" };
    assert.equal(matches(renamed, "notices-weakened", "changes/alarm-deleted"), false);
    assert.equal(matches({}, "notices-weakened", "changes/alarm-deleted"), true);
  });

  it("look at the log group of a trail that exists", () => {
    const logGroup = "aws-controltower/CloudTrailLogs";
    const detections = detectionsOf(plan, stackWith("prod", { trail: { mode: "existing", logGroup } }));
    const silent = detections.alarms.find(({ id }) => id === "trail-silent");
    assert.deepEqual(silent?.metric.dimensions, { LogGroupName: logGroup });
    const weakened = detections.filters.find(({ id }) => id === "trail-weakened");
    assert.ok(weakened?.pattern.includes(`"${logGroup}"`));
  });
});

describe("what alarms and notices say", () => {
  const all = plan.organisation.stacks.map((stack) => detectionsOf(plan, stack));

  it("is what happened and what to do first, within CloudWatch's 1,024 characters", () => {
    for (const { id, runbook } of all.flatMap(({ alarms }) => alarms)) {
      assert.match(runbook, /^[A-Z][^]+[.,:)] First: [^]+\.$/, id);
      assert.ok(runbook.length <= 1_024, id);
    }
  });

  it("is a message that chat channels take, its fields all filled in", () => {
    for (const notice of all.flatMap(({ rules }) => rules)) {
      const { version, source, content } = JSON.parse(messageTemplate(notice));
      assert.deepEqual([version, source, content.textType], ["1.0", "custom", "client-markdown"]);
      const named = [...JSON.stringify(content).matchAll(/<(\w+)>/g)].map(([, name]) => name!);
      assert.deepEqual([...new Set(named)].sort(), Object.keys(notice.message.fields).sort(), notice.id);
      assert.ok(notice.description.length <= 512);
      assert.ok(messageTemplate(notice).length <= 8_192);
    }
  });

  it("comes of a daily watch that died too, in every account", () => {
    for (const { alarms } of all) {
      const { metric, trigger } = alarms.find(({ id }) => id === "watch-silent")!;
      assert.deepEqual([metric, trigger], [watchedItems, { kind: "absence", hours: 30 }]);
    }
  });

  it("comes of notices that nobody got: the watch's, and each that EventBridge could not deliver", () => {
    for (const { alarms, rules } of all) {
      assert.deepEqual(alarms.find(({ id }) => id === "watch-unheard")?.metric, unheardNotices);
      for (const { id } of rules) {
        assert.deepEqual(alarms.find((alarm) => alarm.id === `${id}-undelivered`)?.metric, {
          namespace: "AWS/Events",
          name: "FailedInvocations",
          dimensions: { RuleName: `secrets-platform-${id}` },
        });
      }
    }
  });

  it("names no metric that no filter counts, and counts none that no alarm looks at", () => {
    for (const { filters, alarms } of all) {
      const counted = new Set(filters.map(({ metric }) => metric));
      const watched = new Set(
        alarms
          .filter(({ metric }) => metric.namespace === "SecretsPlatform/Trail")
          .map(({ metric }) => metric.name),
      );
      assert.deepEqual([...counted].sort(), [...watched].sort());
      for (const list of [filters, alarms]) {
        const ids = list.map(({ id }) => id);
        assert.equal(new Set(ids).size, ids.length);
      }
    }
  });
});
