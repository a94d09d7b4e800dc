import { isSupported, partitionOf } from "../aws/partitions";
import { byPosition, type Problem } from "../yaml/problem";
import { checkOrganisation } from "./rules";
import {
  eitherSettings,
  type SecuritySettings,
  securitySettings,
  sharedSettings,
  type WorkloadSettings,
  workloadSettings,
} from "./schema";
import { checkSettings } from "./checkSettings";
import {
  projectFile,
  readSettingsFile,
  type SettingsFile,
  type SettingsTexts,
  stackFileNames,
  stackOfFile,
} from "./settingsFile";
import type { StackFile } from "./stackFile";
import { stackKind } from "./stackKind";
import type { Organisation, SecurityStack, Stack, WorkloadStack } from "./types";

export interface OrganisationOptions {
  /** Folder of Pulumi.yaml and the stacks' files. */
  readonly root: string;
  /** Contents of those files by name, taken instead of the folder's. */
  readonly settings?: SettingsTexts;
  /**
   * Configuration of the stack that is running, as the engine gives it: it stands in place of what that stack's file
   * says, which may be another one with `--config-file`.
   */
  readonly running?: { readonly stack: string; readonly config: Readonly<Record<string, string>> };
}

/** Reads Pulumi.yaml and every stack's file; everything that is wrong, or the organisation. */
export function loadOrganisation(options: OrganisationOptions): {
  readonly organisation?: Organisation;
  readonly problems: readonly Problem[];
} {
  const project = readSettingsFile(options.root, projectFile, "project", options.settings);
  const shared = project.file && checkSettings(project.file, sharedSettings);
  const stacks = stackFileNames(options.root, options.settings).map((file) => readStack(options, file));
  const problems = [
    ...project.problems,
    ...(shared?.problems ?? []),
    ...stacks.flatMap((stack) => stack.problems),
  ];
  if (project.file === undefined || shared?.value === undefined || problems.length > 0) {
    return { problems: problems.sort(byPosition) };
  }
  const { organizationId, accounts, principals } = shared.value;
  const known = stacks.flatMap(({ name, file, settings }) =>
    file && settings ? [{ name, file, settings }] : [],
  );
  const wrong = checkOrganisation(project.file, shared.value, known);
  if (wrong.length > 0) return { problems: wrong.sort(byPosition) };
  const region = known[0]?.settings["aws:region"] ?? "";
  const partition = partitionOf(region);
  if (!isSupported(partition))
    throw new Error(`the schema took the region ${region} of no supported partition`);
  return {
    problems: [],
    organisation: {
      id: organizationId,
      partition,
      region,
      stacks: inDeployOrder(known, accounts).map(({ name, settings }) =>
        stackOf(name, accounts[name] ?? "", settings),
      ),
      principals,
    },
  };
}

/** A stack's file, by what it is meant to be (`stackKind`). */
function readStack(options: OrganisationOptions, fileName: string) {
  const name = stackOfFile(fileName);
  const { file, problems } = readSettingsFile(options.root, fileName, "stack", options.settings);
  if (file === undefined) return { name, problems };
  const running = options.running?.stack === name ? options.running.config : {};
  const effective: SettingsFile = { ...file, settings: { ...file.settings, ...ownSettings(running) } };
  const checked = checkStack(effective);
  return { name, file: effective, settings: checked.value, problems: checked.problems };
}

function checkStack(file: SettingsFile): {
  readonly value?: SecuritySettings | WorkloadSettings;
  readonly problems: readonly Problem[];
} {
  const kind = stackKind(Object.keys(file.settings));
  if (kind !== undefined) {
    return kind === "workload"
      ? checkSettings(file, workloadSettings)
      : checkSettings(file, securitySettings);
  }
  const neither = file.problem([], {
    found: "neither `secrets-platform:environment` nor `secrets-platform:environments` is there",
    allowed: "a workload stack names the one environment it is, a security stack those whose values it holds",
    remedy: "add the one that this stack is to be",
  });
  return { problems: [...checkSettings(file, eitherSettings).problems, neither] };
}

/** Those the stack's file can hold; what is shared comes from Pulumi.yaml. */
function ownSettings(config: Readonly<Record<string, string>>): Record<string, unknown> {
  const keys = new Set([...Object.keys(workloadSettings.shape), ...Object.keys(securitySettings.shape)]);
  return Object.fromEntries(
    Object.entries(config).flatMap(([key, value]) => (keys.has(key) ? [[key, plain(value)]] : [])),
  );
}

/** The engine gives lists, maps and booleans as JSON, texts as they are. */
function plain(value: string): unknown {
  if (!/^(?:[[{].*|true|false)$/s.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    // A text of `--config`, which the schema then says something of.
    return value;
  }
}

function stackOf(name: string, account: string, settings: SecuritySettings | WorkloadSettings): Stack {
  return "secrets-platform:environment" in settings
    ? workloadStack(name, account, settings)
    : securityStack(name, account, settings);
}

/**
 * Those that hold values first, since the others take ARNs from them, and of these the one with the audit bucket, which
 * all trails write to; then as `accounts` lists them.
 */
function inDeployOrder(
  stacks: readonly StackFile[],
  accounts: Readonly<Record<string, string>>,
): StackFile[] {
  const listed = Object.keys(accounts);
  const rank = ({ settings }: StackFile) =>
    "secrets-platform:environment" in settings ? 2 : "secrets-platform:logArchive" in settings ? 0 : 1;
  return [...stacks].sort((a, b) => rank(a) - rank(b) || listed.indexOf(a.name) - listed.indexOf(b.name));
}

function workloadStack(name: string, account: string, settings: WorkloadSettings): WorkloadStack {
  return {
    kind: "workload",
    name,
    account,
    ...ofEveryStack(settings),
    environment: settings["secrets-platform:environment"],
    production: settings["secrets-platform:production"] ?? false,
    network: settings["secrets-platform:network"],
    boundary: settings["secrets-platform:boundary"] ?? [],
  };
}

function securityStack(name: string, account: string, settings: SecuritySettings): SecurityStack {
  const logArchive = settings["secrets-platform:logArchive"];
  return {
    kind: "security",
    name,
    account,
    ...ofEveryStack(settings),
    environments: settings["secrets-platform:environments"],
    rotationNetwork: settings["secrets-platform:rotationNetwork"] ?? {},
    ...(logArchive && { logArchive }),
  };
}

function ofEveryStack(
  settings: SecuritySettings | WorkloadSettings,
): Pick<Stack, "trail" | "accessAnalyzer" | "alarms" | "notices" | "concurrency"> {
  const logGroup = settings["secrets-platform:trailLogGroup"];
  const { "secrets-platform:alarms": alarms, "secrets-platform:notices": notices } = settings;
  const concurrency = settings["secrets-platform:concurrency"];
  return {
    ...(logGroup !== undefined && { trail: { mode: "existing", logGroup } }),
    ...(settings["secrets-platform:accessAnalyzer"] === "existing" && { accessAnalyzer: "existing" }),
    ...(alarms && { alarms: given(alarms) }),
    ...(notices && { notices: given(notices) }),
    ...(concurrency && { concurrency }),
  };
}

/** Without what is undefined. */
function given<T extends object>(settings: T): { [Key in keyof T]: Exclude<T[Key], undefined> } {
  const entries = Object.entries(settings).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [Key in keyof T]: Exclude<T[Key], undefined> };
}
