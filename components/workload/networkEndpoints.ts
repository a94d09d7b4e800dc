import { type Partition, partitions } from "../../model/aws/partitions";

/**
 * Services that are reached without leaving the network, and the prefix of their IAM actions.
 */
export const interfaceEndpoints = {
  secretsmanager: "secretsmanager",
  ssm: "ssm",
  kms: "kms",
  logs: "logs",
  sts: "sts",
  "ecr.api": "ecr",
  "ecr.dkr": "ecr",
} as const;

export type InterfaceEndpoint = keyof typeof interfaceEndpoints;

/** Services that AWS offers under a name of their own in some partitions, China among them. */
const namedByPartition: readonly string[] = ["sts", "ecr.api", "ecr.dkr"];

/**
 * Name under which a network asks for an endpoint.
 * https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
 */
export function endpointServiceName(
  service: InterfaceEndpoint | "s3",
  region: string,
  partition: Partition,
): string {
  const { endpointPrefix } = partitions[namedByPartition.includes(service) ? partition : "aws"];
  return `${endpointPrefix}.${region}.${service}`;
}
