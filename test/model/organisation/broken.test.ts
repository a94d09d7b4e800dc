import assert from "node:assert/strict";
import { brokenFiles } from "./support/brokenFiles";
import { brokenValues } from "./support/brokenValues";
import { linesOf, replaced, settings } from "./support/folder";

describe("broken settings", () => {
  for (const [name, files, expected] of brokenFiles) {
    it(`are said to have ${name}`, () => {
      assert.deepEqual(linesOf(files).map(withoutKeys), expected);
    });
  }

  for (const [file, from, to, expected] of brokenValues) {
    it(`are shown ${to.trim().replace(/\s+/g, " ")} in place of ${from.trim().replace(/\s+/g, " ")}`, () => {
      const lines = linesOf(replaced(file, from, to));
      assert.equal(lines.length, 1, lines.join("\n"));
      assert.equal(lines[0]?.slice(0, file.length + 1 + expected.length), `${file}:${expected}`);
    });
  }

  it("are shown all at once, in the order of the files", () => {
    const lines = linesOf({
      "Pulumi.yaml": settings["Pulumi.yaml"].replace("o-exampleorgid", "x").replace("mfa: iam", "mfa: x"),
      "Pulumi.security.yaml": settings["Pulumi.security.yaml"].replace("lockDays: 365", "lockDays: x"),
      "Pulumi.staging.yaml": settings["Pulumi.staging.yaml"].replace("eu-west-1", "x"),
      "Pulumi.prod.yaml": settings["Pulumi.prod.yaml"],
    });
    assert.deepEqual(
      lines.map((line) => line.split(" ")[0]),
      ["Pulumi.security.yaml:10:15", "Pulumi.staging.yaml:2:15", "Pulumi.yaml:5:12", "Pulumi.yaml:20:14"],
    );
  });
});

/** Which keys a map takes is for the schema to say. */
function withoutKeys(line: string): string {
  return line.replace(/with the keys [^;]+/, "with the keys …");
}
