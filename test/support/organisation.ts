import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const repository = join(__dirname, "../..");

/**
 * The organisation that tests are written for, with its services: that of this repository may be anybody's, who put their
 * own accounts, regions and manifests in its place, or none yet.
 *
 * The rule: a test takes settings and manifests from here, or makes its own. It looks at those of the repository only to
 * see what must hold in every fork (settings are without a fault, tags that the provider leaves alone, generated files), and
 * says nothing of numbers, stacks or services there. `repositoryReads.test.ts` lists who does, each with the reason.
 */
export const organisationFiles = join(repository, "test/organisation");

/** Copies its settings and manifests, and the code and build files that these name, which are the repository's. */
export function copyOrganisation(root: string): void {
  cpSync(organisationFiles, root, { recursive: true });
  cpSync(join(repository, "examples"), join(root, "examples"), { recursive: true });
}

/** Names of its settings files. */
export const settingsFiles: readonly string[] = readdirSync(organisationFiles).filter((name) =>
  /^Pulumi.*\.yaml$/.test(name),
);

/** Root of a repository of that organisation, for tests that change nothing in it; there while this process is. */
export const organisationRoot = mkdtempSync(join(tmpdir(), "organisation-"));
copyOrganisation(organisationRoot);
process.once("exit", () => rmSync(organisationRoot, { recursive: true, force: true }));
