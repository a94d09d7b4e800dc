import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { organisationRoot } from "../../../support/organisation";
import { repository } from "./plan";

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The command line, as other processes of the machine see it. */
  readonly argv: readonly string[];
}

export interface RunOptions {
  readonly env?: Environment;
  readonly input?: string | Buffer;
  /** Standard input goes on behind it, as a pipe does that nobody closes. */
  readonly inputStaysOpen?: true;
  readonly cwd?: string;
  /** Told of the process once it runs. */
  readonly started?: (child: ChildProcess) => void;
}

export type Environment = Readonly<Record<string, string>>;

/** Nothing of this machine's own credentials or settings. */
export const cleanEnvironment: Environment = {
  PATH: process.env.PATH ?? "",
  HOME: "/nonexistent",
  TZ: "UTC",
  NO_COLOR: "1",
  AWS_EC2_METADATA_DISABLED: "true",
  AWS_CONFIG_FILE: "/dev/null",
  AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
};

/** Runs `platform` as a person or a pipeline does, in a process of its own. */
export async function platform(
  args: readonly string[],
  { env = {}, input = "", cwd = organisationRoot, started, inputStaysOpen }: RunOptions = {},
): Promise<Ran> {
  const argv = [join(repository, "cli/platform.js"), ...args];
  const child = spawn(process.execPath, argv, { cwd, env: { ...cleanEnvironment, ...env } });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  started?.(child);
  // It may end without having read everything.
  child.stdin.on("error", () => undefined).write(input);
  if (!inputStaysOpen) child.stdin.end();
  const [code] = (await once(child, "close")) as [number | null];
  return { code, stdout, stderr, argv };
}
