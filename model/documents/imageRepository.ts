import { type Partition, partitionOf, partitions } from "../aws/partitions";

const privateRegistry = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.([a-z.]+)\/([^:@]+)/;

/**
 * ARN of the Amazon ECR repository an image comes from; undefined for any other registry, another partition's among
 * them, whose registries no role of this one can log in to.
 */
export function imageRepository(image: string, partition: Partition): string | undefined {
  const [, account, region = "", domain, repository] = privateRegistry.exec(image) ?? [];
  if (partitionOf(region) !== partition || domain !== partitions[partition].dnsSuffix) return undefined;
  return `arn:${partition}:ecr:${region}:${account}:repository/${repository}`;
}
