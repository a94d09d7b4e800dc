import type { SecuritySettings, WorkloadSettings } from "./schema";
import type { SettingsFile } from "./settingsFile";

/** A stack's own file, well-formed by itself. */
export interface StackFile {
  readonly name: string;
  readonly file: SettingsFile;
  readonly settings: SecuritySettings | WorkloadSettings;
}
