import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { manifestFields } from "../../../model/catalogue/documentation/fields";
import { manifestPage } from "../../../tools/docs/manifestPage";

const root = path.resolve(__dirname, "../../..");
const fields = manifestFields();
const page = manifestPage(fields);

describe("the page on a manifest's keys", () => {
  it("is what docs/manifest.md says; run `npm run docs` otherwise", () => {
    assert.equal(readFileSync(path.join(root, "docs/manifest.md"), "utf8"), page);
  });

  it("has a line for each meaning of each key", () => {
    const lines = page.split("\n").filter((line) => /^\| `/.test(line));
    const keys = fields.filter(({ path: key }) => !key.endsWith(".NAME"));
    assert.equal(lines.length, keys.flatMap(({ meanings }) => meanings).length);
    assert.ok(lines.every((line) => line.split(/(?<!\\)\|/).length === 7));
  });
});
