import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { provided } from "../../support/leftOut";
import { examples, examplesPython, kinds } from "./support/examplesPython";

const run = promisify(execFile);

describe("examples in Python", function () {
  this.timeout(240_000);
  let python: string;
  let folder: string;

  before(async function () {
    this.timeout(720_000);
    python = await provided(this, examplesPython);
    folder = mkdtempSync(join(tmpdir(), "mypy-"));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** Fails with what it prints. */
  async function checked(kind: string, args: readonly string[]): Promise<void> {
    const ended = run(python, ["-m", ...args], { cwd: join(examples, kind) });
    await ended.catch(({ stdout, stderr }: { stdout: string; stderr: string }) => {
      throw new Error(stdout + stderr);
    });
  }

  for (const kind of kinds) {
    it(`${kind}: are formatted and clean by ruff`, async () => {
      await checked(kind, ["ruff", "check", "--no-cache", "."]);
      await checked(kind, ["ruff", "format", "--no-cache", "--check", "."]);
    });

    it(`${kind}: have right types by mypy`, async () => {
      const files = readdirSync(join(examples, kind)).filter((name) => name.endsWith(".py"));
      const config = join(examples, "pyproject.toml");
      await checked(kind, ["mypy", "--config-file", config, "--cache-dir", folder, ...files]);
    });
  }
});
