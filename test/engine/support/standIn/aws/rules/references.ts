import type { Cloud, CloudResource } from "../../cloud/cloud";
import { awsError } from "../../cloud/awsError";
import type { Properties } from "../../properties";
import type { AwsTarget } from "../target";

/** An input that names another resource, which AWS looks for before it does anything. */
interface Reference {
  property: string;
  to: string;
  /** Outputs of the other by which it may be named. */
  by: readonly string[];
  missing: (name: string) => Error;
  /** Refuses to delete the other while the reference stands. */
  inUse?: () => Error;
}

function toRole(mustFirst: string): Reference {
  return {
    property: "role",
    to: "aws:iam/role:Role",
    by: ["name"],
    missing: (name) => awsError("NoSuchEntity", `The role with name ${name} cannot be found.`),
    inUse: () => awsError("DeleteConflict", `Cannot delete entity, must ${mustFirst} first.`),
  };
}

function toSecret(property: string): Reference {
  return {
    property,
    to: "aws:secretsmanager/secret:Secret",
    by: ["arn", "name"],
    missing: () => awsError("ResourceNotFoundException", "Secrets Manager can't find the specified secret."),
  };
}

function toTopic(property: string): Reference {
  return {
    property,
    to: "aws:sns/topic:Topic",
    by: ["arn"],
    missing: () => awsError("NotFound", "Topic does not exist"),
  };
}

const toBucket: Reference = {
  property: "bucket",
  to: "aws:s3/bucket:Bucket",
  by: ["bucket", "arn"],
  missing: () => awsError("NoSuchBucket", "The specified bucket does not exist"),
};

const toVpc: Reference = {
  property: "vpcId",
  to: "aws:ec2/vpc:Vpc",
  by: ["id"],
  missing: (id) => awsError("InvalidVpcID.NotFound", `The vpc ID '${id}' does not exist`),
  inUse: () => awsError("DependencyViolation", "The vpc has dependencies and cannot be deleted."),
};

/** By type token of the one that refers. */
const references: Record<string, Reference> = {
  "aws:iam/rolePolicy:RolePolicy": toRole("delete policies"),
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": toRole("detach all policies"),
  "aws:iam/instanceProfile:InstanceProfile": toRole("remove roles from instance profile"),
  "aws:kms/alias:Alias": {
    property: "targetKeyId",
    to: "aws:kms/key:Key",
    by: ["keyId", "arn"],
    missing: (id) => awsError("NotFoundException", `Key '${id}' does not exist`),
  },
  "aws:secretsmanager/secretPolicy:SecretPolicy": toSecret("secretArn"),
  "aws:secretsmanager/secretRotation:SecretRotation": toSecret("secretId"),
  "aws:secretsmanager/secretVersion:SecretVersion": toSecret("secretId"),
  "aws:s3/bucketPolicy:BucketPolicy": toBucket,
  "aws:s3/bucketVersioning:BucketVersioning": toBucket,
  "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": toBucket,
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": toBucket,
  "aws:sns/topicPolicy:TopicPolicy": toTopic("arn"),
  "aws:sns/topicSubscription:TopicSubscription": toTopic("topic"),
  "aws:lambda/permission:Permission": {
    property: "function",
    to: "aws:lambda/function:Function",
    by: ["arn", "name", "qualifiedArn"],
    missing: (name) => awsError("ResourceNotFoundException", `Function not found: ${name}`),
  },
  "aws:cloudwatch/logMetricFilter:LogMetricFilter": {
    property: "logGroupName",
    to: "aws:cloudwatch/logGroup:LogGroup",
    by: ["name"],
    missing: () => awsError("ResourceNotFoundException", "The specified log group does not exist."),
  },
  "aws:cloudwatch/eventTarget:EventTarget": {
    property: "rule",
    to: "aws:cloudwatch/eventRule:EventRule",
    by: ["name"],
    missing: (name) => awsError("ResourceNotFoundException", `Rule ${name} does not exist.`),
    inUse: () => awsError("ValidationException", "Rule can't be deleted since it has targets."),
  },
  "aws:ec2/subnet:Subnet": toVpc,
  "aws:ec2/routeTable:RouteTable": toVpc,
  "aws:ec2/securityGroup:SecurityGroup": toVpc,
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": toVpc,
  "aws:ec2/vpcEndpoint:VpcEndpoint": toVpc,
};

/** Refuses a resource that refers to one that is not there. */
export function refuseMissingReference(cloud: Cloud, target: AwsTarget, inputs: Properties): void {
  const reference = references[target.type];
  const name = reference && inputs[reference.property];
  if (reference === undefined || typeof name !== "string" || isElsewhere(name, target)) return;
  const found = cloud
    .list({ type: reference.to, account: target.account })
    .some((resource) => names(resource, reference.by).includes(name));
  if (!found) throw reference.missing(name);
}

/** Refuses to delete a resource to which another still refers. */
export function refuseWhileReferenced(cloud: Cloud, resource: CloudResource): void {
  for (const [type, reference] of Object.entries(references)) {
    if (reference.to !== resource.type || reference.inUse === undefined) continue;
    const known = names(resource, reference.by);
    const referrers = cloud.list({ type, account: resource.account });
    if (referrers.some(({ inputs }) => known.includes(String(inputs[reference.property]))))
      throw reference.inUse();
  }
}

/** True for the ARN of another account's or region's resource, of which this call can tell nothing. */
function isElsewhere(name: string, target: AwsTarget): boolean {
  if (!name.startsWith("arn:")) return false;
  const [, , , region, account] = name.split(":");
  return (account !== "" && account !== target.account) || (region !== "" && region !== target.region);
}

function names(resource: CloudResource, by: readonly string[]): string[] {
  return by.map((property) => (property === "id" ? resource.id : String(resource.outputs[property])));
}
