import type { Partition } from "../../model/organisation/types";

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

/** Services that AWS offers under a name of their own in China. */
const chinaOnly: readonly string[] = ["sts", "ecr.api", "ecr.dkr"];

/**
 * Name under which a network asks for an endpoint.
 * https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
 */
export function endpointServiceName(
  service: InterfaceEndpoint | "s3",
  region: string,
  partition: Partition,
): string {
  const prefix = partition === "aws-cn" && chinaOnly.includes(service) ? "cn.com.amazonaws" : "com.amazonaws";
  return `${prefix}.${region}.${service}`;
}
