import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { repository } from "../../model/plan/support/samples";

const copied = [
  ...["aws", "cli", "components", "functions", "model", "policies", "startup", "stacks"],
  ...["package.json", "package-lock.json", "tsconfig.json"],
];

/** What the command is made of, in a folder of its own, with packages as installed here and nothing kept of a start. */
export class RepositoryCopy {
  readonly root = mkdtempSync(join(tmpdir(), "startup-"));
  readonly command = join(this.root, "cli/platform.js");
  readonly kept = join(this.root, "node_modules/.cache/secrets-platform");

  constructor() {
    for (const name of copied) cpSync(join(repository, name), join(this.root, name), { recursive: true });
    const packages = join(repository, "node_modules");
    mkdirSync(join(this.root, "node_modules"));
    for (const name of readdirSync(packages).filter((each) => each !== ".cache"))
      symlinkSync(join(packages, name), join(this.root, "node_modules", name));
  }

  /** Writes a file in the place of what is there, which may be a link to this repository's own. */
  replace(file: string, text: string): void {
    const path = join(this.root, file);
    rmSync(path);
    writeFileSync(path, text);
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
