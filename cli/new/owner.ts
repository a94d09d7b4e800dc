import { execFileSync } from "node:child_process";

/** The e-mail address git signs commits with here; undefined without one that takes mail. */
export function gitAddress(folder: string): string | undefined {
  try {
    const address = execFileSync("git", ["config", "user.email"], {
      cwd: folder,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
    return address === "" || /no-?reply/i.test(address) ? undefined : address;
  } catch {
    return undefined;
  }
}
