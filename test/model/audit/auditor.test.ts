import assert from "node:assert/strict";
import { type AuditOptions, auditor, type AuditReport } from "../../../model/audit/auditor";
import { isAudited, type TrailRecord } from "../../../model/audit/trailRecord";
import { corpus } from "../detection/support/corpus";
import { samplePlan } from "../plan/support/samples";
import {
  apiRole,
  callersRecord,
  databaseArn,
  ownersRecord,
  prod,
  roleIdentity,
  rotationSucceeded,
  security,
  staging,
} from "./support/records";

const plan = samplePlan();

function audited(records: readonly TrailRecord[], options: Partial<AuditOptions> = {}): AuditReport {
  const taking = auditor(plan, { unusedDays: 90, ...options });
  records.forEach(taking.add);
  return taking.report();
}

function brief({ rows }: AuditReport) {
  return rows.map(({ item, principal, from, verdict, reads, decrypts, denied }) => ({
    item: item && `${item.service}/${item.environment}/${item.item}`,
    by: principal.name,
    from,
    verdict,
    counts: [reads, decrypts, denied],
  }));
}

const granted = {
  item: "orders/prod/database",
  by: apiRole,
  from: "10.30.17.42",
  verdict: "granted",
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
        brief(report).map(({ by, verdict }) => [by, verdict]),
        [[apiRole, "granted"]],
      );
      assert.equal(report.seen.joined, 0);
    }
  });

  it("leave an account where the owner's stands alone, granted as far as it can tell", () => {
    const [row] = brief(audited([owner]));
    assert.deepEqual([row?.by, row?.verdict], [`account ${prod}`, "account"]);
    const foreign = { type: "AWSAccount", principalId: "AROA1:x", accountId: "999999999999" };
    assert.equal(brief(audited([{ ...owner, userIdentity: foreign }]))[0]?.verdict, "unexplained");
  });

  it("name the role by its id once any record told it", () => {
    const elsewhere = callersRecord({ eventName: "DescribeSecret" });
    assert.deepEqual(
      brief(audited([owner, elsewhere])).map(({ by, verdict }) => [by, verdict]),
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
        found.some((row) => row.item === item && row.verdict === "granted"),
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

describe("the corpus of what happens", () => {
  const happenings = corpus().flatMap(({ name, record }) => {
    if (!isAudited(record)) return [];
    const { rows, seen } = audited([record]);
    const unexplained = rows.some(({ verdict, denied }) => verdict === "unexplained" && denied === 0);
    return [{ name, unexplained, read: rows.length > 0, outside: seen.outside > 0 }];
  });
  const namesOf = (group: string, which: (one: (typeof happenings)[number]) => boolean) =>
    happenings
      .filter((one) => one.name.startsWith(`${group}/`) && which(one))
      .map(({ name }) => name.slice(group.length + 1))
      .sort();

  it("normal reads are explained by the sample manifests, each of them", () => {
    assert.ok(namesOf("normal", ({ read }) => read).length >= 15);
    assert.deepEqual(
      namesOf("normal", ({ unexplained }) => unexplained),
      [],
    );
  });

  it("normal reads of what no manifest names are those of others", () => {
    assert.deepEqual(
      namesOf("normal", ({ outside }) => outside),
      [
        "launch-reads-public-image",
        "log-group-decrypts",
        "other-team-decrypts-own-parameter",
        "other-team-reads-own-managed-secret",
        "other-team-reads-own-secret",
      ],
    );
  });

  it("reads that set off alarms are explained by nothing, but those by a consumer's own role", () => {
    assert.deepEqual(
      namesOf("reads", ({ unexplained }) => unexplained),
      [
        "administrator-decrypts-parameter",
        "administrator-reads-managed-secret",
        "auditor-decrypts-parameter",
        "console-user-reads-secret",
        "deployer-reads-secret",
        "developer-reads-secret",
        "foreign-account-decrypts-parameter",
        "foreign-account-reads-managed-secret",
        "foreign-account-reads-secret",
        "platform-function-reads-secret",
        "role-outside-services",
        "role-outside-services-decrypts",
        "role-that-looks-like-a-service",
        "root-reads-secret",
        "user-decrypts-parameter",
        "writer-decrypts-parameter",
        "writer-reads-secret",
      ],
    );
    const granted = namesOf("reads", ({ read, unexplained }) => read && !unexplained);
    assert.ok(granted.every((name) => /^stolen-credentials|^session-named-like-a-build$|denied/.test(name)));
  });

  it("break-glass is a reason of its own", () => {
    const { record } = corpus().find(({ name }) => name === "break-glass/reads-secret") ?? {};
    assert.ok(isAudited(record));
    const [row] = audited([record]).rows;
    assert.deepEqual([row?.verdict, row?.principal.session], ["break-glass", "jo@example.com"]);
  });
});

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
    const unexplained = rows.filter(({ verdict }) => verdict === "unexplained");
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
