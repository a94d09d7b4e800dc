import assert from "node:assert/strict";
import { createWriteStream, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip, gzipSync } from "node:zlib";
import fc from "fast-check";
import { readFileRecords } from "../../../cli/audit/files";
import { type LogFileUse, logFile } from "../../../cli/audit/logFile";
import type { TrailRecord } from "../../../model/audit/trailRecord";
import { trailLine } from "../../model/audit/support/records";

describe("files of records", () => {
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), "records-"))));
  after(() => rmSync(folder, { recursive: true }));

  async function read(content: string | Buffer) {
    const file = join(folder, "file");
    writeFileSync(file, content);
    const records: TrailRecord[] = [];
    const { unreadable } = await readFileRecords(file, (record) => records.push(record));
    return { count: records.length, unreadable };
  }
  const records = (count: number) => Array.from({ length: count }, (_, at) => trailLine(at));
  const logFileOf = (some: readonly string[]) => `{"Records":[${some.join(",")}]}`;

  it("are read whole or record by record, with the same result", async () => {
    for (const count of [1, 100, 3000]) {
      const some = records(count);
      for (const content of [
        logFileOf(some),
        gzipSync(logFileOf(some)),
        some.join("\n"),
        `{ "Records" : [ ${some.join(" , ")} ] }\n`,
      ]) {
        assert.deepEqual(await read(content), { count, unreadable: 0 });
      }
    }
    const poured = logFileOf(records(800));
    assert.deepEqual(await read(poured + poured), { count: 1600, unreadable: 0 });
  });

  it("are read as well where JSON leaves room: lists that come twice, spaces, letters as escapes", async () => {
    for (const half of [1, 2, 800]) {
      const [one, other] = [records(2 * half).slice(0, half), records(2 * half).slice(half)];
      const twice = `{"Records":[${one.join(",")}],"Records":[${other.join(",")}]}`;
      for (const content of [
        twice,
        gzipSync(twice),
        `${logFileOf(one)} ${logFileOf(other)}`,
        Buffer.concat([gzipSync(logFileOf(one)), gzipSync(logFileOf(other))]),
        [...one, ...other].map((line) => `  ${line}`).join("\n"),
        logFileOf([...one, ...other]).replaceAll(".amazonaws.com", "\\u002eamazonaws\\u002ecom"),
      ]) {
        assert.deepEqual(await read(content), { count: 2 * half, unreadable: 0 });
      }
    }
    const mixed = logFileOf([trailLine(0), "null", "{}", "1"]);
    assert.deepEqual(await read(mixed), { count: 1, unreadable: 3 });
    const inside = JSON.stringify({ ...JSON.parse(trailLine(0)), requestParameters: { Records: [1] } });
    assert.deepEqual(await read(inside), { count: 1, unreadable: 0 });
    assert.deepEqual(await read(logFileOf([inside, trailLine(1)])), { count: 2, unreadable: 0 });
  });

  it("are read as well where other keys stand before the list, and inside of them others that are called so", async () => {
    for (const count of [1, 2, 900]) {
      const some = records(count);
      const list = `"Records":[${some.join(",")}]`;
      for (const content of [
        `{"version":"1",${list}}`,
        `{"owner":{"Records":[${trailLine(0)}],"n":[[{}],{"Records":[]}]},${list},"count":${count}}`,
        `{"note":"\\"Records\\":[{}]","${"k".repeat(400)}":"${"Records".repeat(50)}",${list}}`,
        `{"${"\\u0052"}ecords":[${some.join(",")}]}`,
        `{"Records":null,"other":[{"a":1}],${list}}`,
        gzipSync(`{"exported":"${"x".repeat(300 * 2 ** 10)}",${list}}`),
      ]) {
        assert.deepEqual(await read(content), { count, unreadable: 0 }, content.slice(0, 60).toString());
      }
      const mixed = `{"version":"1","Records":[1,${some.join(",")},"two",null,[{}]]}`;
      assert.deepEqual(await read(mixed), { count, unreadable: 4 });
    }
  });

  it("say so where a long line holds no list of records, whatever else it holds", async () => {
    const long = "x".repeat(300 * 2 ** 10);
    for (const content of [
      `{"a":"${long}"}`,
      `{"owner":{"Records":[${trailLine(0)}]},"a":"${long}"}`,
      `["Records",[${trailLine(0)}],"${long}"]`,
      `"Records":[${trailLine(0)},"${long}"]`,
    ]) {
      await assert.rejects(read(content), /holds no CloudTrail records; it takes one record a line/);
    }
    const record = JSON.stringify({ awsRegion: "eu-west-1", ...JSON.parse(trailLine(0)), userAgent: long });
    assert.deepEqual(await read(record), { count: 0, unreadable: 1 });
  });

  it("lose one record where one is too long or damaged, not the others", async () => {
    const long = JSON.stringify({ ...JSON.parse(trailLine(0)), userAgent: "x".repeat(300 * 2 ** 10) });
    const [one = "", ...others] = records(800);
    for (const odd of [long, '{"eventSource":"kms.amazonaws.com",,}']) {
      assert.deepEqual(await read(logFileOf([one, odd, ...others])), { count: 800, unreadable: 1 });
    }
    assert.deepEqual(await read([one, long, ...others].join("\n")), { count: 800, unreadable: 1 });
    assert.deepEqual(await read(long), { count: 0, unreadable: 1 });
    const cut = logFileOf([one, ...others]).slice(0, -200);
    assert.deepEqual(await read(cut), { count: 799, unreadable: 1 });
  });

  it("take no more memory than a record can have, however much is packed in them", async () => {
    const file = join(folder, "bomb.json.gz");
    const part = Buffer.alloc(2 ** 20, "x");
    async function* endless() {
      yield Buffer.from(`{"Records":[${trailLine(0)},{"eventSource":"kms.amazonaws.com","x":"`);
      for (let count = 0; count < 400; count++) {
        yield part;
        await Promise.resolve();
      }
      yield Buffer.from(`"},${trailLine(1)}]}`);
    }
    await pipeline(Readable.from(endless()), createGzip(), createWriteStream(file));
    let count = 0;
    let most = 0;
    const before = process.memoryUsage().rss;
    const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 20);
    const { unreadable } = await readFileRecords(file, () => count++).finally(() => clearInterval(watch));
    assert.deepEqual({ count, unreadable }, { count: 2, unreadable: 1 });
    assert.ok(most - before < 150 * 2 ** 20, `${Math.round((most - before) / 2 ** 20)} MiB more`);
  }).timeout(240_000);
});

