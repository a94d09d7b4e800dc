import { readFileSync } from "node:fs";
import { join } from "node:path";
import { settingsFile } from "../../model/functions/settings";

/** Reads the settings the deployment put beside the code; `__dirname` is where the bundle lies. */
export function readSettings<Settings>(): Settings {
  return JSON.parse(readFileSync(join(__dirname, settingsFile), "utf8")) as Settings;
}

/** A file the settings name, from the same place. */
export function readSettingsFile(name: string): string {
  return readFileSync(join(__dirname, name), "utf8");
}
