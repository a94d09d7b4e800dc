import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** Those of the paths that git ignores, or why that cannot be told. */
export type Ignored = { readonly paths: ReadonlySet<string> } | { readonly reason: string };

/** Some thousand paths take git a fraction of a second. */
const longestRunMs = 20_000;

/**
 * Asks git which paths it ignores: by `.gitignore` files, the repository's `info/exclude` and the machine's own list. What
 * is tracked is not ignored, whatever the patterns say. Outside of a git work tree nothing is ignored.
 * https://git-scm.com/docs/git-check-ignore
 * @param folder that the paths lie in and are relative to, without links; a submodule's is asked of the submodule
 */
export function gitIgnored(folder: string, paths: readonly string[]): Ignored {
  if (paths.length === 0 || !isInWorkTree(folder)) return { paths: new Set() };
  const { status, stdout, error } = spawnSync("git", ["-C", folder, "check-ignore", "-z", "--stdin"], {
    input: paths.join("\0"),
    encoding: "utf8",
    env: withoutGitSettings(process.env),
    maxBuffer: 64 * 2 ** 20,
    timeout: longestRunMs,
  });
  // 1: none of them.
  if (error === undefined && (status === 0 || status === 1)) {
    return { paths: new Set(stdout.split("\0").filter((path) => path !== "")) };
  }
  const isMissing = (error as NodeJS.ErrnoException | undefined)?.code === "ENOENT";
  return { reason: isMissing ? "there is no git on this machine" : "`git check-ignore` failed" };
}

function isInWorkTree(folder: string): boolean {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, ".git"))) return true;
    if (dirname(at) === at) return false;
  }
}

/** A hook runs with settings that point git to its own repository and index. */
export function withoutGitSettings(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith("GIT_")));
}
