import { spawnSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { trailLine } from "../model/audit/support/records";
import { repository } from "../model/plan/support/samples";
import { type Command, ratio } from "./ratio";
import { report } from "./report";

/** Records of the measured file. */
const records = 300_000;

/** `platform audit` on a file of reads: at least half as fast as `jq` counting its lines. */
export function benchAudit(): boolean {
  if (spawnSync("jq", ["--version"]).status !== 0) {
    process.stdout.write("platform audit / jq: LEFT OUT, jq is not installed (apt-get install jq)\n");
    return true;
  }
  const folder = mkdtempSync(join(tmpdir(), "secrets-platform-bench-"));
  try {
    const file = join(folder, "trail.jsonl");
    writeTrail(file, records);
    const script = join(repository, "cli", "platform.js");
    const audit: Command = {
      name: "platform audit",
      argv: [process.execPath, script, "audit", "--file", file],
      says: new RegExp(`^${records} records .*${records / 2} joined`, "m"),
    };
    const jq: Command = {
      name: "jq",
      argv: ["jq", "-n", "reduce inputs as $record (0; . + 1)", file],
      says: new RegExp(`^${records}$`, "m"),
    };
    return report(`platform audit --file / jq counting, ${records} records`, ratio(audit, jq, 3).wall, 2);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Every line is a read, so that none can be passed over unparsed. */
export function writeTrail(file: string, count: number): void {
  const handle = openSync(file, "w");
  const batch = 1000;
  for (let start = 0; start < count; start += batch) {
    const lines = Array.from({ length: Math.min(batch, count - start) }, (_, at) => trailLine(start + at));
    writeSync(handle, `${lines.join("\n")}\n`);
  }
  closeSync(handle);
}
