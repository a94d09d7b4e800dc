import type { Partition } from "../organisation/types";

const privateRegistry = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/([^:@]+)/;

/** ARN of the Amazon ECR repository an image comes from; undefined for any other registry. */
export function imageRepository(image: string, partition: Partition): string | undefined {
  const [, account, region, repository] = privateRegistry.exec(image) ?? [];
  return account && `arn:${partition}:ecr:${region}:${account}:repository/${repository}`;
}
