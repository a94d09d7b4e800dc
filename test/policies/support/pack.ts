import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import path from "node:path";

import * as grpc from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import analyzer from "@pulumi/pulumi/proto/analyzer_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";

import type { PackConfig } from "../../../policies/pack/config";
import type { RegisteredResource } from "../../../policies/pack/evaluate";
import { rules } from "../../../policies/rules";
import type { ReportedFinding } from "../../../policies/pack/reportedFinding";

const levels = { advisory: 0, mandatory: 1, disabled: 2 } as const;

/** The pack as the engine runs it: its own process, spoken to over gRPC. */
export interface RunningPack {
  readonly info: () => Promise<analyzer.AnalyzerInfo>;
  readonly configure: (config: PackConfig) => Promise<void>;
  readonly analyze: (resource: RegisteredResource) => Promise<ReportedFinding[]>;
  readonly analyzeStack: (resources: readonly RegisteredResource[]) => Promise<ReportedFinding[]>;
  readonly stop: () => Promise<void>;
}

const directory = path.resolve(__dirname, "../../../policies");

/** `nodeOptions` stand on Node's command line, `env` beside this process' own environment. */
export async function startPack(
  nodeOptions: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<RunningPack> {
  const program = require.resolve("@pulumi/pulumi/cmd/run-policy-pack");
  const child = spawn(process.execPath, [...nodeOptions, program, "127.0.0.1:1", "."], {
    cwd: directory,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = once(child, "exit");
  const [port] = (await once(createInterface(child.stdout), "line")) as [string];
  const client = new AnalyzerClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure(), {
    "grpc.max_receive_message_length": -1,
    "grpc.max_send_message_length": -1,
  });

  type Method = (request: unknown, answer: (error: Error | null, response: unknown) => void) => void;
  const methods = client as unknown as Record<string, Method>;
  const call = <T>(method: keyof AnalyzerClient, request: unknown): Promise<T> =>
    new Promise((resolve, reject) => {
      methods[method]?.call(client, request, (error, response) =>
        error ? reject(error) : resolve(response as T),
      );
    });

  return {
    info: () => call("getAnalyzerInfo", new Empty()),
    configure: async (config) => {
      const request = new analyzer.ConfigureAnalyzerRequest();
      for (const rule of rules)
        request.getPolicyconfigMap().set(rule.id, configOf(config[rule.id], rule.level));
      await call("configure", request);
    },
    analyze: async (resource) => read(await call("analyze", requestOf(resource)), resource.urn),
    analyzeStack: async (resources) => {
      const request = new analyzer.AnalyzeStackRequest();
      request.setResourcesList(resources.map(stackResourceOf));
      return read(await call("analyzeStack", request), "");
    },
    stop: async () => {
      client.close();
      child.kill();
      await exited;
    },
  };
}

function configOf(own: PackConfig[string] | undefined, level: keyof typeof levels): analyzer.PolicyConfig {
  const config = new analyzer.PolicyConfig();
  const { enforcementLevel = level, ...properties } =
    typeof own === "object" ? own : { enforcementLevel: own ?? level };
  config.setEnforcementlevel(levels[enforcementLevel]);
  config.setProperties(structOf(properties));
  return config;
}

function requestOf(resource: RegisteredResource): analyzer.AnalyzeRequest {
  const request = new analyzer.AnalyzeRequest();
  request.setUrn(resource.urn);
  request.setType(resource.type);
  request.setName(resource.name);
  request.setProperties(structOf(resource.inputs));
  request.setOptions(optionsOf(resource));
  return request;
}

function stackResourceOf(resource: RegisteredResource): analyzer.AnalyzerResource {
  const message = new analyzer.AnalyzerResource();
  message.setUrn(resource.urn);
  message.setType(resource.type);
  message.setName(resource.name);
  message.setProperties(structOf({ ...resource.inputs, ...resource.outputs }));
  message.setOptions(optionsOf(resource));
  for (const [property, urns] of Object.entries(resource.propertyDependencies ?? {})) {
    const dependencies = new analyzer.AnalyzerPropertyDependencies();
    dependencies.setUrnsList([...urns]);
    message.getPropertydependenciesMap().set(property, dependencies);
  }
  return message;
}

function optionsOf(resource: RegisteredResource): analyzer.AnalyzerResourceOptions {
  const options = new analyzer.AnalyzerResourceOptions();
  options.setProtect(resource.protect ?? false);
  return options;
}

function structOf(properties: object): Struct {
  return Struct.fromJavaScript(JSON.parse(JSON.stringify(properties)) as Record<string, JavaScriptValue>);
}

function read(response: analyzer.AnalyzeResponse, urn: string): ReportedFinding[] {
  return response.getDiagnosticsList().map((diagnostic) => ({
    policy: diagnostic.getPolicyname(),
    level: Number(diagnostic.getEnforcementlevel()) === levels.mandatory ? "mandatory" : "advisory",
    urn: diagnostic.getUrn() || urn,
    message: diagnostic.getMessage(),
  }));
}
