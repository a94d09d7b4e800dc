import assert from "node:assert/strict";
import { findings } from "../../../functions/expiryWatch/findings";
import type { WatchedParameter, WatchedSecret } from "../../../functions/expiryWatch/items";
import type { ExpiryWatchSettings } from "../../../model/functions/settings";
import { formTagValue } from "../../../model/values/databaseForm";
import { parameterPolicies } from "../../../model/values/parameterPolicies";
import { plannedForm } from "../../../model/values/plannedForm";

const now = new Date("2026-06-15T06:00:00Z");
const owner = "orders-team@example.com";
const settings: ExpiryWatchSettings = { expectedParameters: [], warnDays: 14 };

function daysAgo(days: number): Date {
  return new Date(now.getTime() - days * 24 * 60 * 60 * 1000);
}

/** A SecureString written so many days ago. */
function parameter(
  writtenDaysAgo: number,
  settings: Partial<WatchedParameter> = {},
  afterDays = 90,
  warnDays = 14,
) {
  const lastModified = daysAgo(writtenDaysAgo);
  return {
    kind: "parameter",
    name: "/orders/prod/partner-token",
    owner,
    isUnset: false,
    lastModified,
    policies: [parameterPolicies({ never: false, afterDays, warnDays }, lastModified)],
    ...settings,
  } satisfies WatchedParameter;
}

function secret(settings: Partial<WatchedSecret> = {}): WatchedSecret {
  return {
    kind: "secret",
    name: "orders/prod/database",
    owner,
    isUnset: false,
    rotation: undefined,
    isPending: false,
    lastChanged: daysAgo(1),
    ...settings,
  };
}

function rotation(settings: Partial<NonNullable<WatchedSecret["rotation"]>> = {}): WatchedSecret {
  return secret({
    rotation: { next: undefined, last: undefined, everyDays: undefined, windowHours: 24, ...settings },
  });
}

function only(item: WatchedParameter | WatchedSecret, watch = settings): string {
  const found = findings([item], watch, now);
  assert.ok(found.length <= 1);
  const [{ kind, matter, remedy } = { kind: "none", matter: "", remedy: "" }] = found;
  return [kind, matter, remedy].filter((part) => part !== "").join(" | ");
}

describe("what the expiry watch finds wrong with a parameter", () => {
  it("nothing before its warning", () => {
    assert.equal(only(parameter(0)), "none");
    assert.equal(only(parameter(75)), "none");
    assert.equal(only(parameter(400, { policies: [] })), "none");
  });

  it("expiring, from its own warning on, with the days left", () => {
    assert.equal(
      only(parameter(76)),
      "expiring | it expires in 14 days, on 2026-06-29, and is deleted then | renew it with a new value: npx platform set orders/prod/partner-token",
    );
    assert.match(only(parameter(89)), /^expiring \| it expires in 1 day, on 2026-06-16/);
    assert.match(only(parameter(89.5)), /^expiring \| it expires today or tomorrow/);
    assert.match(only(parameter(65, {}, 90, 30)), /^expiring \| it expires in 25 days/);
  });

  it("expiring by the general warning where it has no own", () => {
    const policies = [
      '{"Type":"Expiration","Version":"1.0","Attributes":{"Timestamp":"2026-06-29T05:00:00Z"}}',
    ];
    assert.match(only(parameter(0, { policies })), /^expiring/);
    assert.equal(only(parameter(0, { policies }), { ...settings, warnDays: 13 }), "none");
  });

  it("expired, while AWS has not deleted it yet", () => {
    assert.equal(
      only(parameter(91)),
      "expired | it expired on 2026-06-14 | make it again with pulumi up --refresh --policy-pack policies, then supply it: npx platform set orders/prod/partner-token",
    );
    assert.match(only(parameter(91, { isUnset: true })), /^expired/);
  });

  it("expired, when it is gone", () => {
    const expected = { name: "/orders/prod/gone", owner };
    const watch = {
      ...settings,
      expectedParameters: [expected, { name: "/orders/prod/partner-token", owner }],
    };
    const found = findings([parameter(0)], watch, now);
    assert.deepEqual(
      found.map(({ kind, name, owner, matter }) => ({ kind, name, owner, matter })),
      [{ kind: "expired", ...expected, matter: "it is gone: it expired, or was deleted by hand" }],
    );
  });

  it("unset, before expiring", () => {
    assert.equal(
      only(parameter(80, { isUnset: true })),
      "unset | it has no value yet | supply it: npx platform set orders/prod/partner-token",
    );
  });

  it("unchanged, for one that never expires", () => {
    const policies = [parameterPolicies({ never: true, remindDays: 180 }, now)];
    assert.equal(only(parameter(179, { policies })), "none");
    assert.match(
      only(parameter(180, { policies })),
      /^unchanged \| it never expires and has not been changed since 2025-12-17 \|/,
    );
  });

  it("its owner, from the settings when it is not known otherwise", () => {
    const watch = {
      ...settings,
      expectedParameters: [{ name: "/orders/prod/partner-token", owner: "planned@example.com" }],
    };
    const ownerOf = (item: WatchedParameter) => findings([item], watch, now)[0]?.owner;
    assert.equal(ownerOf(parameter(80, { owner: undefined })), "planned@example.com");
    assert.equal(ownerOf(parameter(80)), owner);
  });
});

