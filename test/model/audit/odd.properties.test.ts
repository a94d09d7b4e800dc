import assert from "node:assert/strict";
import fc from "fast-check";
import { csvReport } from "../../../cli/audit/csvReport";
import { jsonReport } from "../../../cli/audit/jsonReport";
import { textReport } from "../../../cli/audit/textReport";
import { auditor } from "../../../model/audit/auditor";
import { isAudited, type TrailRecord } from "../../../model/audit/trailRecord";
import { corpus } from "../detection/support/corpus";
import { audited, plan } from "./support/audited";
import { callersRecord, ownersRecord, rotationSucceeded } from "./support/records";

type Tree = { readonly [key: string]: unknown };

const usual: readonly TrailRecord[] = [
  callersRecord({ sharedEventID: "one", eventID: "1" }),
  ownersRecord({ sharedEventID: "one", eventID: "2" }),
  rotationSucceeded("2026-03-02T00:00:00Z"),
  ...corpus().flatMap(({ record }) =>
    isAudited(record) && record.eventSource === "ssm.amazonaws.com" ? [record] : [],
  ),
];

function reports(records: readonly unknown[]) {
  const taking = auditor(plan, { unusedDays: 90 });
  for (const record of records) taking.add(record as TrailRecord);
  const report = taking.report();
  const gathered = { covered: true, stopped: false, notes: [] };
  const text = textReport(report, gathered, { rows: 50, unusedDays: 90 }, false);
  csvReport(report);
  JSON.stringify(jsonReport(report, []));
  return { report, text };
}

/** Paths of every value in a record. */
function pathsOf(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [path];
  return [
    ...(path.length > 0 ? [path] : []),
    ...Object.entries(value).flatMap(([key, entry]) => pathsOf(entry, [...path, key])),
  ];
}

function withValue(record: object, [key = "", ...rest]: readonly string[], value: unknown): object {
  const inner = (record as Tree)[key];
  return { ...record, [key]: rest.length === 0 ? value : withValue(inner ?? {}, rest, value) };
}

describe("records that CloudTrail would not write", function () {
  this.timeout(240_000);

  for (const odd of [
    { sourceIPAddress: 0 },
    { userIdentity: null },
    { vpcEndpointId: 0 },
    { userIdentity: { arn: ["x"] } },
    { userIdentity: { sessionContext: "x" } },
    { userIdentity: { sessionContext: { sessionIssuer: { arn: {} } } } },
    { userIdentity: "root" },
    { errorCode: {} },
    { sharedEventID: 1 },
    { recipientAccountId: 111111111111 },
    { requestParameters: "x" },
    { additionalEventData: [] },
    { eventTime: "2026-13-45T99:99:99Z" },
    { eventTime: "0000-00-00T00:00:00Z" },
    { eventTime: "9999-12-31T23:59:60Z" },
  ]) {
    it(`are counted as unreadable, and leave the others as they are: ${JSON.stringify(odd)}`, () => {
      const record = { ...callersRecord(), ...odd };
      const { report } = reports([record, callersRecord({ eventID: "3" })]);
      assert.deepEqual([report.seen.unreadable, report.seen.records, report.rows[0]?.reads], [1, 1, 1]);
    });
  }

  it("count where a text is null, as exports write what is not there", () => {
    const { seen } = audited([{ ...callersRecord(), errorCode: null, vpcEndpointId: null } as never]);
    assert.deepEqual([seen.unreadable, seen.records], [0, 1]);
  });

  it("end no audit, whatever stands in whichever field", () => {
    const property = fc.property(
      fc.constantFrom(...usual),
      fc.nat(),
      fc.oneof(fc.jsonValue(), fc.constantFrom<unknown>(null, 0, "", [], {}, [[]], { arn: 0 }, "__proto__")),
      (record, index, value) => {
        const all = pathsOf(record);
        const changed = withValue(record, all[index % all.length]!, value);
        const { report } = reports([changed, ...usual]);
        assert.ok(report.seen.records >= usual.length);
      },
    );
    fc.assert(property, { numRuns: 300 });
  });

  it("cost no time by their length", () => {
    // So long that time which grows by its square ends with no test run.
    for (const text of ["x", ":", "-", "\n:", "\u001b[", "a-", "*", "arn:", " on resource: ", "\u009b"]) {
      const long = text.repeat(Math.ceil(300_000 / text.length));
      for (const path of usual.slice(0, 2).flatMap((record) => pathsOf(record))) {
        if (["eventTime", "eventSource", "eventName"].includes(path[0]!)) continue;
        const { text: shown } = reports([withValue(usual[0]!, path, long), withValue(usual[1]!, path, long)]);
        assert.ok(shown.length < 100_000, `${path.join(".")} is printed in full`);
      }
    }
  });
});

describe("a person of IAM Identity Center", () => {
  const onBehalfOf = {
    userId: "544894e8-80c1-707f-60e3-3ba6510dfac1",
    identityStoreArn: "arn:aws:identitystore::123456789012:identitystore/d-9067642ac7",
  };
  const readBy = (identity: object) =>
    audited([
      callersRecord({ userIdentity: { type: "IdentityCenterUser", accountId: "333333333333", ...identity } }),
    ]).rows.map(({ principal, finding }) => [principal.name, principal.account, principal.kind, finding]);

  it("is named, by the id that the identity store knows, and is nobody a grant explains", () => {
    assert.deepEqual(readBy({ onBehalfOf, credentialId: "x" }), [
      [`Identity Center user ${onBehalfOf.userId}`, "333333333333", "user", "unexplained"],
    ]);
    assert.deepEqual(
      readBy({ onBehalfOf, userName: "alice" })[0]?.[0],
      `Identity Center user alice ${onBehalfOf.userId}`,
    );
    assert.deepEqual(readBy({})[0]?.[0], "Identity Center user unknown");
  });
});
