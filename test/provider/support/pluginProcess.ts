import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join, resolve } from "node:path";
import * as grpc from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import type { LogRequest } from "@pulumi/pulumi/proto/engine_pb";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";

type Plain = Record<string, unknown>;

/** The plugin in a process of its own, spoken to as the engine does. */
export interface PluginProcess {
  /** What it logged to the engine, and what it wrote to its own outputs. */
  readonly logged: { severity: number; urn: string; message: string }[];
  output(): string;
  /** Arguments of the process. */
  readonly argv: readonly string[];
  checkConfig(news: Plain): Promise<messages.CheckResponse>;
  configure(args: Plain): Promise<messages.ConfigureResponse>;
  check(urn: string, news: Plain): Promise<messages.CheckResponse>;
  diff(request: {
    urn: string;
    id: string;
    olds: Plain;
    oldInputs: Plain;
    news: Plain;
  }): Promise<messages.DiffResponse>;
  create(urn: string, properties: Plain, preview?: boolean): Promise<messages.CreateResponse>;
  read(request: {
    urn: string;
    id: string;
    properties: Plain;
    inputs: Plain;
  }): Promise<messages.ReadResponse>;
  update(request: {
    urn: string;
    id: string;
    olds: Plain;
    oldInputs: Plain;
    news: Plain;
    preview?: boolean;
  }): Promise<messages.UpdateResponse>;
  delete(request: { urn: string; id: string; properties: Plain }): Promise<void>;
  invoke(token: string, args: Plain, preview?: boolean): Promise<messages.InvokeResponse>;
  stop(): Promise<void>;
}

const root = resolve(__dirname, "../../..");

/** Starts the plugin the way the language host does, with an engine that collects logs. */
export async function startPluginProcess(): Promise<PluginProcess> {
  const logged: PluginProcess["logged"] = [];
  const engine = await serveEngine((request) =>
    logged.push({ severity: request.getSeverity(), urn: request.getUrn(), message: request.getMessage() }),
  );

  const argv = [
    join(root, "node_modules/@pulumi/pulumi/cmd/run-plugin"),
    join(root, "provider"),
    engine.address,
  ];
  const child = spawn(process.execPath, ["--require", join(__dirname, "tellsTypeChecks.cjs"), ...argv], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (output += text));
  const port = await firstLine(child);

  const client = new ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
  const handshake = new messages.ProviderHandshakeRequest().setEngineAddress(engine.address);
  await unary<messages.ProviderHandshakeResponse>((done) => client.handshake(handshake, done));

  return {
    logged,
    output: () => output,
    argv,
    checkConfig: (news) =>
      unary((done) => client.checkConfig(new messages.CheckRequest().setNews(struct(news)), done)),
    configure: (args) =>
      unary((done) => client.configure(new messages.ConfigureRequest().setArgs(struct(args)), done)),
    check: (urn, news) =>
      unary((done) => client.check(new messages.CheckRequest().setUrn(urn).setNews(struct(news)), done)),
    diff: ({ urn, id, olds, oldInputs, news }) => {
      const request = new messages.DiffRequest().setUrn(urn).setId(id);
      request.setOlds(struct(olds)).setOldInputs(struct(oldInputs)).setNews(struct(news));
      return unary((done) => client.diff(request, done));
    },
    create: (urn, properties, preview = false) => {
      const request = new messages.CreateRequest().setUrn(urn).setProperties(struct(properties));
      return unary((done) => client.create(request.setPreview(preview), done));
    },
    read: ({ urn, id, properties, inputs }) => {
      const request = new messages.ReadRequest().setUrn(urn).setId(id);
      request.setProperties(struct(properties)).setInputs(struct(inputs));
      return unary((done) => client.read(request, done));
    },
    update: ({ urn, id, olds, oldInputs, news, preview = false }) => {
      const request = new messages.UpdateRequest().setUrn(urn).setId(id).setPreview(preview);
      request.setOlds(struct(olds)).setOldInputs(struct(oldInputs)).setNews(struct(news));
      return unary((done) => client.update(request, done));
    },
    delete: async ({ urn, id, properties }) => {
      const request = new messages.DeleteRequest().setUrn(urn).setId(id).setProperties(struct(properties));
      await unary<Empty>((done) => client.delete(request, done));
    },
    invoke: (token, args, preview = false) => {
      const request = new messages.InvokeRequest().setTok(token).setArgs(struct(args)).setPreview(preview);
      return unary((done) => client.invoke(request, done));
    },
    stop: async () => {
      client.close();
      engine.close();
      child.kill("SIGKILL");
      if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
    },
  };
}

/** Properties of an answer as plain values. */
export function plain(properties: Struct | undefined): Plain {
  return properties?.toJavaScript() ?? {};
}

async function serveEngine(log: (request: LogRequest) => void) {
  const server = new grpc.Server();
  server.addService(EngineService, {
    log: (call: grpc.ServerUnaryCall<LogRequest, Empty>, done: grpc.sendUnaryData<Empty>) => {
      log(call.request);
      done(null, new Empty());
    },
  });
  const port = await new Promise<number>((ready, failed) =>
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? ready(bound) : failed(error),
    ),
  );
  return { address: `127.0.0.1:${port}`, close: () => server.forceShutdown() };
}

async function firstLine(child: ChildProcess): Promise<number> {
  return new Promise((found, failed) => {
    let said = "";
    child.stdout?.on("data", (text: string) => {
      said += text;
      if (said.includes("\n")) found(Number(said.split("\n")[0]));
    });
    child.once("exit", (code) => failed(new Error(`the plugin ended with ${code ?? "a signal"}: ${said}`)));
  });
}

function unary<Response>(
  call: (done: (error: grpc.ServiceError | null, response: Response) => void) => unknown,
): Promise<Response> {
  return new Promise((resolved, rejected) =>
    call((error, response) => (error === null ? resolved(response) : rejected(error))),
  );
}

function struct(properties: Plain): Struct {
  return Struct.fromJavaScript(properties as Record<string, JavaScriptValue>);
}
