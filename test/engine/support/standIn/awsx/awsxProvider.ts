import { ConstructResponse, type ConstructRequest } from "@pulumi/pulumi/proto/provider_pb";
import { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import { installedVersion } from "../installedVersion";
import { fromStruct, toStruct, type Properties } from "../properties";
import type { Provider } from "../provider";
import { Monitor } from "./monitor";
import { makeVpc } from "./vpc";

type Component = (monitor: Monitor, urn: string, name: string, inputs: Properties) => Promise<Properties>;

const components: Record<string, Component> = { "awsx:ec2:Vpc": makeVpc };

/**
 * Stand-in for awsx. It speaks to the engine's resource monitor itself, without the Pulumi runtime, whose settings are
 * global and would be shared with the tests.
 */
export function awsxProvider(): Provider {
  return {
    name: "awsx",
    version: installedVersion("@pulumi/awsx"),
    acceptsSecrets: true,
    configure: () => ({
      target: (target) => target,
      resourceType: (type) => {
        throw new Error(`the stand-in for awsx has no resource type ${type}`);
      },
      invoke: (token) => {
        throw new Error(`the stand-in for awsx does not know the function ${token}`);
      },
      construct,
    }),
  };
}

async function construct(request: ConstructRequest): Promise<ConstructResponse> {
  const make = components[request.getType()];
  if (make === undefined) throw new Error(`the stand-in for awsx has no component ${request.getType()}`);
  const monitor = new Monitor({
    endpoint: request.getMonitorendpoint(),
    version: installedVersion("@pulumi/aws"),
    provider: request.getProvidersMap().get("aws"),
  });
  try {
    const urn = await monitor.component(registration(request));
    const outputs = await make(monitor, urn, request.getName(), fromStruct(request.getInputs()));
    await monitor.outputs(urn, outputs);
    return new ConstructResponse().setUrn(urn).setState(toStruct(outputs));
  } finally {
    monitor.close();
  }
}

function registration(request: ConstructRequest): RegisterResourceRequest {
  const component = new RegisterResourceRequest()
    .setType(request.getType())
    .setName(request.getName())
    .setParent(request.getParent())
    .setAliasesList(request.getAliasesList())
    .setAliasspecs(true)
    .setDependenciesList(request.getDependenciesList());
  request.getProvidersMap().forEach((reference, name) => component.getProvidersMap().set(name, reference));
  return component;
}
