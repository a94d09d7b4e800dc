import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
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

  it("is not looked for from a folder that was deleted", () => {
    const platform = join(__dirname, "../../cli/platform.js");
    const gone = `mkdir gone && cd gone && rmdir ../gone && exec "$0" "$1" check`;
    const { status, stderr } = spawnSync("sh", ["-c", gone, process.execPath, platform], {
      cwd: folder,
      encoding: "utf8",
    });
    assert.equal(
      stderr,
      "error: the folder that this runs in was deleted; change to one that is there, with `cd`\n",
    );
    assert.equal(status, 2);
  });

  it("is asked for where there is none", () => {
    assert.throws(() => repositoryRoot(folder), UsageError);
  });
});
