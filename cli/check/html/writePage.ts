import { randomUUID } from "node:crypto";
import { renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { UsageError } from "../../usageError";
import { writeTo } from "../../writable";
import type { CheckedStacks } from "../check";
import type { Compared } from "../textReport";
import { pageData } from "./data/pageData";
import { page } from "./page";

/**
 * Writes the report of a check as one HTML page, all of it or nothing: into a file beside, which then takes its place.
 *
 * @throws UsageError where the file cannot be written
 */
export function writePage(file: string, result: CheckedStacks, compared?: Compared): void {
  const text = page(pageData(result, new Date(), compared));
  requireFile(file);
  const unfinished = join(dirname(file), `.${basename(file)}.${randomUUID()}`);
  writeTo(file, () => {
    try {
      writeFileSync(unfinished, text, { flag: "wx" });
      renameSync(unfinished, file);
    } catch (error) {
      rmSync(unfinished, { force: true });
      throw error;
    }
  });
}

/** What takes the place of a device or a folder would be found missing by others. */
function requireFile(file: string): void {
  const there = writeTo(file, () => statSync(file, { throwIfNoEntry: false }));
  if (there === undefined || there.isFile()) return;
  const what = there.isDirectory() ? "a folder" : "a device or a pipe";
  throw new UsageError(`${file} cannot be written: it is ${what}, and a file is needed`);
}
