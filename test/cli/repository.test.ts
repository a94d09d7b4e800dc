import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { repositoryRoot } from "../../cli/repository";
import { UsageError } from "../../cli/usageError";

describe("the repository a command works on", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "repository-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("is the nearest folder upwards with a Pulumi.yaml", () => {
    const inner = join(folder, "a", "b", "c");
    mkdirSync(inner, { recursive: true });
    writeFileSync(join(folder, "Pulumi.yaml"), "");
    assert.equal(repositoryRoot(inner), folder);
    writeFileSync(join(folder, "a", "b", "Pulumi.yaml"), "");
    assert.equal(repositoryRoot(inner), join(folder, "a", "b"));
    assert.equal(repositoryRoot(folder), folder);
  });

  it("is asked for where there is none", () => {
    assert.throws(() => repositoryRoot(folder), UsageError);
  });
});
