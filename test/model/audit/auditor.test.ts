import assert from "node:assert/strict";
import type { AuditReport } from "../../../model/audit/auditor";
import type { TrailRecord } from "../../../model/audit/trailRecord";
import { audited } from "./support/audited";
import {
  apiRole,
  callersRecord,
  databaseArn,
  ownersRecord,
  prod,
  roleIdentity,
  security,
} from "./support/records";

function brief({ rows }: AuditReport) {
  return rows.map(({ item, principal, from, finding, reads, decrypts, denied }) => ({
    item: item && `${item.service}/${item.environment}/${item.item}`,
    by: principal.name,
    from,
    finding,
    counts: [reads, decrypts, denied],
  }));
}

const granted = {
  item: "orders/prod/database",
  by: apiRole,
  from: "10.30.17.42",
  finding: "granted",
  counts: [1, 0, 0],
};

describe("the two accounts' records of one read", () => {
  const caller = callersRecord({ sharedEventID: "one" });
  const owner = ownersRecord({ sharedEventID: "one" });

  it("count once, as the caller's, whichever comes first", () => {
    for (const records of [
      [caller, owner],
      [owner, caller],
    ]) {
      const report = audited(records);
      assert.deepEqual(brief(report), [granted]);
      assert.deepEqual([report.seen.joined, report.seen.unjoined], [1, 0]);
    }
  });

  it("count once where they lie too far apart to be joined", () => {
    const between = Array.from({ length: 5 }, (_, at) => ownersRecord({ sharedEventID: `other ${at}` }));
    for (const records of [
      [caller, ...between, owner],
      [owner, ...between, caller],
    ]) {
      const report = audited(records, { limits: { waiting: 2 } });
      assert.deepEqual(
        brief(report).map(({ by, finding }) => [by, finding]),
        [[apiRole, "granted"]],
      );
      assert.equal(report.seen.joined, 0);
    }
  });

  it("leave an account where the owner's stands alone, granted as far as it can tell", () => {
    const [row] = brief(audited([owner]));
    assert.deepEqual([row?.by, row?.finding], [`account ${prod}`, "account"]);
    const foreign = { type: "AWSAccount", principalId: "AROA1:x", accountId: "999999999999" };
    assert.equal(brief(audited([{ ...owner, userIdentity: foreign }]))[0]?.finding, "unexplained");
  });

  it("name the role by its id once any record told it", () => {
    const elsewhere = callersRecord({ eventName: "DescribeSecret" });
    assert.deepEqual(
      brief(audited([owner, elsewhere])).map(({ by, finding }) => [by, finding]),
      [[apiRole, "granted"]],
    );
  });
});

