import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

const folder = join(__dirname, "../../../examples/typescript/codebuild");
const key = "not-to-be-seen";

function sign(args: string[], environment: Record<string, string>) {
  return spawnSync(process.execPath, [join(folder, "sign.mjs"), ...args], {
    encoding: "utf8",
    env: environment,
  });
}

describe("examples/typescript/codebuild", () => {
  it("signs a file with the key of the environment", () => {
    const file = join(folder, "buildspec.yml");
    const expected = createHmac("sha256", key).update(readFileSync(file)).digest("hex");
    const { status, stdout } = sign([file], { SIGNING_KEY: key });
    assert.deepEqual([status, stdout], [0, `${expected}\n`]);
  });

  it("says what is missing", () => {
    assert.match(sign([], { SIGNING_KEY: key }).stderr, /usage/);
    const { status, stderr } = sign(["buildspec.yml"], {});
    assert.equal(status, 2);
    assert.match(stderr, /SIGNING_KEY is not set; name it in `environment`/);
  });

  it("runs commands that exist, and passes the key in none of them", () => {
    const { phases } = parse(readFileSync(join(folder, "buildspec.yml"), "utf8")) as {
      phases: { build: { commands: string[] } };
    };
    const { commands } = phases.build;
    assert(commands.some((command) => command.includes("examples/typescript/codebuild/sign.mjs")));
    assert(!commands.some((command) => command.includes("SIGNING_KEY")));
  });
});
