import path from "node:path";
import { isMap, LineCounter, parseDocument, type Document } from "yaml";

import { organisationIds } from "../../model/aws/textRules";
import { projectFile } from "../../model/organisation/settingsFile";
import { readRegularFile } from "../../model/repository/regularFile";
import { describe } from "../../model/yaml/describe";
import { onOneLine } from "../../model/yaml/oneLine";
import { openPart } from "../../model/yaml/openText";
import { textsOf } from "../../model/yaml/texts";
import { holdsUnseen } from "../../model/yaml/unseen";
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
  if (problems.length > 0) throw new InvalidPackFiles(problems.map(onOneLine).join("\n"));
  return { settings, exemptions };
}

export const settingsFile = "settings.yaml";
export const exemptionsFile = "exemptions.yaml";

function readSettings(directory: string, problems: string[]): Settings {
  const file = open(directory, settingsFile, problems);
  if (file === undefined) return defaultSettings;
  const { repository, ...given } = (file.content ?? {}) as Record<string, unknown>;
  for (const [name, value] of Object.entries(given)) {
    const schema = settingSchemas[name as keyof Settings] as { readonly type: string } | undefined;
    if (schema === undefined)
      problems.push(
        `${settingsFile}: ${describe(name)} is no setting; they are ${Object.keys(settingSchemas).join(", ")}`,
      );
    else if (typeOf(value) !== schema.type)
      problems.push(`${settingsFile}: ${name} must be of type ${schema.type}`);
    else problems.push(...openTexts(name, value));
  }
  const root = typeof repository === "string" ? path.resolve(directory, repository) : undefined;
  if (root !== undefined) checkOrganization(root, problems);
  const fromRepository = root === undefined ? {} : repositorySettings(root);
  return { ...defaultSettings, ...fromRepository, ...given };
}

/** Settings that name several roles or policies at once. */
const patterns = ["branchReaders", "boundaries"];

function openTexts(name: string, value: unknown): string[] {
  return textsOf(value, []).flatMap(({ text }) => {
    const found = openPart(text, { wildcards: patterns.includes(name) });
    return found === undefined ? [] : [`${settingsFile}: ${name} holds ${found}; write each name out`];
  });
}

/** Said here as `platform check` says it: the engine would name the setting of a rule, which nobody wrote. */
function checkOrganization(root: string, problems: string[]): void {
  const file = open(root, projectFile, []);
  const place = ["config", "organizationId", "value"];
  const given = file?.document.getIn(place);
  if (file === undefined || given === undefined) return;
  if (typeof given === "string" && organisationIds.pattern.test(given)) return;
  problems.push(
    `${projectFile}:${file.lineOf(place)}: config.organizationId: found ${describe(given)}; must be the identifier of an AWS ` +
      "organisation, such as `o-exampleorgid`; change it",
  );
}

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
  return exemptionsOf(open(directory, exemptionsFile, problems), ruleIds, problems);
}

/** As `readExemptions` does, of what the file holds. */
export function parseExemptions(text: string, ruleIds: readonly string[], problems: string[]): Exemption[] {
  return exemptionsOf(parsed(exemptionsFile, text, problems), ruleIds, problems);
}

function exemptionsOf(
  file: OpenFile | undefined,
  ruleIds: readonly string[],
  problems: string[],
): Exemption[] {
  if (file === undefined) return [];
  const list = (file.content as { exemptions?: unknown } | null)?.exemptions ?? [];
  if (!Array.isArray(list)) {
    problems.push(`${exemptionsFile}: a list under \`exemptions\` is expected`);
    return [];
  }
  return list.flatMap((entry: unknown, at) => {
    const place = `${exemptionsFile}:${file.lineOf(["exemptions", at])}`;
    const wrong = exemptionProblems(entry, ruleIds);
    problems.push(...wrong.map((problem) => onOneLine(`${place}: ${problem}`)));
    if (wrong.length > 0) return [];
    const { rule, resource, reason, owner, until } = entry as Omit<Exemption, "place">;
    return [
      { rule, resource, reason: onOneLine(reason.trim()), owner: onOneLine(owner.trim()), until, place },
    ];
  });
}

function exemptionProblems(entry: unknown, ruleIds: readonly string[]): string[] {
  if (typeof entry !== "object" || entry === null) return [`an exemption has ${exemptionKeys.join(", ")}`];
  const given = entry as Record<string, unknown>;
  const missing = exemptionKeys.filter((key) => typeof given[key] !== "string" || given[key] === "");
  const extra = Object.keys(given).filter((key) => !(exemptionKeys as readonly string[]).includes(key));
  return [
    ...missing.map((key) => `${key} is missing, or no text`),
    ...exemptionKeys.flatMap((key) =>
      typeof given[key] === "string" && holdsUnseen(given[key].trim())
        ? [`${key} holds a character that does not show; write it on one line, of letters that show`]
        : [],
    ),
    ...extra.map((key) => `${describe(key)} is no key of an exemption; they are ${exemptionKeys.join(", ")}`),
    ...(typeof given["rule"] === "string" && !ruleIds.includes(given["rule"])
      ? [`${describe(given["rule"])} is no rule of the pack`]
      : []),
    ...(typeof given["until"] === "string" && !isDate(given["until"])
      ? [`until is ${describe(given["until"])}; a date as in 2026-11-30 is needed`]
      : []),
  ];
}

function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(text).toJSON()?.startsWith(text);
}

interface OpenFile {
  readonly document: Document;
  /** The same as plain values. */
  readonly content: unknown;
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
  return parsed(name, content.bytes.toString("utf8"), problems);
}

function parsed(name: string, text: string, problems: string[]): OpenFile | undefined {
  const lines = new LineCounter();
  // A date stays the text it is.
  const document = parseDocument(text, {
    lineCounter: lines,
    schema: "core",
    logLevel: "silent",
  });
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
    try {
      return { document, content: document.toJS() as unknown, lineOf };
    } catch {
      problems.push(
        `${name}:1: an alias (\`*\`) has no anchor before it, or there are too many; write the values out`,
      );
    }
  }
  return undefined;
}
