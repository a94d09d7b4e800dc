import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { repository } from "../model/plan/support/samples";

const page = readFileSync(join(repository, "docs", "pull-requests.md"), "utf8");
const [, script = ""] = /```sh\n([^]*?)```/.exec(page) ?? [];

describe("the preview of a pull request, as its page has it done", function () {
  this.timeout(240_000);
  let root: string;
  let said: string;

  /** A main branch, and a request that changes everything there is. */
  before(() => {
    root = mkdtempSync(join(tmpdir(), "pull-request-"));
    const origin = join(root, "origin");
    const clone = join(root, "clone");
    mkdirSync(origin);
    git(origin, "init", "--quiet", "--initial-branch=main");
    write(origin, "stacks/index.ts", "main");
    write(origin, "package.json", "main");
    write(origin, "services/orders.yaml", "main");
    write(origin, "services/billing.yaml", "main");
    commit(origin);
    git(origin, "switch", "--quiet", "--create", "request");
    write(origin, "stacks/index.ts", "theirs");
    write(origin, "package.json", "theirs");
    write(origin, "services/orders.yaml", "theirs");
    write(origin, "services/shipping.yaml", "theirs");
    rmSync(join(origin, "services/billing.yaml"));
    symlinkSync("/etc/hostname", join(origin, "services/link.yaml"));
    commit(origin);
    const request = git(origin, "rev-parse", "HEAD").trim();
    git(origin, "switch", "--quiet", "main");
    git(root, "clone", "--quiet", origin, clone);
    for (const tool of ["npm", "pulumi"]) {
      write(
        root,
        `bin/${tool}`,
        `#!/bin/sh\necho "${tool} $*"\nhead -v stacks/* package.json services/*\necho\n`,
      );
      execFileSync("chmod", ["+x", join(root, "bin", tool)]);
    }
    said = execFileSync("sh", ["-euc", script], {
      cwd: clone,
      env: { ...process.env, PATH: `${join(root, "bin")}:${process.env["PATH"]}`, REQUEST: request },
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
  });

  after(() => rmSync(root, { recursive: true, force: true }));

  it("runs the program of the main branch with the request's manifests", () => {
    const runs = said.split(/^(?=npm |pulumi )/m).filter((run) => /^(?:npm|pulumi) /.test(run));
    assert.deepEqual(
      runs.map((run) => run.split("\n")[0]),
      [
        "npm ci",
        ...["security", "staging", "prod"].map(
          (stack) => `pulumi preview --stack ${stack} --policy-pack policies --diff`,
        ),
      ],
    );
    for (const run of runs) {
      const files = Object.fromEntries(
        [...run.matchAll(/==> (\S+) <==\n(.*)/g)].map(([, file = "", text]) => [file, text]),
      );
      assert.deepEqual(files, {
        "stacks/index.ts": "main",
        "package.json": "main",
        "services/orders.yaml": "theirs",
        "services/shipping.yaml": "theirs",
        // No link any more: where it pointed to is not read.
        "services/link.yaml": "/etc/hostname",
      });
    }
  });
});

function git(folder: string, ...args: readonly string[]): string {
  return execFileSync("git", args, { cwd: folder, encoding: "utf8" });
}

function commit(folder: string): void {
  git(folder, "add", "--all");
  const who = ["-c", "user.name=somebody", "-c", "user.email=somebody@example.com"];
  git(folder, ...who, "commit", "--quiet", "--message=change");
}

function write(folder: string, file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), `${text}\n`);
}
