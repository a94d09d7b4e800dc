import type { Autoname } from "../resourceType";
import type { SdkShape } from "./sdkShape";

/** Inputs other than `name` that take a generated name, by type token. */
const exceptions: Record<string, Autoname> = {
  "aws:s3/bucket:Bucket": { property: "bucket", prefixProperty: "bucketPrefix" },
  "aws:s3/bucketV2:BucketV2": { property: "bucket", prefixProperty: "bucketPrefix" },
};

/** Types whose `name` the program must give, or which do not generate one. */
const unnamed = new Set([
  "aws:ecs/taskDefinition:TaskDefinition",
  "aws:ssm/parameter:Parameter",
  "aws:kms/grant:Grant",
  "aws:ec2/vpc:Vpc",
]);

/** Where a generated name goes if the program gives none; undefined for types that have no name of their own. */
export function autoname(type: string, shape: SdkShape): Autoname | undefined {
  const exception = exceptions[type];
  if (exception !== undefined) return exception;
  if (unnamed.has(type) || !shape.inputs.includes("name")) return undefined;
  return { property: "name", prefixProperty: "namePrefix" };
}
