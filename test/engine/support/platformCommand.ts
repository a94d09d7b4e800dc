import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { repositoryRoot } from "./places";

export interface PlatformResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The command line, as other processes of the machine see it. */
  readonly argv: readonly string[];
}

export interface PlatformOptions {
  /** Folder with the Pulumi.yaml and manifests to work on. */
  readonly cwd: string;
  /** Credentials and endpoint, beside nothing of this machine's own. */
  readonly env: NodeJS.ProcessEnv;
  /** Standard input. */
  readonly input?: string;
}

/** Runs `platform` as a pipeline does, in a process of its own. */
export async function platformCommand(
  args: readonly string[],
  { cwd, env, input = "" }: PlatformOptions,
): Promise<PlatformResult> {
  const argv = [join(repositoryRoot, "cli/platform.js"), ...args];
  const child = spawn(process.execPath, argv, {
    cwd,
    env: {
      PATH: process.env["PATH"],
      HOME: cwd,
      TZ: "UTC",
      NO_COLOR: "1",
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_CONFIG_FILE: join(cwd, "none"),
      AWS_SHARED_CREDENTIALS_FILE: join(cwd, "none"),
      ...env,
    },
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  // It may end without having read everything.
  child.stdin.on("error", () => undefined).end(input);
  const [code] = (await once(child, "close")) as [number | null];
  return { code, stdout, stderr, argv };
}
