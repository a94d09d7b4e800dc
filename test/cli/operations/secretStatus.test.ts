import assert from "node:assert/strict";
import type { ObservedSecret } from "../../../aws/secret";
import type { StatusKind } from "../../../cli/status/itemStatus";
import { inDays } from "../../../cli/status/report";
import { managedSecretStatus, secretStatus } from "../../../cli/status/secretStatus";
import { planFrom, secretNamed } from "./support/plan";

const now = new Date("2027-03-01T12:00:00Z");
const hours = (count: number) => new Date(now.getTime() + count * 3_600_000);
const days = (count: number) => hours(count * 24);

const healthy: ObservedSecret = {
  name: "shop/prod/signing-key",
  arn: "arn:aws:secretsmanager:eu-west-1:111111111111:secret:shop/prod/signing-key-AbCdEf",
  tags: {},
  stages: {},
  isUnset: false,
  rotates: true,
  functionArn: "arn:aws:lambda:eu-west-1:111111111111:function:rotation-prod-generated",
  dates: { next: days(20), last: days(-10), everyDays: 30 },
  lastRotated: days(-10),
  lastChanged: days(-10),
  current: "v2",
  previous: "v1",
};

describe("status of a secret", () => {
  const plan = planFrom();
  const secret = secretNamed(plan, "shop/prod/signing-key");
  const statusOf = (observed: ObservedSecret | undefined) =>
    secretStatus(secret, observed, { stack: "security", now });

  it("that rotates as it should needs nothing", () => {
    assert.deepEqual(statusOf(healthy), {
      item: "shop/prod/signing-key",
      kind: "secret",
      owner: "shop-team@example.com",
      state: "ok",
      last: days(-10),
      next: days(20),
      daysLeft: 20,
      findings: [],
      notes: [],
    });
  });

  const cases: readonly [string, ObservedSecret | undefined, StatusKind[], RegExp][] = [
    ["is not there", undefined, ["missing"], /^pulumi up --refresh --stack security --policy-pack policies$/],
    ["is being deleted", { ...healthy, deletedAt: days(-1) }, ["deleted"], /restores it/],
    ["was never set", { ...healthy, isUnset: true }, ["unset"], /^npx platform set shop\/prod\/signing-key$/],
    [
      "was never set, whatever else there is about it",
      { ...healthy, isUnset: true, pending: "v3", rotates: false, dates: { next: days(-30) } },
      ["unset"],
      /platform set/,
    ],
    [
      "has a pending version of an old change",
      { ...healthy, pending: "v3", lastChanged: hours(-2) },
      ["stuck"],
      /aws logs tail \/aws\/lambda\/rotation-prod-generated .*platform rotate .*npx platform unstick shop\/prod\/signing-key/,
    ],
    [
      "has a pending version, and nobody knows since when",
      { ...healthy, pending: "v3", lastChanged: undefined },
      ["stuck"],
      /unstick/,
    ],
    [
      "should have been rotated more than a day ago",
      { ...healthy, dates: { ...healthy.dates, next: days(-1) } },
      ["overdue"],
      /npx platform rotate shop\/prod\/signing-key$/,
    ],
    [
      "should have been by its rate, though the next date has moved on",
      { ...healthy, dates: { next: days(20), last: days(-32), everyDays: 30 } },
      ["overdue"],
      /platform rotate/,
    ],
    [
      "is stuck and overdue",
      { ...healthy, pending: "v3", dates: { ...healthy.dates, next: days(-3) } },
      ["stuck", "overdue"],
      /unstick/,
    ],
    [
      "rotates every thousand days",
      { ...healthy, rules: { isOn: true, everyDays: 1000 }, dates: { ...healthy.dates, everyDays: 1000 } },
      ["not as planned"],
      /pulumi up --refresh --stack security --policy-pack policies puts it back/,
    ],
    [
      "rotates by a function of somebody's own, and is overdue",
      {
        ...healthy,
        rules: { isOn: true, functionArn: "arn:aws:lambda:eu-west-1:111111111111:function:mine" },
        dates: { ...healthy.dates, next: days(-3) },
      },
      ["not as planned", "overdue"],
      /find out who changed that/,
    ],
    ["does not rotate at all", { ...healthy, rotates: false }, ["not rotating"], /pulumi up --refresh/],
  ];
  for (const [what, observed, kinds, remedy] of cases) {
    it(`that ${what} is ${kinds.join(" and ")}`, () => {
      const { state, findings } = statusOf(observed);
      assert.deepEqual(
        findings.map(({ kind }) => kind),
        kinds,
      );
      assert.equal(state, kinds[0]);
      assert.match(findings[0]?.remedy ?? "", remedy);
    });
  }

  it("whose pending version is the current one, or is two hours old at most, needs nothing", () => {
    assert.equal(statusOf({ ...healthy, pending: "v2" }).state, "ok");
    const rotating = statusOf({ ...healthy, pending: "v3", lastChanged: hours(-1.9) });
    assert.deepEqual([rotating.state, rotating.findings], ["rotating", []]);
  });

  it("has a day and its window before it is overdue", () => {
    const due = (next: Date) => statusOf({ ...healthy, dates: { next } }).state;
    assert.equal(due(hours(-23.9)), "ok");
    assert.equal(due(hours(-24)), "overdue");
    const last = (windowHours: number | undefined) =>
      statusOf({ ...healthy, dates: { last: days(-32), everyDays: 30, windowHours } }).state;
    assert.equal(last(24), "overdue");
    assert.equal(last(25), "ok");
  });

  it("counts days down to the next rotation and below", () => {
    const left = (next: Date) => statusOf({ ...healthy, dates: { next } }).daysLeft;
    assert.deepEqual([left(hours(47)), left(hours(1)), left(hours(-1)), left(hours(-49))], [1, 0, -1, -3]);
    assert.deepEqual([1, 0, -1, -3].map(inDays), ["in 1 day", "within a day", "just past", "2 days ago"]);
  });
});

describe("status of a secret that a database service rotates", () => {
  const secret = planFrom().managedSecrets[0]!;

  it("says what is wrong, and that nothing here can fix it", () => {
    const missing = managedSecretStatus(secret, undefined, now);
    assert.equal(missing.state, "missing");
    assert.match(missing.findings[0]?.remedy ?? "", /shop\.yaml:\d+/);
    const overdue = managedSecretStatus(secret, { ...healthy, dates: { next: days(-2) } }, now);
    assert.equal(overdue.state, "overdue");
    assert.match(overdue.findings[0]?.remedy ?? "", /aws rds/);
    assert.equal(managedSecretStatus(secret, healthy, now).state, "ok");
  });
});
