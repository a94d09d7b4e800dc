import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { repository } from "../model/plan/support/samples";

describe("CODEOWNERS", () => {
  const lines = readFileSync(join(repository, ".github/CODEOWNERS"), "utf8")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => line.split(/\s+/));

  it("has somebody for every file, and names teams", () => {
    assert.deepEqual(lines[0]?.[0], "*");
    for (const [pattern, ...owners] of lines) {
      assert.ok(owners.length > 0, pattern);
      assert.ok(
        owners.every((owner) => /^@[\w-]+\/[\w-]+$/.test(owner)),
        owners.join(),
      );
    }
  });

  it("asks of a manifest the team that it names as its owner, as long as both are here", () => {
    for (const [pattern = "", owner = ""] of lines.slice(1)) {
      const file = join(repository, pattern);
      // A fork may have left the samples out.
      if (!existsSync(file)) continue;
      const [, team] = /^owner: ([\w-]+)@/m.exec(readFileSync(file, "utf8")) ?? [];
      assert.equal(owner.split("/")[1], team, pattern);
    }
  });
});
