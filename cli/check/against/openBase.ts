import { existsSync, readdirSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { onOneLine } from "../../../model/yaml/oneLine";
import { UsageError } from "../../usageError";
import { commitOf, noCommit } from "./commit";
import type { Base } from "./comparison";
import { exportBase } from "./exportBase";
import { referenceBase } from "./referenceBase";

/**
 * What `--against` names: an export of `check --export`, a file or the folder of them, or a git reference.
 * @throws UsageError for what is neither, or both
 */
export async function openBase(
  root: string,
  named: string,
  servicesDirectory: string | undefined,
): Promise<Base> {
  const isExport = looksLikeExport(named);
  const commit = await commitUnlessMissing(root, named, isExport);
  if (isExport && commit !== undefined) {
    const name = onOneLine(named);
    throw new UsageError(
      `--against: ${name} is a git reference and a path as well; write ./${name} for the path, or refs/heads/${name} for the branch`,
    );
  }
  if (isExport) return exportBase(named);
  if (commit === undefined) throw await noCommit(root, named);
  return referenceBase(root, { reference: named, commit }, servicesDirectory);
}

/** Where there is an export, git need not be there. */
async function commitUnlessMissing(
  root: string,
  named: string,
  isExport: boolean,
): Promise<string | undefined> {
  try {
    return await commitOf(root, named);
  } catch (error) {
    if (isExport && error instanceof UsageError) return undefined;
    throw error;
  }
}

/** A file, or a folder with one that could be a stack's; others are no exports, and may be called as a branch is. */
function looksLikeExport(named: string): boolean {
  const path = resolve(named);
  if (named === "" || !existsSync(path)) return false;
  try {
    if (!statSync(path).isDirectory()) return true;
    return readdirSync(path).some((name) => name.endsWith(".json"));
  } catch {
    // What cannot be looked into is said of it when it is read.
    return true;
  }
}
