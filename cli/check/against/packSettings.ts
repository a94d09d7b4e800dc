import { join } from "node:path";
import { parse } from "yaml";
import { settingFacts } from "../../../model/changes/ofPlan/settingFacts";
import type { Thing } from "../../../model/changes/types";
import { readRegularFile } from "../../../model/repository/regularFile";
import { settingsFile } from "../../../policies/pack/packFiles";

/** Where the pack's settings stand, from the root. */
export const packSettingsPath = `policies/${settingsFile}`;

/** What it is read up to, as the pack does. */
const mostBytes = 2 ** 20;

/** The pack's settings of now. */
export function packSettingsNow(root: string): Thing {
  const content = readRegularFile(join(root, packSettingsPath), mostBytes);
  return packSettings("bytes" in content ? content.bytes.toString("utf8") : "");
}

/** Settings of the policy pack. Which of them makes its rules see less differs, so each change is to be looked at. */
export function packSettings(text: string): Thing {
  return {
    kind: "organisation",
    stack: "all",
    about: "policies",
    name: settingsFile,
    words: settingsFile,
    facts: settingFacts(contentOf(text), [[/^/, "any"]]),
  };
}

/** What cannot be read is compared as it is; the pack itself says what is wrong with it. */
function contentOf(text: string): object {
  try {
    const content: unknown = parse(text, { schema: "core", logLevel: "silent" });
    return typeof content === "object" && content !== null ? content : {};
  } catch {
    return { text };
  }
}
