import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { keysOfFiles } from "../../../cli/audit/verify/publicKeys";
import { readCopy } from "../../../cli/audit/verify/readCopy";
import { type Proof, prove } from "../../../model/archive/proof";
import { ArchiveFolder, type Hour, publicKeyList, signer } from "./support/archiveCopy";

const cloudTrail = signer("0a1b2c3d4e5f60718293a4b5c6d7e8f9");
const mallory = signer("ffffffffffffffffffffffffffffffff");
const start = new Date("2026-11-01T00:00:00Z");
const until = new Date("2026-11-01T05:00:00Z");
const chain = { account: "333333333333", region: "eu-west-1", signer: cloudTrail };

describe("a copy of the archive, proven by its digests", () => {
  let folder: ArchiveFolder;
  let hours: readonly Hour[];
  let keys: string;

  beforeEach(() => {
    folder = new ArchiveFolder();
    hours = folder.hours(chain, start, [2, 0, 3, 1, 1, 1, 0]);
    keys = join(folder.root, "keys.json");
    writeFileSync(keys, publicKeyList(cloudTrail));
  });
  afterEach(() => folder.end());

  const proofOf = async (period: { since?: Date; until: Date } = { until }): Promise<Proof> =>
    prove(await readCopy(folder.root, () => {}), keysOfFiles([keys]), period);
  const findings = (proof: Proof) => proof.findings.map(({ key, why }) => `${key.split("/").at(-1)}: ${why}`);
  const gaps = ({ coverage }: Proof) =>
    coverage.flatMap((covered) =>
      covered.gaps.map(
        ({ from, to, why }) => `${from.toISOString().slice(11, 16)}-${to.toISOString().slice(11, 16)} ${why}`,
      ),
    );
  const nameOf = ({ key }: { readonly key: string }) => key.split("/").at(-1)!;

  it("is whole when nothing was touched, hours without a record included", async () => {
    const proof = await proofOf();
    assert.deepEqual([findings(proof), gaps(proof)], [[], []]);
    assert.deepEqual([proof.proven, proof.provenDigests], [7, 6]);
    assert.equal(proof.coverage[0]?.isCut, false);
  });

  it("is proven up to the digest before the last, whose signature is in none of its files", async () => {
    const late = new Date("2026-11-01T07:00:00Z");
    const proof = await proofOf({ until: late });
    assert.match(findings(proof).join("\n"), /T070000Z\.json\.gz: its signature is not in this copy/);
    assert.match(
      gaps(proof).join("\n"),
      /^06:00-07:00 digest .* is not proven, and none is here that is later$/,
    );
    writeFileSync(`${folder.path(hours[6]!.digest.key)}.signature`, `${hours[6]!.digest.signature}\n`);
    const signed = await proofOf({ until: late });
    assert.deepEqual([findings(signed), gaps(signed), signed.proven], [[], [], 8]);
  });

  it("shows one changed byte of a record", async () => {
    const { key, content } = hours[2]!.records[1]!;
    folder.write(key, content.replace("eventID", "eventId"));
    const proof = await proofOf();
    assert.deepEqual(findings(proof), [`${nameOf({ key })}: it is not what CloudTrail wrote`]);
    assert.deepEqual([gaps(proof), proof.proven], [[], 6]);
  });

  it("shows a file of records that is missing, one that is more, and one that is damaged", async () => {
    const [missing, damaged, padded] = [hours[0]!.records[1]!, hours[2]!.records[0]!, hours[3]!.records[0]!];
    folder.remove(missing.key);
    folder.writeBytes(damaged.key, readFileSync(folder.path(damaged.key)).subarray(0, 40));
    const whole = readFileSync(folder.path(padded.key));
    folder.writeBytes(padded.key, Buffer.concat([whole, Buffer.alloc(8)]));
    const records = "AWSLogs/333333333333/CloudTrail/eu-west-1/2026/11/01";
    folder.write(`${records}/333333333333_CloudTrail_eu-west-1_20261101T0130Z_forged.json.gz`, "{}");
    folder.write(`${records}/a name of another kind.json`, "{}");
    assert.deepEqual(
      findings(await proofOf()).sort(),
      [
        "333333333333_CloudTrail_eu-west-1_20261101T0130Z_forged.json.gz: no digest names it",
        `${nameOf(missing)}: it is missing`,
        `${nameOf(damaged)}: it cannot be unpacked (its packed data ends too early)`,
        `${nameOf(padded)}: there is more in it than its packed data`,
        "a name of another kind.json: no digest names it",
      ].sort(),
    );
  });

  it("looks at a file of no known time whatever time is asked for", async () => {
    folder.write("AWSLogs/333333333333/CloudTrail/eu-west-1/2026/11/01/x", "{}");
    const proof = await proofOf({ since: new Date("2026-11-01T02:00:00Z"), until });
    assert.deepEqual(findings(proof), ["x: no digest names it"]);
  });

  it("shows records appended to a file as further packed data", async () => {
    const { key } = hours[2]!.records[0]!;
    folder.writeBytes(key, Buffer.concat([readFileSync(folder.path(key)), gzipSync('{"Records":[]}')]));
    assert.deepEqual(findings(await proofOf()), [`${nameOf({ key })}: it is not what CloudTrail wrote`]);
  });

  it("shows a digest that is missing: its hour, the files it named, and the digest whose signature it held", async () => {
    folder.remove(hours[2]!.digest.key);
    const proof = await proofOf();
    assert.deepEqual(
      findings(proof).sort(),
      [
        `${nameOf(hours[1]!.digest)}: its signature is not in this copy, as the digest after it is not`,
        ...hours[2]!.records.map((file) => `${nameOf(file)}: no digest names it`),
      ].sort(),
    );
    assert.deepEqual(gaps(proof), [`01:00-03:00 digest ${hours[2]!.digest.key} is missing`]);
  });

  it("shows an hour taken out whole, with its digest and its files", async () => {
    folder.remove(hours[2]!.digest.key);
    for (const { key } of hours[2]!.records) folder.remove(key);
    const proof = await proofOf();
    assert.ok(gaps(proof).some((line) => line.endsWith(`digest ${hours[2]!.digest.key} is missing`)));
  });

  it("shows the last hours taken out whole", async () => {
    for (const hour of hours.slice(3)) {
      for (const { key } of [hour.digest, ...hour.records]) folder.remove(key);
    }
    const proof = await proofOf();
    assert.match(
      gaps(proof).join("\n"),
      /02:00-05:00 digest .* is not proven, and none is here that is later/,
    );
  });

  it("shows the first hours taken out where a beginning is asked for, and says that a copy is cut where none is", async () => {
    for (const hour of hours.slice(0, 2)) {
      for (const { key } of [hour.digest, ...hour.records]) folder.remove(key);
    }
    assert.equal((await proofOf()).coverage[0]?.isCut, true);
    const asked = await proofOf({ since: start, until });
    assert.deepEqual(gaps(asked), [`00:00-02:00 digest ${hours[1]!.digest.key} is missing`]);
  });

  it("shows a digest that was changed to fit a changed file", async () => {
    const file = hours[2]!.records[0]!;
    const { key, content } = hours[2]!.digest;
    const digest = JSON.parse(content) as { logFiles: { hashValue: string }[] };
    digest.logFiles.splice(0, 1);
    folder.remove(file.key);
    folder.write(key, JSON.stringify(digest));
    const proof = await proofOf();
    assert.ok(findings(proof).includes(`${nameOf({ key })}: it was changed after CloudTrail signed it`));
    assert.deepEqual(gaps(proof), [`02:00-03:00 digest ${key} is not proven`]);
  });

  it("shows a chain that somebody else signed again from some hour on", async () => {
    const forged = { ...chain, signer: mallory };
    folder.hours(forged, new Date("2026-11-01T02:00:00Z"), [1, 1, 1, 1, 0], hours[1]);
    const proof = await proofOf();
    assert.ok(
      findings(proof).some((line) =>
        /T030000Z\.json\.gz: it is signed by a key that is none of CloudTrail's for its region and time \(f{32}\)/.test(
          line,
        ),
      ),
    );
    assert.match(gaps(proof).join("\n"), /^02:00-05:00 /);
    assert.equal(proof.proven, 2);
  });

  it("shows a forger who names CloudTrail's key", async () => {
    const forged = { ...chain, signer: { ...mallory, fingerprint: cloudTrail.fingerprint } };
    folder.hours(forged, new Date("2026-11-01T02:00:00Z"), [1, 1, 1, 1, 0], hours[1]);
    assert.ok(
      findings(await proofOf()).some((line) =>
        /T030000Z\.json\.gz: its signature does not fit it/.test(line),
      ),
    );
  });

  it("shows a digest of another hour or account put in the place of one", async () => {
    folder.write(hours[2]!.digest.key, hours[1]!.digest.content);
    assert.ok(
      findings(await proofOf()).some((line) =>
        /CloudTrail wrote it as AWSLogs\/.*T020000Z\.json\.gz/.test(line),
      ),
    );
  });

  it("believes a digest of CloudTrail's of a file, whatever a forged one says of it", async () => {
    const file = hours[2]!.records[0]!;
    const digest = JSON.parse(hours[2]!.digest.content) as { logFiles: { hashValue: string }[] };
    for (const entry of digest.logFiles) entry.hashValue = "0".repeat(64);
    const { key } = hours[2]!.digest;
    folder.write(key.replace("T030000Z", "T035959Z"), JSON.stringify(digest));
    const proof = await proofOf();
    assert.equal(proof.proven, 7);
    assert.ok(!findings(proof).some((line) => line.startsWith(nameOf(file))));
    assert.equal(proof.findings.length, 1);
  });

  it("shows that recording was off in between", async () => {
    folder.hours(chain, new Date("2026-11-01T10:00:00Z"), [1, 0, 0]);
    const proof = await proofOf({ until: new Date("2026-11-01T11:00:00Z") });
    assert.match(
      gaps(proof).join("\n"),
      /06:00-10:00 a chain of digests begins again behind it: recording or its validation was off/,
    );
  });

  it("is not misled by a digest under another name", async () => {
    const { key } = hours[0]!.digest;
    folder.writeBytes(key.replace(".json.gz", "_backfill.json.gz"), readFileSync(folder.path(key)));
    const found = findings(await proofOf());
    assert.ok(
      found.some((line) => /_backfill\.json\.gz: CloudTrail wrote it as/.test(line)),
      found.join(),
    );
  });

  it("proves each chain by itself", async () => {
    folder.hours({ ...chain, region: "eu-central-1" }, start, [1, 1, 1, 1, 1, 0]);
    folder.hours({ ...chain, account: "222222222222" }, start, [1, 0, 0, 0]);
    const proof = await proofOf();
    assert.deepEqual(
      proof.coverage.map(({ chain: { account, region }, gaps: found }) => [account, region, found.length]),
      [
        ["222222222222", "eu-west-1", 1],
        ["333333333333", "eu-central-1", 0],
        ["333333333333", "eu-west-1", 0],
      ],
    );
  });

  it("is held to digests of a folder below, which say where they belong", async () => {
    const below = await readCopy(folder.path("AWSLogs/333333333333"), () => {});
    assert.equal(below.isWhole, false);
    const proof = await prove(below, keysOfFiles([keys]), { until });
    assert.deepEqual([findings(proof), gaps(proof), proof.proven], [[], [], 7]);
  });
});
