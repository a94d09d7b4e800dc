import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { TrailRecord } from "../../../model/audit/trailRecord";
import {
  callersRecord,
  ownersRecord,
  prod,
  roleIdentity,
  trailLine,
} from "../../model/audit/support/records";
import { platform } from "../operations/support/platform";
import { stackTrace } from "../support/platform";
import type { Printed } from "./support/emulated";

describe("platform audit --file", function () {
  this.timeout(480_000);
  const folder = mkdtempSync(join(tmpdir(), "secrets-platform-"));
  after(() => rmSync(folder, { recursive: true, force: true }));

  const usual = [callersRecord({ sharedEventID: "one" }), ownersRecord({ sharedEventID: "one" })];
  const stranger = callersRecord({
    userIdentity: roleIdentity(`arn:aws:iam::${prod}:role/ci-runner`, "AROA1", "=cmd|x"),
    requestParameters: { ...callersRecord().requestParameters, note: "hunter2" },
  });
  const lines = (records: readonly TrailRecord[]) =>
    records.map((record) => `${JSON.stringify(record)}\n`).join("");

  function write(name: string, data: string | Buffer): string {
    const file = join(folder, name);
    writeFileSync(file, data);
    return file;
  }

  it("says who read what, and ends well when every read is explained", async () => {
    const { code, stdout, stderr } = await platform(["audit", "--file", write("usual.jsonl", lines(usual))]);
    assert.equal(code, 0, stderr);
    assert.match(
      stdout,
      /orders\/prod\/database +orders\/prod\/api +10\.30\.17\.42 vpce-0a1b2c3d4e5f60001 +granted +1 +0/,
    );
    assert.match(stdout, /1 joined with the other account's/);
    assert.match(stdout, /every read that succeeded is explained/);
  });

  it("ends with 1 for a read that nothing explains, and repeats nothing of what was asked", async () => {
    const input = lines([...usual, stranger]);
    const { code, stdout } = await platform(["audit", "--file", "-"], { input });
    assert.equal(code, 1);
    assert.match(stdout, /reads that no grant explains[^]*role\/ci-runner of 333333333333 as =cmd\|x/);
    assert.doesNotMatch(stdout, /hunter2/);
  });

  it("takes log files as CloudTrail delivers them, packed or not, several at once", async () => {
    const file = JSON.stringify({ Records: usual });
    const joined = Buffer.concat([gzipSync(file), gzipSync(file)]);
    const files = [write("a.json", file), write("b.json.gz", gzipSync(file)), write("joined.gz", joined)];
    const { code, stdout } = await platform(["audit", "--format", "json", "--file", ...files]);
    assert.equal(code, 0);
    const report = JSON.parse(stdout);
    assert.equal(report.seen.records, 8);
    assert.deepEqual(
      (report.rows as Record<string, unknown>[]).map(({ item, consumer, reads }) => [item, consumer, reads]),
      [["orders/prod/database", "orders/prod/api", 4]],
    );
  });

  it("writes CSV that a spreadsheet takes for no formula", async () => {
    const file = write("stranger.jsonl", lines([stranger]));
    const { code, stdout } = await platform(["audit", "--format", "csv", "--file", file]);
    assert.equal(code, 1);
    const [head, row, end] = stdout.split("\r\n");
    assert.match(head ?? "", /^item,environment,account,principal,session,consumer,from,endpoint,verdict,/);
    assert.match(row ?? "", /^orders\/prod\/database,prod,333333333333,[^,]+ci-runner,'=cmd\|x,,/);
    assert.equal(end, "");
  });

  it("reports on one service or item only", async () => {
    const file = write("some.jsonl", lines([...usual, stranger]));
    for (const [flags, reads] of [
      [["--service", "payments"], 0],
      [["--item", "orders/prod/database"], 2],
    ] as const) {
      const { stdout } = await platform(["audit", "--format", "json", "--file", file, ...flags]);
      assert.equal(JSON.parse(stdout).rows.length, reads);
    }
    const { code, stderr } = await platform(["audit", "--file", file, "--service", "nothing"]);
    assert.deepEqual([code, stderr.includes("there is no service nothing; there are ")], [2, true]);
  });

  it("passes over damaged lines and says so", async () => {
    const damaged = `${lines(usual)}{"eventSource":"ssm.amazonaws.com", cut\n`;
    const { code, stdout } = await platform(["audit", "--file", write("damaged.jsonl", damaged)]);
    assert.equal(code, 0);
    assert.match(stdout, /1 line is no record and was left out/);
  });

  it("takes folders of log files, as an archive's, and leaves digests out", async () => {
    const logs = join(folder, "AWSLogs", "333333333333", "CloudTrail", "eu-west-1", "2026", "03", "03");
    const digests = join(folder, "AWSLogs", "333333333333", "CloudTrail-Digest");
    for (const place of [logs, digests]) mkdirSync(place, { recursive: true });
    write(join("AWSLogs", "readme.txt"), "none");
    const file = JSON.stringify({ Records: usual });
    writeFileSync(join(logs, "a.json.gz"), gzipSync(file));
    writeFileSync(join(logs, "b.json"), `\ufeff{ "Records": ${JSON.stringify([stranger])} }`);
    writeFileSync(join(digests, "c.json"), "not to be read");
    const { code, stdout, stderr } = await platform([
      ...["audit", "--format", "json"],
      ...["--file", join(folder, "AWSLogs")],
    ]);
    assert.equal(code, 1, stderr);
    assert.equal((JSON.parse(stdout) as Printed).seen.records, 3);
  });

  it("gives no all-clear where it found nothing", async () => {
    const others = `${JSON.stringify({ ...stranger, eventSource: "s3.amazonaws.com" })}\n{"Records":[]}\n`;
    for (const flags of [
      ["--file", write("others.jsonl", others)],
      ["--file", write("later.jsonl", lines(usual)), "--since", "2027-01-01"],
    ]) {
      const { code, stdout } = await platform(["audit", ...flags]);
      assert.equal(code, 0);
      assert.match(stdout, /no record of .* was found, so nothing can be said/);
      assert.doesNotMatch(stdout, /explained/);
    }
  });

  it("takes no more for covered than the records reach", async () => {
    const file = write("short.jsonl", lines(usual));
    const { stdout } = await platform([
      ...["audit", "--format", "json", "--file", file],
      ...["--since", "2025-01-01", "--until", "2028-01-01"],
    ]);
    const { unusedGrants, unusedGrantsUntold, staleReads } = JSON.parse(stdout) as Printed;
    assert.deepEqual([unusedGrants, staleReads], [[], []]);
    assert.deepEqual(unusedGrantsUntold, ["222222222222", prod]);
  });

  it("says beside a table for machines what was left out", async () => {
    const file = write("damaged.csv.jsonl", `${lines(usual)}{"eventSource":"ssm.amazonaws.com", cut\n`);
    const { stderr } = await platform(["audit", "--format", "csv", "--file", file]);
    assert.equal(stderr, "1 line is no record and was left out\n");
  });

  it("says in words why a file cannot be read", async () => {
    const indented = JSON.stringify({ Records: usual }, undefined, 2);
    const lookedUp = { Events: usual.map((record) => ({ CloudTrailEvent: JSON.stringify(record) })) };
    mkdirSync(join(folder, "empty"));
    const packed = gzipSync(lines(usual));
    for (const [file, matter] of [
      [join(folder, "nothing"), /there is no such file/],
      [join(folder, "empty"), /holds no files named \*\.json/],
      [write("indented.json", indented), /holds no CloudTrail records; .*jq -c/],
      [write("lookup.json", JSON.stringify(lookedUp)), /holds no CloudTrail records; .*jq -r '\.Events\[\]/],
      [write("other.json", '{"a":1}\n{"b":2}\n'), /holds no CloudTrail records/],
      [write("notime.jsonl", lines([{ ...stranger, eventTime: "x" }])), /holds no CloudTrail records/],
      [write("nothing.jsonl", ""), /is empty/],
      [write("cut.gz", packed.subarray(0, packed.length - 20)), /its packed data ends too early/],
    ] as const) {
      const { code, stderr } = await platform(["audit", "--file", file]);
      assert.equal(code, 1);
      assert.match(stderr, matter);
      assert.doesNotMatch(stderr, stackTrace);
    }
  });

  it("says what its flags take", async () => {
    for (const [flags, matter] of [
      [["--since", "yesterday"], /It takes a day/],
      [["--since", "2026-02-31"], /It takes a day/],
      [["--since", "2026-02-28T08:00"], /a time with its zone/],
      [["--service", "orders", "--item", "payments/prod/ledger"], /is no value of orders/],
      [["--since", "2026-03-02", "--until", "2026-03-01"], /--since has to be before --until/],
      [["--resume", "x", "--file", "y"], /--resume goes with an account's records, not with --file/],
      [["--source", "archive", "--file", "y"], /--source goes with an account's records, not with --file/],
      [["--limit", "5", "--file", "y"], /--limit goes with an account's records, not with --file/],
      [["--source", "elsewhere"], /Allowed choices are lookup, archive/],
      [["--unused-days", "0"], /It takes a whole number from 1 on/],
    ] as const) {
      const { code, stderr } = await platform(["audit", ...flags]);
      assert.equal(code, 2);
      assert.match(stderr, matter);
    }
  });

  it("reads far more than its heap could hold at once", async () => {
    const peak = async (records: number) => {
      const file = write(
        `${records}.jsonl`,
        Array.from({ length: records }, (_, at) => `${trailLine(at)}\n`).join(""),
      );
      const env = { NODE_OPTIONS: "--max-old-space-size=96" };
      const { code, stdout, stderr } = await platform(["audit", "--format", "json", "--file", file], { env });
      assert.equal(code, 0, stderr);
      return JSON.parse(stdout) as { seen: Record<string, number>; rows: unknown[] };
    };
    // Parsed, these records would take several times the heap that the process may have.
    const { seen, rows } = await peak(150_000);
    assert.deepEqual([seen.records, seen.joined], [150_000, 75_000]);
    assert.ok(rows.length <= 51);
  });
});