describe("what a record names", () => {
  const names: readonly (readonly [string, Partial<TrailRecord>])[] = [
    ["an ARN", {}],
    ["an ARN without its end", { requestParameters: { secretId: databaseArn.slice(0, -7) } }],
    [
      "a replica's ARN",
      { requestParameters: { secretId: databaseArn.replace("eu-west-1", "eu-central-1") } },
    ],
    ["a name", { requestParameters: { secretId: "orders/prod/database" }, recipientAccountId: security }],
  ];
  for (const [title, changes] of names) {
    it(`${title} is found in the Plan`, () => {
      assert.deepEqual(brief(audited([callersRecord(changes)])), [granted]);
    });
  }

  it("a batch counts by the records of each secret it reads, and by itself when it is refused", () => {
    const batch = callersRecord({
      eventName: "BatchGetSecretValue",
      requestParameters: { secretIdList: [databaseArn] },
    });
    assert.deepEqual(brief(audited([batch, callersRecord()])), [granted]);
    assert.deepEqual(brief(audited([{ ...batch, requestParameters: { filters: [] } }])), []);
    const refused = { ...batch, requestParameters: null, errorCode: "AccessDenied", errorMessage: "no" };
    assert.deepEqual(
      brief(audited([refused])).map(({ item, counts }) => [item, counts]),
      [[undefined, [0, 0, 1]]],
    );
  });

  it("a name in another account is another secret", () => {
    const report = audited([callersRecord({ requestParameters: { secretId: "orders/prod/database" } })]);
    assert.deepEqual([brief(report), report.seen.outside], [[], 1]);
  });

  it("parameters are found by name, list, version and path", () => {
    const item = "orders/prod/log-level";
    const ssm = { eventSource: "ssm.amazonaws.com" };
    for (const changes of [
      { ...ssm, eventName: "GetParameter", requestParameters: { name: "/orders/prod/log-level:3" } },
      {
        ...ssm,
        eventName: "GetParameters",
        requestParameters: { names: ["/aws/x", "/orders/prod/log-level"] },
      },
      { ...ssm, eventName: "GetParametersByPath", requestParameters: { path: "/orders/prod" } },
      { ...ssm, eventName: "GetParametersByPath", requestParameters: { path: "/orders/", recursive: true } },
    ]) {
      const found = brief(audited([callersRecord(changes)]));
      assert.ok(
        found.some((row) => row.item === item && row.finding === "granted"),
        JSON.stringify(changes),
      );
    }
    const shallow = { ...ssm, eventName: "GetParametersByPath", requestParameters: { path: "/orders/" } };
    assert.deepEqual(brief(audited([callersRecord(shallow)])), []);
  });

  it("a decryption tells nothing more than the read it was for, and everything where there is none", () => {
    const decrypt = callersRecord({
      eventSource: "kms.amazonaws.com",
      eventName: "Decrypt",
      sourceIPAddress: "secretsmanager.amazonaws.com",
      requestParameters: { encryptionContext: { SecretARN: databaseArn, SecretVersionId: "3bfc2695" } },
    });
    assert.deepEqual(brief(audited([callersRecord(), decrypt])), [granted]);
    assert.deepEqual(brief(audited([decrypt])), [{ ...granted, from: "", counts: [0, 1, 0] }]);
    const trial = { SecretARN: databaseArn, SecretVersionId: "RequestToValidateKeyAccess" };
    assert.deepEqual(brief(audited([{ ...decrypt, requestParameters: { encryptionContext: trial } }])), []);
  });

  it("a refused read is no read", () => {
    const errorMessage = `User: x is not authorized to perform: secretsmanager:GetSecretValue on resource: ${databaseArn} because`;
    const refused = callersRecord({
      errorCode: "AccessDenied",
      errorMessage,
      requestParameters: null,
      userIdentity: roleIdentity(`arn:aws:iam::${prod}:role/ci-runner`),
    });
    const [row] = brief(audited([refused]));
    assert.deepEqual([row?.item, row?.counts], ["orders/prod/database", [0, 0, 1]]);
    assert.deepEqual(brief(audited([callersRecord({ errorCode: "ThrottlingException" })])), []);
  });
});

describe("bounded memory", () => {
  it("counts places past the limit together", () => {
    const records = Array.from({ length: 40 }, (_, at) => callersRecord({ sourceIPAddress: `10.0.0.${at}` }));
    const { rows } = audited(records, { limits: { places: 10 } });
    assert.equal(rows.length, 11);
    assert.deepEqual(rows.find(({ several }) => several)?.reads, 30);
  });

  it("still tells an unexplained read where there is no row left", () => {
    const flood = Array.from({ length: 50 }, (_, at) =>
      callersRecord({
        userIdentity: { type: "IAMUser", arn: `arn:aws:iam::${prod}:user/u${at}`, accountId: prod },
      }),
    );
    const { rows } = audited([callersRecord(), ...flood], { limits: { rows: 5 } });
    assert.equal(rows.length, 6);
    const unexplained = rows.filter(({ finding }) => finding === "unexplained");
    assert.equal(
      unexplained.reduce((sum, { reads }) => sum + reads, 0),
      50,
    );
  });
});

it("limits an audit to some items and some time", () => {
  const other = callersRecord({ eventTime: "2026-03-04T00:00:00Z" });
  const records = [callersRecord(), other];
  assert.deepEqual(brief(audited(records, { only: ({ service }) => service === "payments" })), []);
  assert.deepEqual(brief(audited(records, { since: new Date("2026-03-04T00:00:00Z") })), [granted]);
  assert.deepEqual(brief(audited(records, { until: new Date("2026-03-04T00:00:00Z") })), [granted]);
});
