import { readFileSync } from "node:fs";
import { mkdir, rename } from "node:fs/promises";
import { join } from "node:path";
import { findOnPath, isExecutable } from "./executables";
import { withLock } from "./lock";
import { MissingTool } from "../../support/missingTool";
import { run } from "./processes";
import { pinnedCliModule, toolsFolder } from "./places";

/** Oldest Pulumi CLI these tests drive: the first with every event and protocol call they rely on. */
const oldestMinor = 200;

/** Milliseconds a build may take; four minutes on two idle cores. */
const buildTimeoutMs = 30 * 60_000;

const cliPackage = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi";

/**
 * Path of a Pulumi CLI: the one on PATH if it is at least 3.200, else one built from its Go module into
 * `.tools/pulumi/`, which takes some minutes the first time. Safe to call from several processes at once.
 * @throws MissingTool if there is neither a suitable CLI nor a Go to build one with
 */
export async function ensurePulumiCli({
  path = process.env["PATH"] ?? "",
  tools = toolsFolder,
} = {}): Promise<string> {
  const installed = findOnPath("pulumi", path);
  if (installed !== undefined && isCompatible(await versionOf(installed))) return installed;

  const version = pinnedVersion();
  const folder = join(tools, "pulumi", version);
  const built = join(folder, "pulumi");
  if (isExecutable(built)) return built;
  return withLock(join(tools, "pulumi", "build.lock"), async () => {
    if (!isExecutable(built)) await build(findOnPath("go", path), version, folder, built);
    return built;
  });
}

async function build(go: string | undefined, version: string, folder: string, target: string): Promise<void> {
  if (go === undefined) {
    throw new MissingTool(
      "The engine tests need the Pulumi CLI, version 3.200 or later, or Go 1.25 or later to build it: " +
        "neither is on PATH. Install one of them (pulumi.com/docs/install or go.dev/doc/install).",
    );
  }
  process.stderr.write(`Building the Pulumi CLI ${version} into .tools/pulumi (about 4 minutes, once)...\n`);
  const started = Date.now();
  await mkdir(folder, { recursive: true });
  const unfinished = `${target}.${process.pid}`;
  const result = await run(
    go,
    ["build", "-o", unfinished, "-ldflags", `-s -w -X ${versionVariable}=${version}`, cliPackage],
    { cwd: pinnedCliModule, timeoutMs: buildTimeoutMs },
  );
  if (result.exitCode !== 0) {
    throw new MissingTool(
      `The Pulumi CLI ${version} could not be built with ${go}; install it instead (pulumi.com/docs/install).\n` +
        (result.timedOut ? "The build took longer than 30 minutes." : result.stderr.trim()),
    );
  }
  // Whoever sees the final name sees a whole file.
  await rename(unfinished, target);
  process.stderr.write(`Built the Pulumi CLI in ${Math.round((Date.now() - started) / 1000)} s.\n`);
}

/** Set by the linker; without it the CLI says it is version 3.x.0-dev and tests could not tell which they drive. */
const versionVariable = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";

function pinnedVersion(): string {
  const module = readFileSync(join(pinnedCliModule, "go.mod"), "utf8");
  const version = /github\.com\/pulumi\/pulumi\/pkg\/v3 (v[0-9.]+)/.exec(module)?.[1];
  if (version === undefined) throw new Error(`${pinnedCliModule}/go.mod does not pin the Pulumi CLI`);
  return version;
}

async function versionOf(cli: string): Promise<string> {
  const result = await run(cli, ["version"], {
    env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" },
    timeoutMs: 60_000,
  });
  return result.stdout.trim();
}

function isCompatible(version: string): boolean {
  const [, major, minor] = /^v?(\d+)\.(\d+)\./.exec(version) ?? [];
  return Number(major) === 3 && Number(minor) >= oldestMinor;
}
