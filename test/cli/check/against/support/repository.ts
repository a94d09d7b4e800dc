import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { copyOrganisation } from "../../../../support/organisation";

export function git(folder: string, ...args: readonly string[]): string {
  return execFileSync("git", args, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

/** Commits everything there is, and gives the commit. */
export function commit(folder: string, message = "change"): string {
  git(folder, "add", "--all");
  const who = ["-c", "user.name=somebody", "-c", "user.email=somebody@example.com"];
  git(folder, ...who, "commit", "--quiet", "--allow-empty", `--message=${message}`);
  return git(folder, "rev-parse", "HEAD").trim();
}

export function write(folder: string, file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}

export function edit(folder: string, file: string, from: string, to: string): void {
  const text = readFileSync(join(folder, file), "utf8");
  if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
  writeFileSync(join(folder, file), text.replace(from, to));
}

/** A repository of the tests' own organisation, on its branch `main`, with one commit. */
export function makeRepository(folder: string): string {
  mkdirSync(folder, { recursive: true });
  copyOrganisation(folder);
  git(folder, "init", "--quiet", "--initial-branch=main");
  return commit(folder);
}

/** A role reads one thing more, and one more value is to be set. */
export function change(folder: string): void {
  edit(
    folder,
    "services/orders.yaml",
    "t4g.small, reads: [database]",
    "t4g.small, reads: [database, partner-token]",
  );
  const description = "For @somebody: see <b>https://example.com</b> | [this](https://example.com)";
  const key = `partner-key: { description: "${description}", type: SecureString, expires: { after: 30 days } }`;
  edit(folder, "services/orders.yaml", "  partner-token: #", `  ${key}\n  partner-token: #`);
}
