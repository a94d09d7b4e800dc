import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { shellWord } from "../../cli/shellWord";

describe("a word of a command that is printed", () => {
  it("is what a shell reads of it, and stands as it is where it can", () => {
    for (const text of ["audit.json", "my audits/one.json", "it's", "$(id)", "a;b", "*", ""]) {
      assert.equal(execFileSync("sh", ["-c", `printf %s ${shellWord(text)}`], { encoding: "utf8" }), text);
    }
    assert.equal(shellWord("reports/audit-1.json"), "reports/audit-1.json");
  });
});
