import assert from "node:assert/strict";
import fc from "fast-check";
import { type AuditLimits, auditor, type AuditReport } from "../../../model/audit/auditor";
import { repeats } from "../../../model/audit/repeats";
import type { TrailRecord } from "../../../model/audit/trailRecord";
import { samplePlan } from "../plan/support/samples";
import { apiRole, callersRecord, databaseArn, ownersRecord } from "./support/records";

const plan = samplePlan();

function audited(records: readonly TrailRecord[], limits: Partial<AuditLimits> = {}): AuditReport {
  const taking = auditor(plan, { unusedDays: 90, limits });
  records.forEach(taking.add);
  return taking.report();
}

describe("a record that comes more than once", () => {
  const caller = callersRecord({ sharedEventID: "one", eventID: "callers" });
  const owner = ownersRecord({ sharedEventID: "one", eventID: "owners" });
  const told = (records: readonly TrailRecord[], limits: Partial<AuditLimits> = {}) => {
    const report = audited(records, limits);
    return [report.rows.map(({ reads }) => reads), report.seen.repeated, report.seen.joined];
  };

  it("counts once, in whatever order the records of a call come", () => {
    for (const records of [
      [caller, caller, owner, owner],
      [owner, owner, caller, caller],
      [caller, owner, caller, owner],
      [owner, caller, caller, owner],
    ]) {
      assert.deepEqual(told(records), [[1], 2, 1]);
      const [row] = audited(records).rows;
      assert.deepEqual([row?.principal.name, row?.finding], [apiRole, "granted"]);
    }
  });

  it("counts once where it was refused, and where it is the owner's alone", () => {
    const errorMessage = `User: x is not authorized to perform: secretsmanager:GetSecretValue on resource: ${databaseArn} because`;
    const refused = callersRecord({ eventID: "refused", errorCode: "AccessDenied", errorMessage });
    assert.equal(audited([refused, refused]).rows[0]?.denied, 1);
    const alone = audited([owner, owner]);
    assert.deepEqual([alone.rows[0]?.reads, alone.seen.unjoined], [1, 1]);
  });

  it("is told by its eventID: records without one, or with another, all count", () => {
    assert.deepEqual(told([callersRecord(), callersRecord()]), [[2], 0, 0]);
    assert.deepEqual(told([callersRecord({ eventID: "a" }), callersRecord({ eventID: "b" })]), [[2], 0, 0]);
  });

  it("is recognised among the last records that name values, however many others lie between", () => {
    const reads = (from: number, count: number) =>
      Array.from({ length: count }, (_, at) => callersRecord({ eventID: `read ${from + at}` }));
    const others = Array.from({ length: 50 }, (_, at) =>
      callersRecord({ eventID: `other ${at}`, requestParameters: { secretId: "another/secret" } }),
    );
    const limits = { repeats: 10 };
    assert.deepEqual(told([...reads(0, 10), ...others, ...reads(0, 10)], limits), [[10], 10, 0]);
    assert.deepEqual(told([...reads(0, 21), ...reads(0, 1)], limits), [[22], 0, 0]);
  });

  it("is forgotten after twice the limit at the latest, and never before the limit", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.array(fc.nat(60), { maxLength: 200 }),
        (capacity, ids) => {
          const window = repeats(capacity);
          const came: number[] = [];
          for (const id of ids) {
            const since = came.includes(id) ? new Set(came.slice(came.lastIndexOf(id) + 1)).size : Infinity;
            const known = window.known(String(id));
            if (since < capacity) assert.ok(known);
            if (since > 2 * capacity) assert.ok(!known);
            if (!known) came.push(id);
          }
        },
      ),
    );
  });
});
