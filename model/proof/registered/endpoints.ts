import type { EndpointDocuments } from "../../access/input";
import { type ResourcesByType, textOf } from "./stack";

const services = ["kms", "secretsmanager", "ssm"] as const;

/**
 * The service that gives values out, by the last part of the name that AWS has for its endpoint:
 * `com.amazonaws.eu-west-1.ssm`. Undefined for any other.
 */
export function valueService(endpoint: string): EndpointDocuments["service"] | undefined {
  return services.find((one) => endpoint.split(".").at(-1) === one);
}

/** Endpoints of a stack that calls for values go through; named by their stack, as ids are AWS's to make up. */
export function endpointsIn(
  resources: ResourcesByType,
  { stack, account }: { readonly stack: string; readonly account: string },
): readonly EndpointDocuments[] {
  return resources.all("endpoint").flatMap((endpoint): EndpointDocuments[] => {
    const name = textOf(endpoint, "serviceName") ?? "";
    const service = valueService(name);
    if (service === undefined) return [];
    const document = textOf(endpoint, "policy") ?? letsEverythingThrough;
    const id = `endpoint of ${service} in ${stack}`;
    return [{ id, account, service, policy: { name: `policy of the ${id}`, document } }];
  });
}

/**
 * What an endpoint without a policy of its own has.
 * https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
 */
const letsEverythingThrough = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Sid: "Default", Effect: "Allow", Principal: "*", Action: "*", Resource: "*" }],
});
