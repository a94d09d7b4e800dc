import { spawn } from "node:child_process";
import { withoutGitSettings } from "../../../model/repository/gitIgnored";
import { onOneLine } from "../../../model/yaml/oneLine";
import { UsageError } from "../../usageError";

/** What git answered. */
export interface GitAnswer {
  readonly succeeded: boolean;
  readonly output: Buffer;
  /** First line of what it said on its error stream, harmless to print. */
  readonly complaint: string;
}

/** A question about some thousand files takes git a fraction of a second. */
const longestRunMs = 60_000;
/** Manifests have some kilobytes each. */
const mostBytes = 256 * 2 ** 20;

/**
 * Asks git something about a repository, by commands that only read its objects: no hook, filter or file of a work tree
 * plays a part, and nothing is asked of the terminal.
 * @throws UsageError where git is not there, or does not come to an end
 */
export function git(folder: string, args: readonly string[], input = ""): Promise<GitAnswer> {
  return new Promise((resolve, reject) => {
    const child = spawn("git", ["-C", folder, "--no-pager", ...args], {
      env: { ...withoutGitSettings(process.env), GIT_TERMINAL_PROMPT: "0", LC_ALL: "C" },
      stdio: ["pipe", "pipe", "pipe"],
      timeout: longestRunMs,
    });
    const output: Buffer[] = [];
    let bytes = 0;
    let complaint = "";
    child.stdout.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > mostBytes) child.kill();
      else output.push(chunk);
    });
    child.stderr.on("data", (chunk: Buffer) => (complaint += chunk.toString("utf8").slice(0, 2_000)));
    child.on("error", (error: NodeJS.ErrnoException) => {
      const missing = "there is no git on this machine, and without it no reference can be compared with";
      reject(new UsageError(error.code === "ENOENT" ? missing : `git cannot be run: ${error.message}`));
    });
    child.on("close", (code, signal) => {
      if (signal !== null) {
        const what = args[0] ?? "";
        reject(new UsageError(`\`git ${what}\` was ended by ${signal}: too slow, or too large an answer`));
        return;
      }
      const [first = ""] = complaint.trim().split("\n");
      resolve({ succeeded: code === 0, output: Buffer.concat(output), complaint: onOneLine(first) });
    });
    // What ends before it has read everything says so by its code.
    child.stdin.on("error", () => {});
    child.stdin.end(input);
  });
}
