import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { UntypedServiceImplementation } from "@grpc/grpc-js";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { type PluginAttach, PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { checkResponse, configureResponse, diffResponse, checkFailures, handshakeResponse } from "./answers";
import { inputChanges } from "./changes";
import type { Known, PluginHandlers, ResourceHandler } from "./handlers";
import { fromStruct, type Properties, toStruct } from "./properties";
import { answer } from "./server";

export const pluginName = "secrets-platform";

/** The plugin's version is the project's. */
export const pluginVersion: string = (
  JSON.parse(readFileSync(join(__dirname, "../../package.json"), "utf8")) as { version: string }
).version;

/**
 * The gRPC service of a resource plugin (pulumi/provider.proto). `@pulumi/pulumi/provider` has one too, but it drops
 * the configuration of the provider resource, cannot say which properties changed, and prints stack traces.
 */
export function pluginService(handlers: PluginHandlers): UntypedServiceImplementation {
  const handlerOf = (urn: string): ResourceHandler => {
    const type = typeOf(urn);
    const handler = handlers.resources[type];
    if (handler === undefined) {
      const known = Object.keys(handlers.resources).join(", ");
      throw new Error(`the plugin ${pluginName} has no resource type ${type}; it has ${known}`);
    }
    return handler;
  };

  return {
    handshake: answer((request: messages.ProviderHandshakeRequest) => {
      handlers.attach(request.getEngineAddress());
      return handshakeResponse();
    }),
    getPluginInfo: answer(() => new PluginInfo().setVersion(pluginVersion)),
    getSchema: answer(() =>
      new messages.GetSchemaResponse().setSchema(
        JSON.stringify({ name: pluginName, version: pluginVersion, resources: {}, functions: {} }),
      ),
    ),
    attach: answer((request: PluginAttach) => {
      handlers.attach(request.getAddress());
      return new Empty();
    }),
    cancel: answer(() => new Empty()),

    checkConfig: answer((request: messages.CheckRequest) => {
      const news = fromStruct(request.getNews());
      return checkResponse(news, handlers.checkConfiguration(news));
    }),
    diffConfig: answer((request: messages.DiffRequest) =>
      diffResponse(inputChanges(oldInputs(request), fromStruct(request.getNews()), new Set(["region"]))),
    ),
    configure: answer((request: messages.ConfigureRequest) => {
      handlers.configure(fromStruct(request.getArgs()));
      return configureResponse();
    }),

    check: answer((request: messages.CheckRequest) => {
      const news = fromStruct(request.getNews());
      const { inputs, problems } = handlerOf(request.getUrn()).check(news);
      return checkResponse(inputs, problems);
    }),
    diff: answer(async (request: messages.DiffRequest) => {
      const known: Known = {
        ...place(request),
        state: fromStruct(request.getOlds()),
        inputs: oldInputs(request),
      };
      const changes = await handlerOf(known.urn).diff(known, fromStruct(request.getNews()));
      return diffResponse(changes);
    }),
    create: answer(async (request: messages.CreateRequest) => {
      const wanted = fromStruct(request.getProperties());
      const made = await handlerOf(request.getUrn()).create(request.getUrn(), wanted, request.getPreview());
      return new messages.CreateResponse().setId(made.id).setProperties(toStruct(made.state));
    }),
    read: answer(async (request: messages.ReadRequest) => {
      const state = fromStruct(request.getProperties());
      const known: Known = { ...place(request), state, inputs: fromStruct(request.getInputs()) };
      const found = await handlerOf(known.urn).read(known);
      // An empty id says that the resource is gone.
      if (found === undefined) return new messages.ReadResponse();
      return new messages.ReadResponse()
        .setId(found.id)
        .setProperties(toStruct(found.state))
        .setInputs(toStruct(found.inputs));
    }),
    update: answer(async (request: messages.UpdateRequest) => {
      const known: Known = {
        ...place(request),
        state: fromStruct(request.getOlds()),
        inputs: oldInputs(request),
      };
      const wanted = fromStruct(request.getNews());
      const state = await handlerOf(known.urn).update(known, wanted, request.getPreview());
      return new messages.UpdateResponse().setProperties(toStruct(state));
    }),
    delete: answer(async (request: messages.DeleteRequest) => {
      const state = fromStruct(request.getProperties());
      await handlerOf(request.getUrn()).delete({ ...place(request), state, inputs: oldInputs(request) });
      return new Empty();
    }),

    invoke: answer(async (request: messages.InvokeRequest) => {
      const call = handlers.functions[request.getTok()];
      if (call === undefined) throw new Error(`the plugin ${pluginName} has no function ${request.getTok()}`);
      const outcome = await call(fromStruct(request.getArgs()), request.getPreview());
      const response = new messages.InvokeResponse();
      if ("problems" in outcome) return response.setFailuresList(checkFailures(outcome.problems));
      return response.setReturn(toStruct(outcome.result));
    }),
  };
}

function place(request: { getId(): string; getUrn(): string }): { id: string; urn: string } {
  return { id: request.getId(), urn: request.getUrn() };
}

/** Every engine that this project's Pulumi version fits sends them. */
function oldInputs(request: { getOldInputs(): Struct | undefined }): Properties {
  return fromStruct(request.getOldInputs());
}

/** The type's token out of `urn:pulumi:stack::project::parent$type::name`. */
function typeOf(urn: string): string {
  return urn.split("::")[2]?.split("$").pop() ?? "";
}
