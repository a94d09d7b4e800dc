import { execFileSync } from "node:child_process";

/** The e-mail address git signs commits with here; undefined where git or the address is missing. */
export function gitAddress(folder: string): string | undefined {
  try {
    const address = execFileSync("git", ["config", "user.email"], {
      cwd: folder,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
    return address === "" ? undefined : address;
  } catch {
    return undefined;
  }
}
