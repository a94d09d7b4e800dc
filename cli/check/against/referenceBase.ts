import { join, relative, resolve, sep } from "node:path";
import { toRetireFirst, valuesToSet } from "../../../model/changes/afterMerge";
import { compare } from "../../../model/changes/compare";
import { inventoryOfPlan } from "../../../model/changes/ofPlan/inventory";
import type { Inventory } from "../../../model/changes/types";
import { loadPlan } from "../../../model/load";
import { projectFile } from "../../../model/organisation/settingsFile";
import { isInside } from "../../../model/repository/walk";
import { formatProblem, type Problem } from "../../../model/yaml/problem";
import { exemptionsFile } from "../../../policies/pack/packFiles";
import { UsageError } from "../../usageError";
import { exemptionsIn } from "../exemptions";
import { type Base, baseName } from "./comparison";
import { packSettings, packSettingsNow, packSettingsPath } from "./packSettings";
import { treeFiles } from "./treeFiles";

/**
 * The state of a commit: its manifests, settings and exemptions, and the pack's settings, planned by the program that runs now. Nothing else of
 * the commit is read, and no code of it runs, so that it may be anybody's.
 * @throws UsageError where it has no such files; where they are refused, once it comes to the comparison, since what is
 * wrong with the files of now comes first
 */
export async function referenceBase(
  root: string,
  source: { readonly reference: string; readonly commit: string },
  servicesDirectory: string | undefined,
): Promise<Base> {
  const inventory = await inventoryOf(root, source, servicesDirectory);
  return {
    source,
    compare: ({ plan, exemptions }) => {
      if (inventory instanceof UsageError) throw inventory;
      const planned = inventoryOfPlan(plan, exemptions);
      const now = { ...planned, things: [...planned.things, packSettingsNow(root)] };
      return {
        base: source,
        changes: compare(inventory, now),
        toSet: valuesToSet(inventory, now),
        toRetire: toRetireFirst(inventory, now),
        notCompared: [],
      };
    },
  };
}

async function inventoryOf(
  root: string,
  source: { readonly reference: string; readonly commit: string },
  servicesDirectory: string | undefined,
): Promise<Inventory | UsageError> {
  const name = baseName(source);
  const services = servicesPath(root, servicesDirectory, name);
  const { files, problems: unread } = await filesOf(root, source.commit, services, name);
  const settings = inFolder(files, "");
  if (!Object.hasOwn(settings, projectFile))
    throw refused(`${name} has no ${projectFile} in this folder, so there is nothing to compare with`);
  const { plan, problems } = loadPlan({
    root,
    settings,
    manifests: inFolder(files, services),
    ...(servicesDirectory !== undefined && { servicesDirectory: resolve(servicesDirectory) }),
  });
  const exemptions = files.get(exemptionsPath);
  const found = exemptions && exemptionsIn(exemptions.toString("utf8"));
  const wrong = [...unread, ...problems, ...(found?.problems ?? [])];
  if (plan === undefined || wrong.length > 0) return refused(invalid(name, source.reference, wrong));
  const inventory = inventoryOfPlan(plan, found?.exemptions ?? []);
  const pack = packSettings(files.get(packSettingsPath)?.toString("utf8") ?? "");
  return { ...inventory, things: [...inventory.things, pack] };
}

const exemptionsPath = `policies/${exemptionsFile}`;

/** Folder of the manifests, from the root, with forward slashes. */
function servicesPath(root: string, services: string | undefined, name: string): string {
  const folder = services === undefined ? join(root, "services") : resolve(services);
  if (isInside(root, folder) && folder !== root) return relative(root, folder).split(sep).join("/");
  throw refused(
    `--services names ${services}, which is no folder inside the repository, so ${name} has no such manifests; ` +
      "leave one of the two out",
  );
}

async function filesOf(root: string, commit: string, services: string, name: string) {
  const wanted = (path: string): boolean =>
    /^Pulumi(?:\.[^/]*)?\.yaml$/.test(path) ||
    [exemptionsPath, packSettingsPath].includes(path) ||
    (path.startsWith(`${services}/`) && /^[^/]+\.ya?ml$/i.test(path.slice(services.length + 1)));
  try {
    return await treeFiles(root, commit, [services, "policies"], wanted);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const { message } = error as Error;
    throw refused(`${name} cannot be read: ${message}; \`git fetch\` what this clone lacks`);
  }
}

/** Contents by the name in one folder; `""` is the root. */
function inFolder(files: ReadonlyMap<string, Buffer>, folder: string): Readonly<Record<string, Buffer>> {
  const prefix = folder === "" ? "" : `${folder}/`;
  const own = [...files].flatMap(([path, bytes]) => {
    const name = path.slice(prefix.length);
    return path.startsWith(prefix) && !name.includes("/") ? [[name, bytes] as const] : [];
  });
  return Object.fromEntries(own);
}

function invalid(name: string, reference: string, problems: readonly Problem[]): string {
  const lines = problems.map((problem) =>
    formatProblem({ ...problem, file: `${reference}:${problem.file}` }),
  );
  return [
    `the manifests and settings of ${name} are not what this program takes, so there is nothing to compare with:`,
    ...lines.map((line) => `  ${line}`),
    "compare with a later commit, whose files are in order, or with an export of that state",
  ].join("\n");
}

function refused(words: string): UsageError {
  return new UsageError(`--against: ${words}`);
}
