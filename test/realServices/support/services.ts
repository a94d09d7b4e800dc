import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { check, type CheckResult } from "../../../cli/check/check";
import { organisationFiles, settingsFiles } from "../../support/organisation";

const folder = join(__dirname, "..");

/** Folders of real services: each holds the manifest of its name. */
export const manifestNames: readonly string[] = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== "support")
  .map(({ name }) => name)
  .sort();

/** What these services do in their buckets, which the platform team adds to the boundary of their accounts. */
const inBuckets = {
  actions: ["s3:GetObject", "s3:PutObject", "s3:PutObjectAcl", "s3:DeleteObject", "s3:ListBucket"],
  resources: ["arn:aws:s3:::example-*"],
};

/** Root of an organisation that has these services and no others; there while this process is. */
export const root = mkdtempSync(join(tmpdir(), "realServices-"));
process.once("exit", () => rmSync(root, { recursive: true, force: true }));
for (const file of settingsFiles) writeFileSync(join(root, file), withBuckets(file));
for (const name of manifestNames)
  cpSync(join(folder, name, `${name}.yaml`), join(root, "services", `${name}.yaml`));

function withBuckets(file: string): string {
  const text = readFileSync(join(organisationFiles, file), "utf8");
  const settings = parse(text) as { readonly config: Record<string, unknown> };
  if (settings.config["secrets-platform:environment"] === undefined) return text;
  const key = "secrets-platform:boundary";
  settings.config[key] = [...((settings.config[key] as unknown[] | undefined) ?? []), inBuckets];
  return stringify(settings);
}

let checking: Promise<CheckResult> | undefined;

/** All of them checked as `platform check` does; once, since that takes seconds. */
export function checked(): Promise<CheckResult> {
  checking ??= check({ root, servicesDirectory: undefined, progress: () => {} });
  return checking;
}
