import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  CreateSecretCommand,
  GetSecretValueCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { GetParameterCommand, PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { lookups } from "../../../cli/audit/lookup";
import { callersRecord, prod } from "../../model/audit/support/records";
import type { Ministack } from "../../support/ministack/startMinistack";
import type { AwsCall, AwsDouble, AwsProxy } from "../../support/moto/awsProxy";
import type { Environment } from "../operations/support/platform";
import { answering } from "./support/answers";
import { audited, emulated } from "./support/emulated";

describe("platform audit by LookupEvents", function () {
  this.timeout(480_000);
  const suite = emulated();
  let ministack: Ministack;
  let proxy: AwsProxy;
  let folder: string;
  let env: Environment;

  before(async function () {
    const { signedIn, ...started } = await suite.start(this);
    ({ ministack, proxy, folder } = started);
    env = signedIn(prod);
  });
  afterEach(() => proxy.forget());

  it("finds what the emulator recorded: who read which value, and no value", async () => {
    const settings = {
      region: "eu-west-1",
      endpoint: ministack.endpoint,
      credentials: ministack.credentials(prod),
    };
    const secrets = new SecretsManagerClient(settings);
    const ssm = new SSMClient(settings);
    const value = "canary-4f1c";
    await secrets.send(new CreateSecretCommand({ Name: "not/ours/secret", SecretString: value }));
    await secrets.send(new GetSecretValueCommand({ SecretId: "not/ours/secret" }));
    await ssm.send(new PutParameterCommand({ Name: "/orders/prod/log-level", Type: "String", Value: value }));
    const read = new GetParameterCommand({ Name: "/orders/prod/log-level" });
    for (let times = 0; times < 3; times++) await ssm.send(read);

    const { code, report } = await audited(env);
    assert.equal(code, 1);
    assert.deepEqual(
      report.rows.map((row) => [row.item, row.account, row.from, row.verdict, row.reads]),
      [["orders/prod/log-level", prod, "127.0.0.1", "unexplained", 3]],
    );
    assert.equal(report.seen.outside, 1);
    assert.deepEqual(report.seen.accounts, [prod]);
    assert.doesNotMatch(JSON.stringify(report), /canary/);
  });

  it("asks for each kind of event in turn, within the time, and for every page", async () => {
    proxy.use(paged(130));
    const { code, report } = await audited(env, "--since", "2026-03-01", "--until", "2026-03-04");
    assert.equal(code, 0);
    assert.deepEqual([report.seen.records, report.rows[0]?.reads], [130, 130]);
    const asked = proxy.calls.filter(({ action }) => action === "LookupEvents").map(({ body }) => body);
    assert.deepEqual(
      asked.map(({ LookupAttributes, NextToken }) => [LookupAttributes, NextToken]),
      [
        ...[undefined, "50", "100"].map((token) => [attributes(0), token]),
        ...lookups.slice(1).map((_, at) => [attributes(at + 1), undefined]),
      ],
    );
    for (const { StartTime, EndTime } of asked) {
      assert.deepEqual(
        [StartTime, EndTime],
        [Date.parse("2026-03-01") / 1000, Date.parse("2026-03-04") / 1000],
      );
    }
  });

  it("goes on where it stopped, and takes each event once", async () => {
    proxy.use(paged(130));
    const resume = join(folder, "progress.json");
    const seen: number[] = [];
    do {
      const { report } = await audited(env, "--limit", "60", "--resume", resume, "--until", "2026-03-04");
      seen.push(report.seen.records);
      if (existsSync(resume)) {
        assert.match(
          report.notes.at(-1)!,
          /^stopped after 60 records \(--limit\), in the events of secretsmanager.* before 2026-03-03T/,
        );
        assert.doesNotMatch(readFileSync(resume, "utf8"), /orders/);
      }
    } while (existsSync(resume));
    assert.deepEqual(seen, [60, 60, 10]);
  });

  it("waits out throttling", async () => {
    proxy.use(
      answering("LookupEvents", 400, { __type: "ThrottlingException", message: "Rate exceeded" }, 2),
      paged(3),
    );
    const { code, report } = await audited(env, "--until", "2026-03-04");
    assert.deepEqual([code, report.seen.records], [0, 3]);
  });

  for (const [title, answer, matter] of [
    [
      "may not",
      {
        __type: "AccessDeniedException",
        message: `User: arn:aws:sts::${prod}:assumed-role/secrets-writers/x is not authorized to perform: cloudtrail:LookupEvents because no identity-based policy allows the cloudtrail:LookupEvents action`,
      },
      /may not cloudtrail:LookupEvents .*; use arn:aws:iam::333333333333:role\/platform\/secrets-auditors/,
    ],
    [
      "has expired credentials",
      { __type: "ExpiredTokenException", message: "The security token included in the request is expired" },
      /the AWS credentials have expired .*; sign in again/,
    ],
    [
      "asks for too long ago",
      { __type: "InvalidTimeRangeException", message: "The time range is not valid" },
      /cloudtrail:LookupEvents on \* .*failed \(InvalidTimeRangeException: The time range is not valid\)/,
    ],
  ] as const) {
    it(`says so to who ${title}`, async () => {
      proxy.use(answering("LookupEvents", 400, answer));
      const { code, report } = await audited(env);
      assert.equal(code, 1);
      assert.match(report.error.message, matter);
    });
  }

  it("says so where there are no credentials, and where AWS cannot be reached", async () => {
    for (const [environment, matter] of [
      [{ AWS_ENDPOINT_URL: proxy.endpoint }, /there are no AWS credentials here/],
      [{ ...env, AWS_ENDPOINT_URL: "http://127.0.0.1:1" }, /AWS cannot be reached from here/],
    ] as const) {
      const { code, report } = await audited(environment);
      assert.equal(code, 1);
      assert.match(report.error.message, matter);
    }
  });
});

/** LookupEvents of so many reads, three a second, newest first, 50 a page; ministack gives one page. */
function paged(count: number): AwsDouble {
  const newest = Date.parse("2026-03-03T12:00:00Z") / 1000;
  const events = Array.from({ length: count }, (_, at) => {
    const time = newest - Math.floor(at / 3);
    const eventTime = new Date(time * 1000).toISOString().replace(".000", "");
    const record = { ...callersRecord({ eventTime }), eventID: `event-${at}` };
    return { EventId: record.eventID, EventTime: time, CloudTrailEvent: JSON.stringify(record) };
  });
  return answering("LookupEvents", 200, ({ body }: AwsCall) => {
    const [{ AttributeValue = "" } = {}] = body["LookupAttributes"] as { AttributeValue?: string }[];
    if (AttributeValue !== lookups[0]![1]) return { Events: [] };
    const within = events.filter(({ EventTime }) => EventTime <= (body["EndTime"] as number));
    const from = Number(body["NextToken"] ?? 0);
    const more = from + 50 < within.length;
    return { Events: within.slice(from, from + 50), ...(more && { NextToken: String(from + 50) }) };
  });
}

function attributes(lookup: number) {
  const [AttributeKey, AttributeValue] = lookups[lookup]!;
  return [{ AttributeKey, AttributeValue }];
}
