import { existsSync } from "node:fs";
import { cp, mkdir, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** What no program needs to run, by its name at the top of the repository. */
const leftOut = new Set([".git", ".tools", "node_modules", "test", "docs", "coverage"]);

/** Lines of a stack's settings that tie it to somebody's key. */
const encryptionSettings = /^(secretsprovider|encryptedkey|encryptionsalt):.*\n?/gm;

/**
 * Copies a Pulumi project to a folder where a test may change it, with the installed packages linked in. Of this
 * repository, settings and manifests are those of the tests' own organisation.
 * @param services if given, takes the place of the project's `services` folder
 */
export async function copyProject(from: string, to: string, services?: string): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const entry of await readdir(from)) {
    if (!leftOut.has(entry)) await cp(join(from, entry), join(to, entry), { recursive: true });
  }
  const organisation = join(from, "test", "organisation");
  if (existsSync(organisation)) {
    const own = (await readdir(to)).filter((name) => /^(services|Pulumi\..+\.yaml)$/.test(name));
    for (const name of own) await rm(join(to, name), { recursive: true });
    await cp(organisation, to, { recursive: true });
  }
  if (services !== undefined) {
    await rm(join(to, "services"), { recursive: true, force: true });
    await cp(services, join(to, "services"), { recursive: true });
  }
  await symlink(packagesOf(from), join(to, "node_modules"), "dir");
  await forgetEncryption(to);
}

/** A stack of the copy is encrypted with the test's passphrase, whatever the original uses. */
async function forgetEncryption(folder: string): Promise<void> {
  for (const entry of await readdir(folder)) {
    if (!/^Pulumi\..+\.yaml$/.test(entry)) continue;
    const file = join(folder, entry);
    const settings = await readFile(file, "utf8");
    await writeFile(file, settings.replace(encryptionSettings, ""));
  }
}

/** The nearest `node_modules`, in the folder or above it. */
function packagesOf(folder: string): string {
  const candidate = join(folder, "node_modules");
  if (existsSync(candidate)) return candidate;
  if (dirname(folder) === folder) throw new Error("no node_modules: run npm ci first");
  return packagesOf(dirname(folder));
}
