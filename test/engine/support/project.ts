import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { parse } from "yaml";
import { parseEvents } from "./engineEvents";
import { run, type ProcessResult } from "./processes";
import { changesOf, diagnosticsOf, violationsOf, type UpdateResult } from "./updateResult";

export interface CommandOptions {
  /** Expect the command to fail, and take its success for an error. */
  expectFailure?: boolean;
  /** Policy packs to run, as folders relative to the project. */
  policyPacks?: readonly string[];
  /** Compare with what exists before anything else. */
  refresh?: boolean;
  /** Further arguments of the CLI. */
  args?: readonly string[];
  /** Further environment variables. */
  env?: NodeJS.ProcessEnv;
  /** Milliseconds the command may take; 5 minutes unless given. */
  timeoutMs?: number;
}

/** Stack's state in the shape of `pulumi stack export`. */
export interface StackState {
  version: number;
  deployment: { resources?: StateResource[] };
}

export interface StateResource {
  urn: string;
  type: string;
  id?: string;
  inputs?: Record<string, unknown>;
  outputs?: Record<string, unknown>;
  protect?: boolean;
}

export interface ProjectSettings {
  cli: string;
  /** Flags of every preview, update, refresh and destroy. */
  flags: readonly string[];
  environment: NodeJS.ProcessEnv;
  /** Is told the account of the credentials that the command at hand has. */
  signIn?: (account: string | undefined) => void;
  /** Credentials for an account, as environment variables. */
  credentials?: (account: string) => Promise<NodeJS.ProcessEnv>;
  /** The copy of the project that tests may change. */
  folder: string;
  /** Where the file backend keeps the stacks. */
  stateFolder: string;
  /** Where the engine logs its events. */
  logFolder: string;
}

const defaultTimeoutMs = 5 * 60_000;

type Command = "preview" | "up" | "refresh" | "destroy";

/** A copy of a Pulumi project with a backend of its own, driven by the real CLI. */
export class Project {
  /** Everything that commands printed and logged so far, for searching. */
  readonly transcript: { command: string; text: string }[] = [];
  private readonly stacks = new Set<string>();
  private operations = 0;

  constructor(private readonly settings: ProjectSettings) {}

  /** The folder of the copy. */
  get folder(): string {
    return this.settings.folder;
  }

  preview(stack: string, options?: CommandOptions): Promise<UpdateResult> {
    return this.operate("preview", stack, options);
  }

  /** Updates without a preview before it. */
  up(stack: string, options?: CommandOptions): Promise<UpdateResult> {
    return this.operate("up", stack, options);
  }

  refresh(stack: string, options?: CommandOptions): Promise<UpdateResult> {
    return this.operate("refresh", stack, options);
  }

  destroy(stack: string, options?: CommandOptions): Promise<UpdateResult> {
    return this.operate("destroy", stack, options);
  }

  /** The state, with secrets decrypted only if asked for. */
  async exportState(stack: string, { showSecrets = false } = {}): Promise<StackState> {
    const args = ["stack", "export", "--stack", stack, ...(showSecrets ? ["--show-secrets"] : [])];
    // Not for the transcript: a test that decrypts a state has not found a leak.
    return JSON.parse((await this.succeed(args)).stdout) as StackState;
  }

  /** The state file of a stack as it lies in the backend; empty if there is none yet. */
  async stateText(stack: string): Promise<string> {
    const files = await filesBelow(join(this.settings.stateFolder, ".pulumi", "stacks"));
    const file = files.find((name) => name.endsWith(`/${stack}.json`));
    return file === undefined ? "" : readFile(file, "utf8");
  }

  /** The outputs of a stack; secret ones read `[secret]`. */
  async outputs(stack: string): Promise<Record<string, unknown>> {
    const { stdout } = await this.succeed(["stack", "output", "--json", "--stack", stack]);
    return JSON.parse(stdout) as Record<string, unknown>;
  }

  /** Sets a configuration value of a stack. */
  async setConfig(stack: string, key: string, value: string): Promise<void> {
    await this.ensureStack(stack);
    await this.succeed(["config", "set", "--stack", stack, key, value]);
  }

  async read(file: string): Promise<string> {
    return readFile(join(this.folder, file), "utf8");
  }

  async write(file: string, text: string): Promise<void> {
    await mkdir(dirname(join(this.folder, file)), { recursive: true });
    await writeFile(join(this.folder, file), text);
  }

  async remove(file: string): Promise<void> {
    await rm(join(this.folder, file), { recursive: true });
  }

  /** Changes a file; an edit that changes nothing is an error, since the test would then test nothing. */
  async edit(file: string, change: (text: string) => string): Promise<void> {
    const before = await this.read(file);
    const after = change(before);
    if (after === before) throw new Error(`the edit of ${file} changed nothing`);
    await this.write(file, after);
  }

