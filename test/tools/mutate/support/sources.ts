import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { repository } from "../../../../tools/tests/importGraph";

/** Small sources in a folder of their own, outside the repository. */
export class Sources {
  readonly #folder = mkdtempSync(join(tmpdir(), "mutate-"));

  /** Its path from the repository's root. */
  write(name: string, text: string): string {
    const path = join(this.#folder, name);
    writeFileSync(path, text);
    return relative(repository, path);
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
