import { createRequire } from "node:module";
import { join } from "node:path";
import type { handleServerStreamingCall } from "@grpc/grpc-js";
import type { ILanguageRuntimeServer } from "@pulumi/pulumi/proto/language_grpc_pb";
import * as language from "@pulumi/pulumi/proto/language_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { unary, unimplemented } from "./grpcServer";
import { exitCodeOf, startNode } from "./languageHostChildren";

/** With this code the SDK's runner says that it has already told the user what went wrong. */
const exitedAfterReporting = 32;

/** The calls that the engine makes to run programs, policy packs and plugins written for Node.js. */
export function languageHost(engineAddress: string): ILanguageRuntimeServer {
  return {
    handshake: unary(() => new language.LanguageHandshakeResponse()),
    getPluginInfo: unary(() => new PluginInfo().setVersion("1.0.0")),
    // The tests attach every provider themselves, so nothing is required of the engine.
    getRequiredPlugins: unary(() => new language.GetRequiredPluginsResponse()),
    getRequiredPackages: unary(() => new language.GetRequiredPackagesResponse()),
    getProgramDependencies: unary(() => new language.GetProgramDependenciesResponse()),
    about: unary(() =>
      new language.AboutResponse().setExecutable(process.execPath).setVersion(process.version),
    ),
    runtimeOptionsPrompts: unary(() => new language.RuntimeOptionsResponse()),
    template: unary(() => new language.TemplateResponse()),
    cancel: unary(() => new Empty()),
    run: unary((request) => runProgram(request, engineAddress)),
    runPlugin,
    // Dependencies are there before a test starts.
    installDependencies: (call) => call.end(),
    generateProgram: unimplemented("GenerateProgram"),
    generateProject: unimplemented("GenerateProject"),
    generatePackage: unimplemented("GeneratePackage"),
    pack: unimplemented("Pack"),
    link: unimplemented("Link"),
  };
}

async function runProgram(
  request: language.RunRequest,
  engineAddress: string,
): Promise<language.RunResponse> {
  const folder = request.getInfo()?.getProgramDirectory() ?? request.getPwd();
  const root = request.getInfo()?.getRootDirectory() ?? folder;
  const options = runtimeOptions(request.getInfo());
  const child = startNode(
    [
      ...options.nodeArgs,
      sdkModule("cmd/run", folder),
      `--monitor=${request.getMonitorAddress()}`,
      `--engine=${engineAddress}`,
      `--organization=${request.getOrganization()}`,
      `--project=${request.getProject()}`,
      `--root-directory=${root}`,
      `--stack=${request.getStack()}`,
      `--pwd=${request.getPwd()}`,
      `--parallel=${request.getParallel()}`,
      ...(request.getDryrun() ? ["--dry-run"] : []),
      request.getInfo()?.getEntryPoint() || request.getProgram() || ".",
      ...request.getArgsList(),
    ],
    {
      cwd: request.getPwd(),
      // The engine shows what this process prints.
      stdio: ["ignore", "inherit", "inherit"],
      env: {
        ...process.env,
        PULUMI_NODEJS_TYPESCRIPT: String(options.typescript),
        PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().toArray())),
        PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
      },
    },
  );
  const code = await exitCodeOf(child);
  const response = new language.RunResponse();
  if (code === exitedAfterReporting) response.setBail(true);
  else if (code !== 0) response.setError(`Program exited with non-zero exit code: ${code}`);
  return response;
}

const runPlugin: handleServerStreamingCall<language.RunPluginRequest, language.RunPluginResponse> = (
  call,
) => {
  const request = call.request;
  const folder = request.getInfo()?.getProgramDirectory() ?? request.getProgram();
  const args = request.getArgsList();
  const child = startNode(
    [
      ...runtimeOptions(request.getInfo()).nodeArgs,
      ...(request.getKind() === "analyzer"
        ? [sdkModule("cmd/run-policy-pack", folder), ...args, folder]
        : [sdkModule("cmd/run-plugin", folder), folder, ...args]),
    ],
    { cwd: request.getPwd(), stdio: ["ignore", "pipe", "pipe"], env: environment(request.getEnvList()) },
  );
  // The engine ends a plugin by giving up the call.
  call.on("cancelled", () => child.kill("SIGKILL"));
  child.stdout?.on("data", (bytes: Buffer) => call.write(new language.RunPluginResponse().setStdout(bytes)));
  child.stderr?.on("data", (bytes: Buffer) => call.write(new language.RunPluginResponse().setStderr(bytes)));
  void exitCodeOf(child).then((code) => {
    call.write(new language.RunPluginResponse().setExitcode(code));
    call.end();
  });
};

interface RuntimeOptions {
  /** Arguments for `node` itself. */
  nodeArgs: string[];
  /** Whether the SDK's runner should compile TypeScript; the real host's default is true. */
  typescript: boolean;
}

/** The `runtime.options` of Pulumi.yaml, PulumiPolicy.yaml or PulumiPlugin.yaml. */
function runtimeOptions(info: language.ProgramInfo | undefined): RuntimeOptions {
  const options = info?.getOptions()?.toJavaScript() ?? {};
  const nodeArgs = options["nodeargs"];
  return {
    nodeArgs: typeof nodeArgs === "string" ? nodeArgs.split(/\s+/).filter((word) => word !== "") : [],
    typescript: options["typescript"] !== false && options["typescript"] !== "false",
  };
}

/** A module of the Pulumi SDK as the program itself would resolve it. */
function sdkModule(name: string, folder: string): string {
  return createRequire(join(folder, "package.json")).resolve(`@pulumi/pulumi/${name}`);
}

function environment(assignments: readonly string[]): NodeJS.ProcessEnv {
  return Object.fromEntries(
    assignments.map((assignment): [string, string] => {
      const end = assignment.indexOf("=");
      return [assignment.slice(0, end), assignment.slice(end + 1)];
    }),
  );
}