describe("what the expiry watch finds wrong with a secret", () => {
  it("nothing with one that is rotated in time, or not rotated at all", () => {
    assert.equal(only(secret()), "none");
    assert.equal(only(rotation({ next: daysAgo(-3), last: daysAgo(27), everyDays: 30 })), "none");
  });

  it("unset, and nothing else then", () => {
    assert.equal(
      only({ ...rotation({ next: daysAgo(20) }), isUnset: true, isPending: true, lastChanged: daysAgo(9) }),
      "unset | it has no value yet | supply it: npx platform set orders/prod/database",
    );
  });

  it("overdue, a day after Secrets Manager's date", () => {
    assert.equal(only(rotation({ next: daysAgo(0.9) })), "none");
    assert.equal(
      only(rotation({ next: daysAgo(1) })),
      "overdue | its rotation was due on 2026-06-14 | its function's log says why it was not done; then npx platform rotate orders/prod/database",
    );
  });

  it("overdue by its rate, even if the date was put off, once the window and a day have passed", () => {
    const put = { next: daysAgo(-20), everyDays: 30 };
    assert.equal(only(rotation({ ...put, last: daysAgo(31.9) })), "none");
    assert.match(only(rotation({ ...put, last: daysAgo(32) })), /^overdue/);
    assert.match(only(rotation({ ...put, last: daysAgo(31.2), windowHours: 3 })), /^overdue/);
  });

  it("stuck, when a version is pending and nothing has changed for two hours", () => {
    assert.equal(only(secret({ isPending: true, lastChanged: daysAgo(1 / 24) })), "none");
    assert.equal(
      only(secret({ isPending: true, lastChanged: daysAgo(2 / 24) })),
      "stuck | a rotation begun by 2026-06-15 04:00 UTC has not ended | its function's log says why; then npx platform rotate orders/prod/database, or give it up: npx platform unstick orders/prod/database",
    );
    assert.match(only({ ...rotation({ next: daysAgo(9) }), isPending: true }), /^stuck/);
  });

  it("a copy in another region that failed or is not there, unless something else comes first", () => {
    const watch = {
      ...settings,
      expectedReplicas: [{ name: "orders/prod/database", regions: ["eu-central-1", "eu-north-1"] }],
    };
    const replica = (region: string, status: string, message = "") => ({ region, status, message });
    const matterOf = (changes: Partial<WatchedSecret>) =>
      findings([secret(changes)], watch, now).map(
        ({ kind, matter, remedy }) => `${kind} | ${matter} | ${remedy}`,
      );
    assert.deepEqual(matterOf({}), []);
    const inStep = replica("eu-north-1", "InSync");
    assert.deepEqual(matterOf({ replicas: [replica("eu-central-1", "InProgress"), inStep] }), []);
    assert.deepEqual(matterOf({ replicas: [replica("eu-central-1", "Failed", "no key\n"), inStep] }), [
      "replica failed | its copy in eu-central-1 is Failed, and keeps what it had (AWS: no key) | npx platform status says what to do",
    ]);
    assert.match(
      matterOf({ replicas: [inStep] })[0] ?? "",
      /^replica failed \| it has no copy in eu-central-1 \|/,
    );
    assert.match(
      matterOf({ replicas: "AccessDeniedException" })[0] ?? "",
      /^replica failed \| whether its copies follow could not be seen \(AccessDeniedException\)/,
    );
    assert.match(matterOf({ replicas: [inStep], isUnset: true })[0] ?? "", /^unset/);
  });

  it("a login that is for another database than the manifest's, or for another strategy", () => {
    const shape = (host: string) => ({
      form: "database" as const,
      engine: "postgres" as const,
      database: { host, port: 5432, name: "orders", username: "orders" },
    });
    const expected = (host: string, admin?: string) => ({
      ...settings,
      expectedForms: [{ name: "orders/prod/database", form: formTagValue(plannedForm(shape(host), admin)) }],
    });
    const stored = (adminArn?: string) => ({ form: plannedForm(shape("db-1"), adminArn, adminArn) });
    const matterOf = (watch: ExpiryWatchSettings, changes: Partial<WatchedSecret>) =>
      findings([secret(changes)], watch, now).map(({ kind, matter }) => `${kind} | ${matter}`);
    assert.deepEqual(matterOf(expected("db-1"), stored()), []);
    assert.deepEqual(matterOf(expected("db-1"), {}), []);
    assert.deepEqual(matterOf(expected("db-2"), stored()), [
      "waiting | its value is not what the manifest says now in database.host, and rotations copy it on as it is",
    ]);
    assert.match(matterOf(expected("db-1", "orders/prod/admin"), stored())[0] ?? "", /in rotation\.method,/);
    assert.match(matterOf(expected("db-1"), stored("arn"))[0] ?? "", /in rotation\.method,/);
    // Which administrator it is shows in `platform status`.
    assert.deepEqual(matterOf(expected("db-1", "orders/prod/admin"), stored("arn")), []);
    assert.match(
      matterOf(expected("db-2"), { ...stored(), isPending: true, lastChanged: daysAgo(9) })[0] ?? "",
      /^waiting/,
    );
  });

  it("overdue at a partner: CloudTrail has the reason, since no function does it", () => {
    const partner = { type: "SalesforceClientSecret", role: "arn:role", metadata: { apiVersion: "v65.0" } };
    const planned = { name: "orders/prod/database", partner, expression: "rate(30 days)", longestDays: 30 };
    const watch = { ...settings, expectedRotations: [planned] };
    const [found] = findings([rotation({ next: daysAgo(2) })], watch, now);
    assert.equal(found?.kind, "overdue");
    assert.match(found?.remedy ?? "", /^CloudTrail's event RotationFailed says why it was not done;/);
  });

  describe("held against the manifest", () => {
    const functionArn = "arn:aws:lambda:eu-west-1:111111111111:function:rotation-prod-postgres";
    const planned = {
      ...settings,
      expectedRotations: [
        { name: "orders/prod/database", functionArn, expression: "rate(30 days)", longestDays: 30 },
      ],
    };
    const inOrder = rotation({ next: daysAgo(-3), last: daysAgo(27), everyDays: 30 });
    const rules = { isOn: true, functionArn, expression: "rate(30 days)" };

    it("nothing with one that rotates as planned, and with one of no manifest", () => {
      assert.equal(only({ ...inOrder, rules }, planned), "none");
      const other = { ...inOrder, name: "somebody/else/secret", rules: { isOn: true, everyDays: 1000 } };
      assert.equal(only(other, planned), "none");
    });

    it("one that rotates more rarely, by another function or not at all, though it looks in order itself", () => {
      const slow = { ...rotation({ next: daysAgo(-970), last: daysAgo(27), everyDays: 1000 }) };
      assert.equal(
        only({ ...slow, rules: { isOn: true, functionArn, everyDays: 1000 } }, planned),
        "not as planned | it rotates every 1000 days in place of rate(30 days) | " +
          "find out who changed that, then pulumi up --refresh --policy-pack policies puts it back; npx platform rotate orders/prod/database",
      );
      const mine = "arn:aws:lambda:eu-west-1:111111111111:function:mine";
      assert.match(
        only({ ...inOrder, rules: { ...rules, functionArn: mine } }, planned),
        /by \S+:mine in place of/,
      );
      const off = { ...secret(), rules: { isOn: false } };
      assert.match(only(off, planned), /^not as planned \| its rotation is switched off/);
    });

    it("one that was never set is not looked at further", () => {
      assert.match(only({ ...secret({ isUnset: true }), rules: { isOn: false } }, planned), /^unset/);
    });

    it("a parameter that lives longer than it may, or for ever", () => {
      const expires = { never: false, afterDays: 90, warnDays: 14 } as const;
      const watch = {
        ...settings,
        expectedParameters: [{ name: "/orders/prod/partner-token", owner, expires }],
      };
      assert.equal(only(parameter(10), watch), "none");
      assert.equal(
        only(parameter(10, {}, 3650), watch),
        "not as planned | it expires on 2036-06-02, which is not what the manifest says | " +
          "give it that with a new value: npx platform set orders/prod/partner-token",
      );
      assert.match(only(parameter(10, { policies: [] }), watch), /^not as planned \| it never expires/);
    });
  });
});
