import { environmentName } from "./schema";
import { readSettingsFile, stackFileNames } from "./settingsFile";

/**
 * Names of the environments that the stacks' files of a repository give, in order. What is wrong in them is left to
 * `platform check`: a file that cannot be read, or gives no such name, gives none.
 */
export function environmentNames(root: string): readonly string[] {
  const named = stackFileNames(root).map(
    (file) => readSettingsFile(root, file, "stack").file?.settings["secrets-platform:environment"],
  );
  const names = named.filter(
    (name) => typeof name === "string" && environmentName.safeParse(name).success,
  ) as string[];
  return [...new Set(names)].sort();
}
