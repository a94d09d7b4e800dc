import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { ensurePulumiCli } from "./cli";
import { cliEnvironment } from "./environment";
import { serve, type LocalServer } from "./grpcServer";
import { ensureLanguageHost, flagsFor } from "./languageHost";
import { Project } from "./project";
import { copyProject } from "./projectCopy";
import { awsProvider, type AwsHandlers } from "./standIn/aws/awsProvider";
import { awsxProvider } from "./standIn/awsx/awsxProvider";
import { Cloud } from "./standIn/cloud/cloud";
import { providerService } from "./standIn/providerService";
import { randomProvider } from "./standIn/random/randomProvider";

export interface EngineOptions {
  /** Handlers that make real calls for some AWS types, in place of the ledger, by type token. */
  handlers?: AwsHandlers;
  /** Further environment variables of every command. */
  env?: NodeJS.ProcessEnv;
  /** Environment variables with credentials for the account that a stack allows; without it, ones that open nothing. */
  credentials?: (account: string) => Promise<NodeJS.ProcessEnv>;
}

export interface ProjectOptions {
  /** Folder with Pulumi.yaml. */
  from: string;
  /** Folder of manifests that takes the place of the project's `services`. */
  services?: string;
}

interface Started {
  readonly cli: string;
  readonly flags: readonly string[];
  readonly folder: string;
  readonly options: EngineOptions;
  readonly servers: Record<string, LocalServer>;
}

/**
 * The real Pulumi CLI with stand-ins for what this machine lacks: providers, and where needed the language host. Each
 * engine has a cloud of its own, so that tests that start one each do not meet.
 */
export class Engine {
  private projects = 0;

  private constructor(
    /** What exists in AWS. */
    readonly cloud: Cloud,
    /** Which language host runs the programs. */
    readonly languageHost: "real" | "stand-in",
    private readonly started: Started,
  ) {}

  /**
   * Starts the providers and finds or builds the CLI: some minutes the first time on a machine, then half a second.
   * @throws MissingTool if there is no CLI and no way to build one
   */
  static async start(options: EngineOptions = {}): Promise<Engine> {
    const cli = await ensurePulumiCli();
    const folder = await mkdtemp(join(tmpdir(), "pulumi-engine-"));
    const languageHost = await ensureLanguageHost(cli, join(folder, "home"));
    const cloud = new Cloud();
    const servers = {
      aws: await serve(ResourceProviderService, providerService(awsProvider(cloud, options.handlers))),
      awsx: await serve(ResourceProviderService, providerService(awsxProvider())),
      random: await serve(ResourceProviderService, providerService(randomProvider())),
    };
    const flags = await flagsFor(languageHost, cli);
    return new Engine(cloud, languageHost, { cli, flags, folder, options, servers });
  }

  /** Copies a project to where a test may change it and gives it an empty backend. */
  async project({ from, services }: ProjectOptions): Promise<Project> {
    const place = join(this.started.folder, `project-${++this.projects}`);
    const settings = {
      cli: this.started.cli,
      flags: this.started.flags,
      folder: join(place, "program"),
      stateFolder: join(place, "state"),
      logFolder: join(place, "logs"),
      environment: {
        ...this.environment(),
        PULUMI_BACKEND_URL: `file://${join(place, "state")}`,
        ...this.started.options.env,
      },
      signIn: (account: string | undefined) => (this.cloud.credentialsOf = account),
      ...(this.started.options.credentials && { credentials: this.started.options.credentials }),
    };
    await mkdir(settings.stateFolder, { recursive: true });
    await mkdir(settings.logFolder);
    await copyProject(from, settings.folder, services);
    return new Project(settings);
  }

  /** Ends the providers and removes all projects; ENGINE_TEST_KEEP=1 keeps them for a look. */
  async stop(): Promise<void> {
    Object.values(this.started.servers).forEach((server) => server.close());
    if (process.env["ENGINE_TEST_KEEP"] === "1") process.stderr.write(`Kept ${this.started.folder}\n`);
    else await rm(this.started.folder, { recursive: true, force: true });
  }

  private environment(): NodeJS.ProcessEnv {
    return cliEnvironment({
      home: join(this.started.folder, "home"),
      providers: Object.fromEntries(
        Object.entries(this.started.servers).map(([name, { port }]) => [name, port]),
      ),
    });
  }
}
