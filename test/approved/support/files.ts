import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { layout } from "./layout";
import type { ApprovedFiles } from "./normalise";

/** Where the approved exports stand. */
export const approvedFolder = join(__dirname, "..");

const namesIn = (folder: string) => readdirSync(folder).filter((name) => name.endsWith(".json"));

export function readApproved(folder: string): ApprovedFiles {
  return new Map(
    namesIn(folder).map((name) => [
      name,
      JSON.parse(readFileSync(join(folder, name), "utf8")) as Record<string, unknown>,
    ]),
  );
}

/** Writes each file again, and takes away those that are no more. */
export function writeApproved(folder: string, files: ApprovedFiles): void {
  mkdirSync(folder, { recursive: true });
  for (const name of namesIn(folder)) if (!files.has(name)) rmSync(join(folder, name));
  for (const [name, entries] of files) writeFileSync(join(folder, name), `${layout(entries)}\n`);
}
