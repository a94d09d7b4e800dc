import * as grpc from "@grpc/grpc-js";
import { ResourceMonitorClient } from "@pulumi/pulumi/proto/resource_grpc_pb";
import * as rpc from "@pulumi/pulumi/proto/resource_pb";
import { fromStruct, resourceReference, toStruct, unknownValue, type Properties } from "../properties";

/** A resource that a component has registered. */
export interface Registered {
  urn: string;
  /** Unknown in the preview of a creation. */
  id: string;
  outputs: Properties;
  /** The resource as a component's output. */
  reference: Properties;
}

export interface Registration {
  type: string;
  name: string;
  parent: string;
  inputs: Properties;
  /** Resources that inputs come from, by input. */
  from?: Record<string, Registered>;
  dependsOn?: Registered[];
}

export interface MonitorOptions {
  /** Where the engine takes registrations. */
  endpoint: string;
  /** Version of the provider that children ask for. */
  version: string;
  /** Reference of an explicit provider for the children; undefined: the default one. */
  provider: string | undefined;
}

/** The engine's resource monitor, as a component sees it. */
export class Monitor {
  private readonly client: ResourceMonitorClient;

  constructor(private readonly options: MonitorOptions) {
    this.client = new ResourceMonitorClient(options.endpoint, grpc.credentials.createInsecure());
  }

  close(): void {
    this.client.close();
  }

  /** Registers the component itself and returns its URN. */
  async component(request: rpc.RegisterResourceRequest): Promise<string> {
    return (await this.send(request.setCustom(false))).getUrn();
  }

  async outputs(urn: string, outputs: Properties): Promise<void> {
    const request = new rpc.RegisterResourceOutputsRequest().setUrn(urn).setOutputs(toStruct(outputs));
    await new Promise<void>((resolve, reject) =>
      this.client.registerResourceOutputs(request, (error) => (error === null ? resolve() : reject(error))),
    );
  }

  /** Registers a child. */
  async resource({
    type,
    name,
    parent,
    inputs,
    from = {},
    dependsOn = [],
  }: Registration): Promise<Registered> {
    const request = new rpc.RegisterResourceRequest()
      .setCustom(true)
      .setType(type)
      .setName(name)
      .setParent(parent)
      .setObject(toStruct(inputs))
      .setVersion(this.options.version)
      .setProvider(this.options.provider ?? "")
      .setDependenciesList([...new Set([...dependsOn, ...Object.values(from)].map(({ urn }) => urn))]);
    for (const [property, { urn }] of Object.entries(from)) {
      const urns = new rpc.RegisterResourceRequest.PropertyDependencies().setUrnsList([urn]);
      request.getPropertydependenciesMap().set(property, urns);
    }
    const response = await this.send(request);
    const id = response.getId() || unknownValue;
    const urn = response.getUrn();
    return {
      urn,
      id,
      outputs: fromStruct(response.getObject()),
      reference: resourceReference(urn, id, this.options.version),
    };
  }

  async invoke(token: string, args: Properties): Promise<Properties> {
    const request = new rpc.ResourceInvokeRequest()
      .setTok(token)
      .setArgs(toStruct(args))
      .setVersion(this.options.version)
      .setProvider(this.options.provider ?? "");
    return new Promise((resolve, reject) =>
      this.client.invoke(request, (error, response) =>
        error === null ? resolve(fromStruct(response.getReturn())) : reject(error),
      ),
    );
  }

  private send(request: rpc.RegisterResourceRequest): Promise<rpc.RegisterResourceResponse> {
    request.setAcceptsecrets(true).setAcceptresources(true).setSupportspartialvalues(true);
    return new Promise((resolve, reject) =>
      this.client.registerResource(request, (error, response) =>
        error === null ? resolve(response) : reject(error),
      ),
    );
  }
}