describe("a log file read in parts", () => {
  it("gives its records, wherever it is cut", () => {
    const record = fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 4 });
    fc.assert(
      fc.property(
        fc.array(record, { maxLength: 5 }),
        fc.array(fc.nat(40), { minLength: 1 }),
        fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 3 }),
        (some, cuts, before) => {
          delete before["Records"];
          const others = Object.entries(before).map((entry) =>
            entry.map((one) => JSON.stringify(one)).join(":"),
          );
          const text = Buffer.from(
            `{${others.map((one) => `${one}, `).join("")}"Records":[${some.map((one) => JSON.stringify(one)).join(", ")}]}${" ".repeat(300)}`,
          );
          const found: unknown[] = [];
          const use: LogFileUse = {
            record: (one) => found.push(JSON.parse(one.toString())),
            fault: () => assert.fail("a fault"),
            end: (isKnown) => assert.ok(isKnown),
          };
          const reading = logFile(2 ** 18, use);
          for (let at = 0, turn = 0; at < text.length; turn++) {
            const length = cuts[turn % cuts.length]! + 1;
            reading.take(text.subarray(at, at + length));
            at += length;
          }
          reading.end();
          assert.deepEqual(
            found,
            some.map((one) => JSON.parse(JSON.stringify(one)) as unknown),
          );
        },
      ),
    );
  });
});
