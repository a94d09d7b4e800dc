import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { UsageError } from "./usageError";

/**
 * Root of the repository that a command works on: the nearest folder with a Pulumi.yaml, from `from` upwards.
 * @throws UsageError where there is none
 */
export function repositoryRoot(from = process.cwd()): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, "Pulumi.yaml"))) return folder;
    if (dirname(folder) === folder) {
      throw new UsageError(
        "there is no Pulumi.yaml here or in any folder above; run this inside the repository",
      );
    }
  }
}

/** Folder of the manifests: as `--services` names it from where the command is called, else the repository's own. */
export function servicesFolder(root: string, services: string | undefined): string {
  return services === undefined ? join(root, "services") : resolve(services);
}
