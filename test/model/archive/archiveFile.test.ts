import assert from "node:assert/strict";
import { archiveFileOf, keyOf } from "../../../model/archive/archiveFile";

const account = "333333333333";
const records = `AWSLogs/${account}/CloudTrail/eu-west-1/2026/02/27/${account}_CloudTrail_eu-west-1_20260227T0905Z_a1B2.json.gz`;
const digest = `AWSLogs/${account}/CloudTrail-Digest/eu-central-1/2026/02/27/${account}_CloudTrail-Digest_eu-central-1_my_trail.of-ours_eu-west-1_20260227T090501Z.json.gz`;

describe("a file of the archive by its place", () => {
  it("is one of records, wherever the copy lies", () => {
    for (const path of [records, `/home/ann/copy/${records}`, `prefix/${records}`]) {
      assert.deepEqual(archiveFileOf(path), {
        kind: "records",
        key: records,
        account,
        region: "eu-west-1",
        time: new Date("2026-02-27T09:05:00Z"),
      });
    }
    assert.equal(archiveFileOf(records.replace("AWSLogs/", "AWSLogs/o-exampleorgid/"))?.account, account);
  });

  it("is one of records whatever its name, as queries read it", () => {
    const forged = records.replace(/[^/]+$/, "x");
    assert.deepEqual(archiveFileOf(forged), { kind: "records", key: forged, account, region: "eu-west-1" });
    assert.equal(archiveFileOf(records.replace(/[^/]+$/, "deeper/x"))?.kind, "records");
  });

  it("is a digest of one trail in one region", () => {
    const chain = { account, region: "eu-central-1", trail: "my_trail.of-ours", home: "eu-west-1" };
    const expected = {
      kind: "digest",
      account,
      region: "eu-central-1",
      time: new Date("2026-02-27T09:05:01Z"),
      chain,
    };
    assert.deepEqual(archiveFileOf(digest), { ...expected, key: digest });
    const backfill = digest.replace(".json.gz", "_backfill.json.gz");
    assert.deepEqual(archiveFileOf(backfill), { ...expected, key: backfill });
  });

  it("is none elsewhere", () => {
    for (const path of [
      "keys.json",
      `AWSLogs/${account}/Config/x`,
      "AWSLogs/x/CloudTrail/eu-west-1/x",
      `${account}/CloudTrail/x`,
    ]) {
      assert.equal(archiveFileOf(path), undefined, path);
    }
  });

  it("has its key within any bucket", () => {
    assert.equal(keyOf(`some/prefix/${records}`), records);
    assert.equal(keyOf(records), records);
  });
});