  /**
   * Every place where a value stands readable: outputs and logs of all commands, their debug messages (into which the
   * SDK writes whatever providers return, secret or not), files of the backend with their history and backups, and the
   * states with their secrets decrypted. Empty for a value that never reached Pulumi at all.
   */
  async placesContaining(value: string): Promise<string[]> {
    const places = this.transcript.filter(({ text }) => text.includes(value)).map(({ command }) => command);
    for (const file of await filesBelow(this.settings.stateFolder)) {
      if ((await readFile(file, "utf8")).includes(value)) places.push(file);
    }
    for (const stack of this.stacks) {
      const state = await this.exportState(stack, { showSecrets: true });
      if (JSON.stringify(state).includes(JSON.stringify(value).slice(1, -1)))
        places.push(`state of ${stack}, decrypted`);
    }
    return places;
  }

  /** Any other command of the CLI, in the project's folder. A failure is a result, not an error. */
  async cli(args: readonly string[], options: CommandOptions = {}): Promise<ProcessResult> {
    return run(this.settings.cli, [...args, "--non-interactive", "--color", "never"], {
      cwd: this.folder,
      env: { ...this.settings.environment, ...options.env },
      timeoutMs: options.timeoutMs ?? defaultTimeoutMs,
    });
  }

  private async operate(
    command: Command,
    stack: string,
    options: CommandOptions = {},
  ): Promise<UpdateResult> {
    await this.ensureStack(stack);
    const eventLog = join(this.settings.logFolder, `events-${++this.operations}.jsonl`);
    const args = [
      command,
      "--stack",
      stack,
      ...this.settings.flags,
      ...flags(command, options, this.folder),
      "--event-log",
      eventLog,
    ];
    const env = { ...(await this.credentialsOf(stack)), ...options.env };
    const started = performance.now();
    const result = await this.cli(args, { ...options, env });
    const seconds = (performance.now() - started) / 1000;
    // A command that fails early writes no events.
    const log = await readFile(eventLog, "utf8").catch(() => "");
    this.record(args, result, log);
    this.expectOutcome(args, result, options.expectFailure ?? false);
    const events = parseEvents(log);
    return {
      exitCode: result.exitCode,
      stdout: result.stdout,
      stderr: result.stderr,
      events,
      changes: changesOf(events),
      diagnostics: diagnosticsOf(events),
      policyViolations: violationsOf(events),
      seconds,
    };
  }

  private async credentialsOf(stack: string): Promise<NodeJS.ProcessEnv> {
    const settings = parse(await this.read(`Pulumi.${stack}.yaml`)) as {
      config?: Record<string, unknown>;
    } | null;
    const allowed = settings?.config?.["aws:allowedAccountIds"];
    const first: unknown = Array.isArray(allowed) ? allowed[0] : undefined;
    const account = typeof first === "string" || typeof first === "number" ? String(first) : undefined;
    this.settings.signIn?.(account);
    return (account !== undefined && (await this.settings.credentials?.(account))) || {};
  }

  private async ensureStack(stack: string): Promise<void> {
    if (this.stacks.has(stack)) return;
    await this.succeed(["stack", "init", stack, "--secrets-provider", "passphrase"]);
    this.stacks.add(stack);
  }

  private async succeed(args: readonly string[]): Promise<ProcessResult> {
    const result = await this.cli(args);
    this.expectOutcome(args, result, false);
    return result;
  }

  private record(args: readonly string[], { stdout, stderr }: ProcessResult, log: string): void {
    const command = `pulumi ${args.join(" ")}`;
    const lines = log.split("\n");
    const isDebug = (line: string) => line.includes('"severity":"debug"');
    this.transcript.push(
      { command, text: [stdout, stderr, ...lines.filter((line) => !isDebug(line))].join("\n") },
      { command: `debug messages of ${command}`, text: lines.filter(isDebug).join("\n") },
    );
  }

  private expectOutcome(args: readonly string[], result: ProcessResult, failure: boolean): void {
    if (!result.timedOut && (result.exitCode !== 0) === failure) return;
    const outcome = result.timedOut
      ? "took too long"
      : failure
        ? "succeeded, but was expected to fail"
        : "failed";
    throw new Error(`pulumi ${args.join(" ")} ${outcome}\n${result.stdout}\n${result.stderr}`.trimEnd());
  }
}

function flags(command: Command, options: CommandOptions, folder: string): string[] {
  return [
    "--suppress-progress",
    ...(command === "preview" ? [] : ["--yes", "--skip-preview"]),
    ...(options.refresh === true ? ["--refresh"] : []),
    ...(options.policyPacks ?? []).flatMap((pack) => ["--policy-pack", resolve(folder, pack)]),
    ...(options.args ?? []),
  ];
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}
