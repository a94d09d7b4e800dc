import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TrailRecord } from "../../../model/audit/trailRecord";
import {
  apiRole,
  callersRecord,
  ownersRecord,
  prod,
  roleIdentity,
  rotationSucceeded,
  security,
  trailLine,
} from "../../model/audit/support/records";
import type { AwsProxy } from "../../support/moto/awsProxy";
import { type Environment, platform } from "../operations/support/platform";
import { answering } from "./support/answers";
import { type Archive, makeArchive } from "./support/archive";
import { audited, emulated } from "./support/emulated";

describe("platform audit over the archive", function () {
  this.timeout(480_000);
  const suite = emulated();
  let proxy: AwsProxy;
  let folder: string;
  let archive: Archive;
  let auditors: Environment;
  let prods: Environment;

  before(async function () {
    const { ministack, signedIn, ...started } = await suite.start(this);
    ({ proxy, folder } = started);
    archive = await makeArchive(ministack, security);
    auditors = signedIn(security);
    prods = signedIn(prod);
  });
  afterEach(() => proxy.forget());

  const march = ["--since", "2026-03-01", "--until", "2026-03-05"];
  const stranger = callersRecord({
    userIdentity: roleIdentity(`arn:aws:iam::${prod}:role/ci-runner`, "AROA1", "run"),
    eventTime: "2026-03-03T12:00:00Z",
  });
  const lambdaOwn: TrailRecord = {
    eventTime: "2026-03-03T09:00:01Z",
    eventSource: "kms.amazonaws.com",
    eventName: "Decrypt",
    userIdentity: roleIdentity(apiRole),
    requestParameters: { encryptionContext: { "aws:lambda:FunctionArn": "arn" } },
    recipientAccountId: prod,
  };
  const deliveries = [
    callersRecord({ sharedEventID: "one" }),
    ownersRecord({ sharedEventID: "one" }),
    stranger,
    lambdaOwn,
    rotationSucceeded("2026-03-02T00:00:00Z"),
    { ...stranger, eventTime: "2026-03-05T00:00:00Z" },
    { ...stranger, eventTime: "2026-02-28T23:59:59Z" },
    { ...stranger, eventName: "DescribeSecret" },
    { ...stranger, eventSource: "s3.amazonaws.com" },
  ];

  it("says who read what, of all accounts together, within the time asked for", async () => {
    await archive.deliver(deliveries);
    const { code, report } = await audited(auditors, ...march);
    assert.equal(code, 1);
    assert.deepEqual(
      report.rows.map((row) => [row.consumer, row.principal, row.verdict, row.reads]),
      [
        ["orders/prod/api", apiRole, "granted", 1],
        ["", `arn:aws:iam::${prod}:role/ci-runner`, "unexplained", 1],
      ],
    );
    assert.deepEqual([report.seen.joined, report.seen.unjoined], [1, 0]);
    // Caller's, owner's, stranger's, and the rotation.
    assert.equal(report.seen.records, 4);
    assert.deepEqual(report.seen.accounts, [security, prod]);
    assert.match(
      report.notes[0]!,
      /^from the archive, of 2026-03-01 00:00 to 2026-03-05 00:00 UTC; Athena read \d/,
    );
  });

  it("takes the same as from files", async () => {
    const file = join(folder, "trail.jsonl");
    writeFileSync(file, deliveries.map((record) => `${JSON.stringify(record)}\n`).join(""));
    const [{ report: fromArchive }, { report: fromFile }] = [
      await audited(auditors, ...march),
      await audited(auditors, ...march, "--file", file),
    ];
    for (const part of ["rows", "unexplained", "staleReads", "unusedGrants"] as const) {
      assert.deepEqual(fromArchive[part], fromFile[part], part);
    }
  });

  it("takes every page, or a part at a time, each record once", async () => {
    const records = Array.from({ length: 2500 }, (_, at) => JSON.parse(trailLine(at)) as TrailRecord);
    await archive.deliver(records);
    const hour = ["--since", "2026-03-01T00:00:00Z", "--until", "2026-03-01T01:00:00Z"];
    const { report } = await audited(auditors, ...hour);
    assert.equal(report.seen.records, 2500);
    assert.equal(proxy.calls.filter(({ action }) => action === "GetQueryResults").length, 3);

    const resume = join(folder, "progress.json");
    const seen: number[] = [];
    proxy.forget();
    do {
      const part = await audited(auditors, ...hour, "--limit", "900", "--resume", resume);
      seen.push(part.report.seen.records);
      assert.deepEqual([part.report.unusedGrants, part.report.complete], [null, false]);
      assert.equal(part.code, existsSync(resume) ? 1 : 0);
      if (existsSync(resume))
        assert.match(
          part.report.notes.at(-1)!,
          /^stopped after 900 records \(--limit\); go on with --resume /,
        );
    } while (existsSync(resume));
    assert.deepEqual(seen, [900, 900, 700]);
    assert.equal(proxy.calls.filter(({ action }) => action === "StartQueryExecution").length, 1);
  });

  it("goes on only with what it began", async () => {
    const resume = join(folder, "other.json");
    await audited(auditors, ...march, "--limit", "1", "--resume", resume);
    const kept = readFileSync(resume, "utf8");
    const refused = await audited(auditors, "--source", "lookup", "--resume", resume);
    assert.equal(refused.code, 1);
    assert.match(refused.report.error.message, /is of an audit with --source archive; go on with that/);

    proxy.use(
      answering("GetQueryResults", 400, {
        __type: "InvalidRequestException",
        message: "Query results expired.",
      }),
    );
    const gone = await audited(auditors, "--resume", resume);
    assert.match(
      gone.report.error.message,
      /is not there any more: it is kept for a day .*; remove that file and start again$/,
    );
    assert.equal(readFileSync(resume, "utf8"), kept);
  });

  it("takes what a query found that is paid for, when taking it failed", async () => {
    const resume = join(folder, "failed.json");
    proxy.use(answering("GetQueryResults", 400, { __type: "AccessDeniedException", message: "no" }, 1));
    const failed = await audited(
      auditors,
      "--since",
      "2026-03-03",
      "--until",
      "2026-03-05",
      "--resume",
      resume,
    );
    assert.equal(failed.code, 1);
    const { report } = await audited(auditors, "--resume", resume);
    assert.equal(report.seen.records, 3);
    assert.equal(proxy.calls.filter(({ action }) => action === "StartQueryExecution").length, 1);
    assert.ok(!existsSync(resume));
  });

  it("is left for LookupEvents in an account that does not hold it, and says who does", async () => {
    const { code, report } = await audited(prods, "--source", "archive");
    assert.equal(code, 1);
    assert.match(
      report.error.message,
      /is held by account 111111111111 \(stack security\), and these credentials are of account 333333333333 .*secrets-auditors/,
    );
    await audited(prods);
    assert.ok(proxy.calls.some(({ action }) => action === "LookupEvents"));
  });

  for (const [state, reason, matter] of [
    [
      "CANCELLED",
      "Query cancelled! Bytes scanned limit was exceeded",
      /take a shorter time .* or raise `scanLimitGigabytes`/,
    ],
    [
      "FAILED",
      "TABLE_NOT_FOUND: line 2:6",
      /did not finish the query \(FAILED: TABLE_NOT_FOUND: line 2:6\); .*pulumi up/,
    ],
  ] as const) {
    it(`says what to do about a query that ${state.toLowerCase()}`, async () => {
      proxy.use(
        answering("GetQueryExecution", 200, {
          QueryExecution: { Status: { State: state, StateChangeReason: reason } },
        }),
      );
      const { code, report } = await audited(auditors, ...march);
      assert.equal(code, 1);
      assert.match(report.error.message, matter);
    });
  }

  it("says what is refused, and which role may", async () => {
    proxy.use(
      answering("StartQueryExecution", 400, {
        __type: "AccessDeniedException",
        message:
          "You are not authorized to perform: athena:StartQueryExecution on the resource. After your AWS administrator " +
          "has updated your permissions, please try again.",
      }),
    );
    const { code, report } = await audited(auditors, ...march);
    assert.equal(code, 1);
    assert.match(
      report.error.message,
      /may not athena:StartQueryExecution .*; use arn:aws:iam::111111111111:role\/platform\/secrets-auditors/,
    );
  });

  it("ends the query when it is interrupted", async () => {
    proxy.use(answering("GetQueryExecution", 200, { QueryExecution: { Status: { State: "RUNNING" } } }));
    const { code, stderr } = await platform(["audit", ...march], {
      env: auditors,
      started: (child) => {
        const poll = setInterval(() => {
          if (!proxy.calls.some(({ action }) => action === "GetQueryExecution")) return;
          clearInterval(poll);
          child.kill("SIGINT");
        }, 50);
        child.once("close", () => clearInterval(poll));
      },
    });
    assert.equal(code, 1);
    assert.match(stderr, /stopped; Athena was told to end the query as well/);
    assert.ok(proxy.calls.some(({ action }) => action === "StopQueryExecution"));
  });
});
