import * as structs from "google-protobuf/google/protobuf/struct_pb";
import * as providers from "@pulumi/pulumi/proto/provider_pb";
import * as protocol from "@pulumi/pulumi/proto/resource_pb";
import type { CloudOutputs } from "./cloudOutputs";
import type { RegisteredResource } from "./registeredResource";

type Properties = Record<string, unknown>;
type Callback<T> = (error: Error | undefined, response: T | undefined) => void;

/**
 * The part of a RegisterResourceResponse that Pulumi reads. Made by hand: turning thousands of properties into protobuf's
 * form and at once back would be a tenth of the time.
 */
interface Registered {
  getUrn(): string;
  getId(): string;
  getObject(): { toJavaScript(): Properties };
  getPropertydependenciesMap(): undefined;
  getResult(): protocol.Result;
}

/**
 * Stands where the engine's resource monitor stands and keeps what the engine would keep of every registration: its
 * place in the tree, protection, and what each property came from. URNs are the engine's own. Nothing is unknown: the
 * cloud answers at once.
 */
export class InMemoryMonitor {
  readonly registered: RegisteredResource[] = [];
  readonly #byUrn = new Map<string, RegisteredResource>();
  readonly #root: RegisteredResource;

  /** `cloud` is what the providers would answer, `invoke` their functions; it throws on one it does not know. */
  constructor(
    private readonly project: string,
    private readonly stack: string,
    private readonly cloud: CloudOutputs,
    private readonly invokeFunction: (token: string, inputs: Properties) => Properties,
  ) {
    this.#root = rootOf(project, stack);
    this.registered.push(this.#root);
  }

  /** The stack's outputs are those of its root. */
  finish(outputs: Properties): void {
    this.#root.outputs = outputs;
  }

  registerResource(request: protocol.RegisterResourceRequest, callback: Callback<Registered>): void {
    answer(callback, () => {
      const { urn, id, outputs } = this.#record(request, propertiesOf(request.getObject()));
      return {
        getUrn: () => urn,
        getId: () => id,
        getObject: () => ({ toJavaScript: () => outputs }),
        getPropertydependenciesMap: () => undefined,
        getResult: () => protocol.Result.SUCCESS,
      };
    });
  }

  readResource(
    request: protocol.ReadResourceRequest,
    callback: Callback<protocol.ReadResourceResponse>,
  ): void {
    answer(callback, () => {
      const [type, name] = [request.getType(), request.getName()];
      const outputs = this.cloud(type, name, propertiesOf(request.getProperties()));
      const response = new protocol.ReadResourceResponse();
      response.setUrn(this.#urn(request.getParent(), type, name));
      response.setProperties(structOf(outputs));
      return response;
    });
  }

  registerResourceOutputs(
    request: protocol.RegisterResourceOutputsRequest,
    callback: Callback<object>,
  ): void {
    answer(callback, () => {
      const resource = this.#byUrn.get(request.getUrn());
      if (resource !== undefined) resource.outputs = propertiesOf(request.getOutputs());
      return {};
    });
  }

  invoke(request: protocol.ResourceInvokeRequest, callback: Callback<providers.InvokeResponse>): void {
    answer(callback, () => {
      const response = new providers.InvokeResponse();
      response.setReturn(structOf(this.invokeFunction(request.getTok(), propertiesOf(request.getArgs()))));
      return response;
    });
  }

  /** Everything but values that say where they came from: property dependencies say that here. */
  supportsFeature(request: protocol.SupportsFeatureRequest, callback: Callback<object>): void {
    answer(callback, () => ({ getHassupport: () => request.getId() !== "outputValues" }));
  }

  registerPackage(
    _request: protocol.RegisterPackageRequest,
    callback: Callback<protocol.RegisterPackageResponse>,
  ): void {
    answer(callback, () => {
      const response = new protocol.RegisterPackageResponse();
      response.setRef("in-memory");
      return response;
    });
  }

  #record(request: protocol.RegisterResourceRequest, inputs: Properties): RegisteredResource {
    const [type, name, parent] = [request.getType(), request.getName(), request.getParent()];
    const custom = request.getCustom();
    const outputs = custom || request.getRemote() ? { ...inputs, ...this.cloud(type, name, inputs) } : inputs;
    const resource: RegisteredResource = {
      urn: this.#urn(parent, type, name),
      type,
      name,
      parent: parent === "" ? this.#root.urn : parent,
      custom,
      id: custom ? idOf(outputs, name) : "",
      inputs,
      outputs,
      protect: request.getProtect() ?? false,
      dependencies: request.getDependenciesList(),
      propertyDependencies: propertyDependencies(request),
    };
    if (this.#byUrn.has(resource.urn)) throw new Error(`two resources would be called ${resource.urn}`);
    this.#byUrn.set(resource.urn, resource);
    this.registered.push(resource);
    return resource;
  }

  #urn(parent: string, type: string, name: string): string {
    const parentType = parent.split("::")[2];
    const qualified = parentType === undefined ? type : `${parentType}$${type}`;
    return `urn:pulumi:${this.stack}::${this.project}::${qualified}::${name}`;
  }
}

function idOf({ id }: Properties, name: string): string {
  return typeof id === "string" ? id : name;
}

/** The engine registers it before the program runs; it does not show in the URNs of what stands under it. */
function rootOf(project: string, stack: string): RegisteredResource {
  const [type, name] = ["pulumi:pulumi:Stack", `${project}-${stack}`];
  return {
    urn: `urn:pulumi:${stack}::${project}::${type}::${name}`,
    type,
    name,
    parent: "",
    custom: false,
    id: "",
    inputs: {},
    outputs: {},
    protect: false,
    dependencies: [],
    propertyDependencies: {},
  };
}

function propertyDependencies(
  request: protocol.RegisterResourceRequest,
): Readonly<Record<string, readonly string[]>> {
  const found: Record<string, readonly string[]> = {};
  request.getPropertydependenciesMap().forEach((dependencies, property) => {
    found[property] = dependencies.getUrnsList();
  });
  return found;
}

function propertiesOf(struct: structs.Struct | undefined): Properties {
  return struct === undefined ? {} : struct.toJavaScript();
}

function structOf(properties: Properties): structs.Struct {
  return structs.Struct.fromJavaScript(properties as Record<string, structs.JavaScriptValue>);
}

function answer<T>(callback: Callback<T>, respond: () => T): void {
  let response: T;
  try {
    response = respond();
  } catch (error) {
    // Where gRPC's errors have their words.
    callback(Object.assign(error as Error, { details: (error as Error).message }), undefined);
    return;
  }
  callback(undefined, response);
}
