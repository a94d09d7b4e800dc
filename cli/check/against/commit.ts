import { onOneLine } from "../../../model/yaml/oneLine";
import { shellWord } from "../../shellWord";
import { UsageError } from "../../usageError";
import { git } from "./git";

/** The commit that a reference names, if it names one. */
export async function commitOf(root: string, reference: string): Promise<string | undefined> {
  if (reference === "" || reference.startsWith("-")) return undefined;
  // https://git-scm.com/docs/gitrevisions: `^{commit}` takes a tag for what it is of, and nothing that is no commit.
  const answer = await git(root, ["rev-parse", "--verify", "--quiet", `${reference}^{commit}`]);
  const commit = answer.output.toString("utf8").trim();
  return answer.succeeded && /^[0-9a-f]{40,64}$/.test(commit) ? commit : undefined;
}

/** Why a reference names no commit here, and what to do about it. */
export async function noCommit(root: string, reference: string): Promise<UsageError> {
  const shown = onOneLine(reference);
  const error = (words: string) => new UsageError(`--against: ${words}`);
  if (reference === "" || reference.startsWith("-"))
    return error(
      `"${shown}" is no git reference, which is not empty and begins with no hyphen, and no export`,
    );
  const inside = await git(root, ["rev-parse", "--git-dir"]);
  if (!inside.succeeded) {
    const notOne = inside.complaint.includes("not a git repository");
    return error(
      notOne
        ? `${shown} is no export of \`check --export\`, and this is no git repository, which has references`
        : `git refuses this repository: ${inside.complaint}`,
    );
  }
  if ((await commitOf(root, "HEAD")) === undefined && !(await hasCommits(root)))
    return error(`this repository has no commit yet, so there is no ${shown}`);
  const remote = await remoteBranch(root, reference);
  if (remote !== undefined)
    return error(`there is no ${shown} here, but ${onOneLine(remote)}: name that one`);
  const whole = isWord(reference) ? ` origin ${shellWord(reference)}` : "";
  const name = isWord(reference) ? ", and name FETCH_HEAD" : "";
  return error(
    (await isShallow(root))
      ? `there is no commit ${shown} in this clone, which is shallow: \`git fetch --depth=1${whole}\`${name}, or fetch ` +
          "everything with `git fetch --unshallow`"
      : `there is no commit ${shown} here, and no export of that name: \`git fetch${whole}\`${name} if it is on the server`,
  );
}

/** A branch, tag or commit by itself, which can be fetched by that name. */
function isWord(reference: string): boolean {
  return /^[\w./-]+$/.test(reference);
}

async function hasCommits(root: string): Promise<boolean> {
  const { output } = await git(root, ["rev-list", "--all", "--max-count=1"]);
  return output.length > 0;
}

async function isShallow(root: string): Promise<boolean> {
  const { output } = await git(root, ["rev-parse", "--is-shallow-repository"]);
  return output.toString("utf8").trim() === "true";
}

/** `origin/main` for `main`, which clones of build systems often have alone. */
async function remoteBranch(root: string, reference: string): Promise<string | undefined> {
  const { output } = await git(root, ["for-each-ref", "--format=%(refname:short)", "refs/remotes"]);
  return output
    .toString("utf8")
    .split("\n")
    .find(
      (name) => name.endsWith(`/${reference}`) && name.split("/").length - 1 === reference.split("/").length,
    );
}
