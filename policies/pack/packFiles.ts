import path from "node:path";
import { isMap, LineCounter, parseDocument, type Document } from "yaml";

import { readRegularFile } from "../../model/repository/regularFile";
import type { Exemption } from "./exemptions";
import { repositorySettings } from "./repository";
import { defaultSettings, settingSchemas, type Settings } from "./settings";

/** What stands beside the pack: the settings of every rule, and the exemptions. */
export interface PackFiles {
  readonly settings: Settings;
  readonly exemptions: readonly Exemption[];
}

/** Everything wrong with the files, a line each; there is no use in a stack trace. */
export class InvalidPackFiles extends Error {}

/**
 * Reads `settings.yaml` and `exemptions.yaml` of a folder, where they are.
 * @throws InvalidPackFiles
 */
export function readPackFiles(directory: string, ruleIds: readonly string[]): PackFiles {
  const problems: string[] = [];
  const settings = readSettings(directory, problems);
  const exemptions = readExemptions(directory, ruleIds, problems);
  if (problems.length > 0) throw new InvalidPackFiles(problems.join("\n"));
  return { settings, exemptions };
}

const settingsFile = "settings.yaml";
export const exemptionsFile = "exemptions.yaml";

function readSettings(directory: string, problems: string[]): Settings {
  const file = open(directory, settingsFile, problems);
  if (file === undefined) return defaultSettings;
  const content = (file.document.toJS() ?? {}) as Record<string, unknown>;
  const { repository, ...given } = content;
  for (const [name, value] of Object.entries(given)) {
    const schema = settingSchemas[name as keyof Settings] as { readonly type: string } | undefined;
    if (schema === undefined)
      problems.push(
        `${settingsFile}: ${name} is no setting; they are ${Object.keys(settingSchemas).join(", ")}`,
      );
    else if (typeOf(value) !== schema.type)
      problems.push(`${settingsFile}: ${name} must be of type ${schema.type}`);
  }
  const root = typeof repository === "string" ? path.resolve(directory, repository) : undefined;
  if (root !== undefined) checkOrganization(root, problems);
  const fromRepository = root === undefined ? {} : repositorySettings(root);
  return { ...defaultSettings, ...fromRepository, ...given };
}

/** Said here as `platform check` says it: the engine would name the setting of a rule, which nobody wrote. */
function checkOrganization(root: string, problems: string[]): void {
  const file = open(root, projectFile, []);
  const place = ["config", "organizationId", "value"];
  const given = file?.document.getIn(place);
  if (file === undefined || given === undefined) return;
  if (typeof given === "string" && organizationForm.test(given)) return;
  const found = typeof given === "string" ? JSON.stringify(given) : "something else than a text";
  problems.push(
    `${projectFile}:${file.lineOf(place)}: config.organizationId: found ${found}; must be the identifier of an AWS ` +
      "organisation, such as `o-exampleorgid`; change it",
  );
}

const projectFile = "Pulumi.yaml";
const organizationForm = /^o-[a-z0-9]{10,32}$/;

function typeOf(value: unknown): string {
  return Array.isArray(value) ? "array" : typeof value;
}

const exemptionKeys = ["rule", "resource", "reason", "owner", "until"] as const;

/** As `readPackFiles` does, for those who need the exemptions alone. */
export function readExemptions(
  directory: string,
  ruleIds: readonly string[],
  problems: string[],
): Exemption[] {
  const file = open(directory, exemptionsFile, problems);
  if (file === undefined) return [];
  const list = (file.document.toJS() as { exemptions?: unknown } | null)?.exemptions ?? [];
  if (!Array.isArray(list)) {
    problems.push(`${exemptionsFile}: a list under \`exemptions\` is expected`);
    return [];
  }
  return list.flatMap((entry: unknown, at) => {
    const place = `${exemptionsFile}:${file.lineOf(["exemptions", at])}`;
    const wrong = exemptionProblems(entry, ruleIds);
    problems.push(...wrong.map((problem) => `${place}: ${problem}`));
    if (wrong.length > 0) return [];
    return [{ ...(entry as Omit<Exemption, "place">), place }];
  });
}

function exemptionProblems(entry: unknown, ruleIds: readonly string[]): string[] {
  if (typeof entry !== "object" || entry === null) return [`an exemption has ${exemptionKeys.join(", ")}`];
  const given = entry as Record<string, unknown>;
  const missing = exemptionKeys.filter((key) => typeof given[key] !== "string" || given[key] === "");
  const extra = Object.keys(given).filter((key) => !(exemptionKeys as readonly string[]).includes(key));
  return [
    ...missing.map((key) => `${key} is missing, or no text`),
    ...extra.map((key) => `${key} is no key of an exemption; they are ${exemptionKeys.join(", ")}`),
    ...(typeof given["rule"] === "string" && !ruleIds.includes(given["rule"])
      ? [`${given["rule"]} is no rule of the pack`]
      : []),
    ...(typeof given["until"] === "string" && !isDate(given["until"])
      ? [`until is ${given["until"]}; a date as in 2026-11-30 is needed`]
      : []),
  ];
}

function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(text).toJSON()?.startsWith(text);
}

interface OpenFile {
  readonly document: Document;
  readonly lineOf: (place: readonly (string | number)[]) => number;
}

/** Settings and exemptions have a few kilobytes. */
const maximumBytes = 2 ** 20;

/** Undefined, and a problem said, when the file is no YAML or holds no mapping; undefined too when it is not there. */
function open(directory: string, name: string, problems: string[]): OpenFile | undefined {
  const file = path.join(directory, name);
  const content = readRegularFile(file, maximumBytes);
  if ("reason" in content) {
    if (!content.missing) problems.push(`${name}:1: the file ${content.reason}; it has to be a regular file`);
    return undefined;
  }
  const lines = new LineCounter();
  // A date stays the text it is.
  const document = parseDocument(content.bytes.toString("utf8"), { lineCounter: lines, schema: "core" });
  const [error] = document.errors;
  if (error !== undefined)
    problems.push(`${name}:${error.linePos?.[0].line ?? 1}: ${error.message.split("\n")[0]}`);
  else if (document.contents !== null && !isMap(document.contents))
    problems.push(`${name}:1: a mapping is expected`);
  else {
    const lineOf = (place: readonly (string | number)[]) => {
      const node = document.getIn(place, true) as { range?: [number, number, number] } | undefined;
      return lines.linePos(node?.range?.[0] ?? 0).line;
    };
    return { document, lineOf };
  }
  return undefined;
}
