import assert from "node:assert/strict";
import { auditor, type AuditReport } from "../../../model/audit/auditor";
import type { TrailRecord } from "../../../model/audit/trailRecord";
import { audited, plan } from "./support/audited";
import {
  callersRecord,
  databaseArn,
  ownersRecord,
  prod,
  rotationSucceeded,
  security,
  staging,
} from "./support/records";

describe("grants nobody used", () => {
  const start = callersRecord({ eventTime: "2026-01-01T00:00:00Z", eventName: "DescribeSecret" });
  const late = "2026-04-01T00:00:00Z";
  const consumers = (report: AuditReport) =>
    report.unusedGrants?.grants
      .filter(({ item }) => item.item === "database" && item.environment === "prod")
      .map(({ role, last }) => [role.name, last]);

  it("are those without a read within the days, in accounts whose records were seen", () => {
    const api = [roleOf("orders-prod-worker-execution"), roleOf("orders-prod-reports")];
    const report = audited([start, callersRecord({ eventTime: late })]);
    assert.deepEqual(
      consumers(report),
      api.map(({ name }) => [name, undefined]),
    );
    assert.ok(report.unusedGrants?.grants.every(({ role }) => role.account === prod));
    assert.deepEqual(
      audited([{ ...start, recipientAccountId: security }, rotationSucceeded(late)]).unusedGrants,
      { grants: [], untold: [staging, prod] },
    );
  });

  it("are told with their last use", () => {
    const early = callersRecord({ eventTime: "2026-01-01T08:00:00Z" });
    const end = callersRecord({ eventTime: late, eventName: "DescribeSecret" });
    const report = audited([start, early, end], { unusedDays: 30 });
    assert.deepEqual(consumers(report)?.[0], ["orders-prod-api", "2026-01-01T08:00:00Z"]);
  });

  it("cannot be told from too few days", () => {
    const report = audited([start, callersRecord({ eventTime: "2026-03-01T00:00:00Z" })]);
    assert.deepEqual(report.unusedGrants, { grants: [], untold: [staging, prod] });
  });

  it("are judged by the records of their own account, however far back another's reach", () => {
    const security4Months = { ...start, recipientAccountId: security };
    const report = audited([security4Months, callersRecord({ eventTime: late })]);
    assert.deepEqual(report.unusedGrants, { grants: [], untold: [staging, prod] });
    const both = audited([security4Months, start, callersRecord({ eventTime: late })]);
    assert.deepEqual(both.unusedGrants?.untold, [staging]);
    assert.ok(both.unusedGrants.grants.length > 0);
  });

  it("cannot be told where records are missing, nor can late rotations", () => {
    const taking = auditor(plan, { unusedDays: 90 });
    [start, callersRecord({ eventTime: late })].forEach(taking.add);
    const { complete, unusedGrants, staleReads } = taking.report(false);
    assert.deepEqual([complete, unusedGrants, staleReads], [false, undefined, undefined]);
  });

  function roleOf(name: string) {
    const database = plan.secrets.find((one) => one.name === "orders/prod/database");
    const role = database?.readers.find((one) => one.name === name);
    assert.ok(role, name);
    return role;
  }
});

describe("values read after they should have rotated", () => {
  const read = (eventTime: string) => ownersRecord({ eventTime });
  const stale = (records: readonly TrailRecord[]) =>
    audited(records).staleReads?.map(({ lastChanged, due }) => [lastChanged, due.slice(0, 10)]);
  const put = (eventTime: string, versionStages?: readonly string[]): TrailRecord => ({
    ...read(eventTime),
    eventName: "PutSecretValue",
    requestParameters: { secretId: databaseArn, ...(versionStages && { versionStages }) },
  });

  it("are those whose last rotation is further back than the schedule and its window", () => {
    const rotated = rotationSucceeded("2026-01-01T00:00:00Z");
    assert.deepEqual(stale([rotated, read("2026-02-03T00:00:01Z")]), [
      ["2026-01-01T00:00:00Z", "2026-02-01"],
    ]);
    assert.deepEqual(stale([rotated, read("2026-01-31T00:00:00Z")]), []);
    assert.deepEqual(
      stale([rotated, rotationSucceeded("2026-01-30T00:00:00Z"), read("2026-02-03T00:00:01Z")]),
      [],
    );
  });

  it("count from a value put, and not from one that a rotation has put aside", () => {
    const first = read("2026-01-01T00:00:00Z");
    const last = read("2026-02-10T00:00:00Z");
    assert.deepEqual(stale([first, last]), [[undefined, "2026-02-01"]]);
    assert.deepEqual(stale([first, put("2026-01-20T00:00:00Z"), last]), []);
    assert.equal(stale([first, put("2026-01-20T00:00:00Z", ["AWSPENDING"]), last])?.length, 1);
  });

  it("count from where the owner's own records begin", () => {
    const first = callersRecord({ eventTime: "2026-01-01T00:00:00Z" });
    const last = { sharedEventID: "one", eventTime: "2026-04-10T00:00:00Z" };
    assert.deepEqual(stale([first, callersRecord(last), ownersRecord(last)]), []);
  });
});
