import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type LookedUp, type LookupPage, lookups, walk } from "../../../cli/audit/lookup";
import { type LookupProgress, readProgress, writeProgress } from "../../../cli/audit/progress";
import { OperationError } from "../../../cli/operations/operationError";
import type { TrailRecord } from "../../../model/audit/trailRecord";
import { callersRecord, security } from "../../model/audit/support/records";

const start: LookupProgress = {
  source: "lookup",
  account: security,
  since: new Date("2026-03-01T00:00:00Z"),
  until: new Date("2026-03-02T00:00:00Z"),
  lookup: 0,
  ids: [],
};

/** 25 events of the first lookup, three a second, newest first, and 2 of the last; pages of 4. */
const events: readonly (readonly LookedUp[])[] = lookups.map((_, lookup) => {
  const length = lookup === 0 ? 25 : lookup === lookups.length - 1 ? 2 : 0;
  return Array.from({ length }, (_, at) => {
    const time = new Date(Date.parse("2026-03-01T12:00:00Z") - Math.floor(at / 3) * 1000);
    return {
      id: `${lookup}-${at}`,
      time,
      record: JSON.stringify({ ...callersRecord(), eventID: `${lookup}-${at}` }),
    };
  });
});

const page: LookupPage = (lookup, { until }, token) => {
  const from = Number(token ?? 0);
  const within = (events[lookup] ?? []).filter(({ time }) => time <= until);
  const more = from + 4 < within.length;
  return Promise.resolve({ events: within.slice(from, from + 4), ...(more && { token: String(from + 4) }) });
};

function collecting() {
  const taken: string[] = [];
  return {
    taken,
    add: (record: TrailRecord) => void taken.push((record as unknown as { eventID: string }).eventID),
  };
}

describe("a walk through LookupEvents", () => {
  const all = events.flat().map(({ id }) => id);

  it("takes every page of every lookup", async () => {
    const { taken, add } = collecting();
    assert.equal(await walk(start, page, 1000, { add }), undefined);
    assert.deepEqual(taken, all);
  });

  it("in parts of any size takes each event once", async () => {
    for (const limit of [1, 2, 3, 7, 25, 26]) {
      const { taken, add } = collecting();
      let progress: LookupProgress | undefined = start;
      while (progress !== undefined) {
        const before = taken.length;
        progress = await walk(progress, page, limit, { add });
        assert.ok(taken.length - before <= limit);
      }
      assert.deepEqual(taken, all, `limit ${limit}`);
    }
  });
});

describe("the file that says where an audit stopped", () => {
  const folder = mkdtempSync(join(tmpdir(), "secrets-platform-"));
  const file = join(folder, "progress.json");
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("is read as it was written, and goes away at the end", () => {
    assert.equal(readProgress(file, security), undefined);
    const progress = { ...start, lookup: 3, stoppedAt: new Date("2026-03-01T11:00:00Z"), ids: ["a"] };
    writeProgress(file, progress);
    assert.deepEqual(readProgress(file, security), progress);
    assert.throws(() => readProgress(file, "222222222222"), OperationError);
    writeProgress(file, undefined);
    assert.equal(readProgress(file, security), undefined);
  });

  it("has to be one", () => {
    writeFileSync(file, '{"account": 1}');
    assert.throws(() => readProgress(file, security), /does not say where an audit stopped/);
  });
});
