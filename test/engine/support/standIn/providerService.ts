import type { IResourceProviderServer } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as rpc from "@pulumi/pulumi/proto/provider_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { status } from "@grpc/grpc-js";
import { unary, unimplemented } from "../grpcServer";
import { deepDiff } from "./deepDiff";
import { fromStruct, toStruct, without } from "./properties";
import type { ConfiguredProvider, Provider } from "./provider";
import type { ResourceTarget } from "./resourceHandler";
import * as operations from "./resourceOperations";

/**
 * The provider's side of the engine's protocol (proto/pulumi/provider.proto). All instances of a provider that the
 * engine attaches to share one port; each dials once, so the caller's address tells which of them is asking.
 */
export function providerService<T extends ResourceTarget>(provider: Provider<T>): IResourceProviderServer {
  const configured = new Map<string, ConfiguredProvider<T>>();
  const instance = (peer: string): ConfiguredProvider<T> => {
    const found = configured.get(peer);
    if (found === undefined)
      throw new Error(`the ${provider.name} provider was used before it was configured`);
    return found;
  };
  const resource = (peer: string, request: Addressed) => {
    const type = request.getType() || typeOf(request.getUrn());
    const name = request.getName() || nameOf(request.getUrn());
    const target: ResourceTarget = { type, name, urn: request.getUrn() };
    return { type: instance(peer).resourceType(type), target: instance(peer).target(target) };
  };

  return {
    // Without a handshake the engine asks Configure what this provider can do.
    handshake: unimplemented("Handshake"),
    attach: unary(() => new Empty()),
    getPluginInfo: unary(() => new PluginInfo().setVersion(provider.version)),
    getSchema: unary(() =>
      new rpc.GetSchemaResponse().setSchema(
        JSON.stringify({ name: provider.name, version: provider.version }),
      ),
    ),
    cancel: unary(() => new Empty()),

    checkConfig: unary((request) => new rpc.CheckResponse().setInputs(request.getNews())),
    diffConfig: unary((request) =>
      diffResponse(
        deepDiff(fromStruct(request.getOldInputs()), fromStruct(request.getNews())).map((change) => ({
          ...change,
          replaces: provider.replaceOn?.includes(change.path) ?? false,
        })),
        false,
      ),
    ),
    configure: unary((request, peer) => {
      configured.set(peer, provider.configure(without(fromStruct(request.getArgs()), "version")));
      // Where secrets arrive unmarked, the engine marks outputs that repeat secret inputs.
      return new rpc.ConfigureResponse()
        .setSupportspreview(true)
        .setAcceptsecrets(provider.acceptsSecrets ?? false);
    }),

    check: unary((request, peer) => {
      const { type, target } = resource(peer, request);
      const { inputs, failures } = operations.check(
        type,
        target.name,
        { olds: fromStruct(request.getOlds()), news: fromStruct(request.getNews()) },
        request.getRandomseed_asU8(),
      );
      return new rpc.CheckResponse()
        .setInputs(toStruct(inputs))
        .setFailuresList(
          failures.map(({ property, reason }) =>
            new rpc.CheckFailure().setProperty(property).setReason(reason),
          ),
        );
    }),
    diff: unary((request, peer) => {
      const { type } = resource(peer, request);
      const olds = fromStruct(request.getOldInputs());
      const { changes, deleteBeforeReplace } = operations.difference(
        type,
        olds,
        fromStruct(request.getNews()),
      );
      return diffResponse(changes, deleteBeforeReplace);
    }),
    create: unary(async (request, peer) => {
      const { type, target } = resource(peer, request);
      const inputs = fromStruct(request.getProperties());
      if (request.getPreview()) {
        return new rpc.CreateResponse().setProperties(
          toStruct(operations.previewCreate(type, target, inputs)),
        );
      }
      const { id, outputs } = await type.handler.create(target, inputs);
      return new rpc.CreateResponse().setId(id).setProperties(toStruct(operations.marked(type, outputs)));
    }),
    read: unary(async (request, peer) => {
      const { type, target } = resource(peer, request);
      const state = { inputs: fromStruct(request.getInputs()), outputs: fromStruct(request.getProperties()) };
      const found = await type.handler.read(target, request.getId(), state);
      // An empty response says that the resource is gone.
      if (found === undefined) return new rpc.ReadResponse();
      return new rpc.ReadResponse()
        .setId(request.getId())
        .setInputs(toStruct(found.inputs))
        .setProperties(toStruct(operations.marked(type, found.outputs)));
    }),
    update: unary(async (request, peer) => {
      const { type, target } = resource(peer, request);
      const old = { inputs: fromStruct(request.getOldInputs()), outputs: fromStruct(request.getOlds()) };
      const inputs = fromStruct(request.getNews());
      const outputs = request.getPreview()
        ? operations.previewUpdate(type, target, old, inputs)
        : operations.marked(type, await type.handler.update(target, request.getId(), { old, inputs }));
      return new rpc.UpdateResponse().setProperties(toStruct(outputs));
    }),
    delete: unary(async (request, peer) => {
      const { type, target } = resource(peer, request);
      const state = {
        inputs: fromStruct(request.getOldInputs()),
        outputs: fromStruct(request.getProperties()),
      };
      await type.handler.delete(target, request.getId(), state);
      return new Empty();
    }),
    invoke: unary((request, peer) =>
      new rpc.InvokeResponse().setReturn(
        toStruct(instance(peer).invoke(request.getTok(), fromStruct(request.getArgs()))),
      ),
    ),
    construct: unary((request, peer) => {
      const construct = instance(peer).construct;
      if (construct === undefined) throw new Error(`${provider.name} has no component ${request.getType()}`);
      return construct(request);
    }),

    call: unimplemented("Call"),
    parameterize: unimplemented("Parameterize"),
    getMapping: unimplemented("GetMapping"),
    getMappings: unimplemented("GetMappings"),
    list: (call) => call.emit("error", { code: status.UNIMPLEMENTED, details: "List" }),
  };
}

/** The part that all requests about a resource share. */
interface Addressed {
  getUrn(): string;
  getType(): string;
  getName(): string;
}

function diffResponse(
  changes: operations.Difference["changes"],
  deleteBeforeReplace: boolean,
): rpc.DiffResponse {
  const { DiffChanges } = rpc.DiffResponse;
  const response = new rpc.DiffResponse()
    .setChanges(changes.length === 0 ? DiffChanges.DIFF_NONE : DiffChanges.DIFF_SOME)
    .setDiffsList([...new Set(changes.map(({ path }) => topLevel(path)))])
    .setReplacesList([...new Set(changes.filter((c) => c.replaces).map(({ path }) => topLevel(path)))])
    .setDeletebeforereplace(deleteBeforeReplace)
    .setHasdetaileddiff(true);
  for (const { path, kind, replaces } of changes) {
    const property = new rpc.PropertyDiff()
      .setKind(propertyDiffKinds[kind][replaces ? 1 : 0])
      .setInputdiff(true);
    response.getDetaileddiffMap().set(path, property);
  }
  return response;
}

const { Kind } = rpc.PropertyDiff;
/** By kind of change: without and with replacement. */
const propertyDiffKinds = {
  add: [Kind.ADD, Kind.ADD_REPLACE],
  delete: [Kind.DELETE, Kind.DELETE_REPLACE],
  update: [Kind.UPDATE, Kind.UPDATE_REPLACE],
} as const;

function topLevel(path: string): string {
  return /^[^.[]+/.exec(path)?.[0] ?? path;
}

function typeOf(urn: string): string {
  return urn.split("::")[2]?.split("$").at(-1) ?? "";
}

function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}
