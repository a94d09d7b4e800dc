import { join, relative, resolve, sep } from "node:path";
import { toRetireFirst, valuesToSet } from "../../../model/changes/afterMerge";
import { compare } from "../../../model/changes/compare";
import { inventoryOfPlan } from "../../../model/changes/ofPlan/inventory";
import { planGrantWords } from "../../../model/changes/ofDecisions/planWords";
import { rotationGrants } from "../../../model/changes/ofPlan/grants";
import type { Inventory, Thing } from "../../../model/changes/types";
import { loadPlan } from "../../../model/load";
import { projectFile } from "../../../model/organisation/settingsFile";
import type { Plan } from "../../../model/plan/types";
import { isInside } from "../../../model/repository/walk";
import { formatProblem, type Problem } from "../../../model/yaml/problem";
import { exemptionsFile } from "../../../policies/pack/packFiles";
import { UsageError } from "../../usageError";
import type { CheckedStacks } from "../check";
import { exemptionsIn } from "../exemptions";
import { type Base, baseName } from "./comparison";
import { type Decisions, decisionsOf, undecidedWords } from "./decisions";
import { packSettings, packSettingsNow, packSettingsPath } from "./packSettings";
import { builtOf } from "./referenceStacks";
import { treeFiles } from "./treeFiles";

/**
 * The state of a commit: its manifests, settings and exemptions, and the pack's settings, planned and built by the program
 * that runs now. Nothing else of the commit is read, and no code of it runs, so that it may be anybody's. Who reads what is
 * decided from what is registered on both sides; where that cannot be, the grants of both Plans are compared, and it is said.
 * @throws UsageError where it has no such files; where they are refused, once it comes to the comparison, since what is
 * wrong with the files of now comes first
 */
export async function referenceBase(
  root: string,
  source: { readonly reference: string; readonly commit: string },
  servicesDirectory: string | undefined,
): Promise<Base> {
  const state = await stateOf(root, source, servicesDirectory);
  return {
    source,
    compare: async (checked) => {
      if (state instanceof UsageError) throw state;
      const { plan, exemptions } = checked;
      const { inventory } = state;
      const planned = inventoryOfPlan(plan, exemptions);
      const now = { ...planned, things: [...planned.things, packSettingsNow(root)] };
      const decisions = await decide(root, baseName(source), state.plan, checked);
      const access = "undecided" in decisions ? decisions : decisions.access;
      return {
        base: source,
        changes:
          "undecided" in decisions
            ? compare(inventory, now)
            : compare(
                withGrants(inventory, state.plan, decisions.before),
                withGrants(now, plan, decisions.after),
              ),
        access,
        toSet: valuesToSet(inventory, now),
        toRetire: toRetireFirst(inventory, now),
        notCompared: undecidedWords(access),
      };
    },
  };
}

async function decide(root: string, name: string, before: Plan, now: CheckedStacks): Promise<Decisions> {
  if ("undecided" in now.access) return now.access;
  const built = await builtOf(before, root, name);
  if ("undecided" in built) return built;
  const plans = [now.plan, before];
  return decisionsOf({ stacks: built.stacks, organisation: before.organisation.id }, now, plans, (others) =>
    planGrantWords(plans, others),
  );
}

/** Grants as they were decided in place of those of the manifests; what a team's function may write is in none. */
function withGrants(
  { things }: Pick<Inventory, "things">,
  plan: Plan,
  grants: readonly Thing[],
): Pick<Inventory, "things"> {
  return {
    things: [...things.filter(({ kind }) => kind !== "grant"), ...rotationGrants(plan), ...grants],
  };
}

interface State {
  readonly plan: Plan;
  readonly inventory: Inventory;
}

async function stateOf(
  root: string,
  source: { readonly reference: string; readonly commit: string },
  servicesDirectory: string | undefined,
): Promise<State | UsageError> {
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
  return { plan, inventory: { ...inventory, things: [...inventory.things, pack] } };
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
