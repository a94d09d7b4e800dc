import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import { controlsPage } from "../../../tools/docs/controlsPage";
import { ruleGroups, rules } from "../../../policies/rules";

const root = path.resolve(__dirname, "../../..");

describe("the control catalogue", () => {
  it("is what docs/controls.md says; run `npm run docs` otherwise", () => {
    assert.equal(readFileSync(path.join(root, "docs/controls.md"), "utf8"), controlsPage(ruleGroups));
  });

  it("holds every rule file, once, under its own name", () => {
    const files = readdirSync(path.join(root, "policies/rules"), { recursive: true, encoding: "utf8" })
      .map((file) => path.basename(file, ".ts"))
      .filter((name) => name.includes("-") && name !== "user-data");
    assert.deepEqual(rules.map(({ id }) => id).sort(), files.sort());
    assert.ok(rules.length >= 71);
  });

  it("says of each rule why it is there, what to do, and who else asks for it", () => {
    for (const { id, title, why, remedy, references, resource, stack } of rules) {
      for (const text of [title, why, remedy])
        assert.match(text, /^(?:[A-Z`]|iam:).{20,}[^.]$/, `${id}: ${text}`);
      assert.ok(references.length > 0, id);
      assert.ok(resource !== undefined || stack !== undefined, id);
    }
  });
});
