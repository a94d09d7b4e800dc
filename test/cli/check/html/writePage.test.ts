import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writePage } from "../../../../cli/check/html/writePage";
import { UsageError } from "../../../../cli/usageError";
import { ImportGraph } from "../../../../tools/tests/importGraph";
import { manyServices } from "./support/manyServices";

const result = manyServices(1);

describe("writing the page of a check", () => {
  let folder: string;

  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "write-page-"))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const refused = (file: string, reason: string) =>
    assert.throws(
      () => writePage(file, result),
      (error) => error instanceof UsageError && error.message === `${file} cannot be written: ${reason}`,
    );

  it("puts all of it in place of what was there, and leaves nothing beside it", () => {
    const file = join(folder, "report.html");
    writeFileSync(file, "an earlier one");
    writePage(file, result);
    const text = readFileSync(file, "utf8");
    assert.ok(text.startsWith("<!doctype html>") && text.endsWith("</html>\n"));
    assert.deepEqual(readdirSync(folder), ["report.html"]);
  });

  it("refuses a folder, a folder that there is not, and a file for a folder, and writes nothing", () => {
    mkdirSync(join(folder, "there"));
    writeFileSync(join(folder, "file"), "");
    refused(join(folder, "there"), "it is a folder, and a file is needed");
    refused(join(folder, "nowhere", "report.html"), "its folder does not exist");
    refused(join(folder, "file", "report.html"), "a file stands where a folder is needed");
    assert.deepEqual(readdirSync(folder).sort(), ["file", "there"]);
  });

  it("refuses a device, whose place a file would take", () => {
    refused("/dev/null", "it is a device or a pipe, and a file is needed");
  });

  it("is loaded by none that does not ask for it", () => {
    const reached = [...new ImportGraph("cli/").reachedFrom("cli/program.ts")];
    assert.ok(reached.includes("cli/check/textReport.ts"));
    assert.deepEqual(
      reached.filter((file) => file.startsWith("cli/check/html/")),
      [],
    );
  });
});
