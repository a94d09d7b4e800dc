import type { Cloud } from "../../cloud/cloud";
import { awsError } from "../../cloud/awsError";
import type { Properties } from "../../properties";
import type { AwsTarget } from "../target";

interface UniqueName {
  /** Input that holds the name. */
  property: string;
  /** Where no two may have the same. */
  within: "region" | "account" | "everywhere";
  error: (name: string) => Error;
}

const secretType = "aws:secretsmanager/secret:Secret";

const uniqueNames: Record<string, UniqueName> = {
  [secretType]: {
    property: "name",
    within: "region",
    error: (name) =>
      awsError("ResourceExistsException", `The operation failed because the secret ${name} already exists.`),
  },
  "aws:ssm/parameter:Parameter": {
    property: "name",
    within: "region",
    error: () => awsError("ParameterAlreadyExists", "The parameter already exists."),
  },
  "aws:kms/alias:Alias": {
    property: "name",
    within: "region",
    error: (name) => awsError("AlreadyExistsException", `An alias with the name ${name} already exists`),
  },
  "aws:iam/role:Role": {
    property: "name",
    within: "account",
    error: (name) => awsError("EntityAlreadyExists", `Role with name ${name} already exists.`),
  },
  "aws:iam/instanceProfile:InstanceProfile": {
    property: "name",
    within: "account",
    error: (name) => awsError("EntityAlreadyExists", `Instance Profile ${name} already exists.`),
  },
  "aws:iam/policy:Policy": {
    property: "name",
    within: "account",
    error: (name) => awsError("EntityAlreadyExists", `A policy called ${name} already exists.`),
  },
  "aws:lambda/function:Function": {
    property: "name",
    within: "region",
    error: (name) => awsError("ResourceConflictException", `Function already exist: ${name}`),
  },
  "aws:cloudwatch/logGroup:LogGroup": {
    property: "name",
    within: "region",
    error: () => awsError("ResourceAlreadyExistsException", "The specified log group already exists"),
  },
  "aws:cloudwatch/eventBus:EventBus": {
    property: "name",
    within: "region",
    error: (name) => awsError("ResourceAlreadyExistsException", `Event bus ${name} already exists.`),
  },
  "aws:codebuild/project:Project": {
    property: "name",
    within: "region",
    error: (name) => awsError("ResourceAlreadyExistsException", `Project already exists: ${name}`),
  },
  "aws:cloudtrail/trail:Trail": {
    property: "name",
    within: "region",
    error: (name) => awsError("TrailAlreadyExistsException", `Trail ${name} already exists`),
  },
  "aws:s3/bucket:Bucket": {
    property: "bucket",
    within: "everywhere",
    error: () =>
      awsError(
        "BucketAlreadyExists",
        "The requested bucket name is not available. The bucket namespace is shared by all users of the system.",
      ),
  },
};

/** Refuses a name that another resource has, or that a secret in its recovery window still holds. */
export function refuseTakenName(cloud: Cloud, target: AwsTarget, inputs: Properties): void {
  const rule = uniqueNames[target.type];
  const name = rule && inputs[rule.property];
  if (rule === undefined || typeof name !== "string") return;
  const query = {
    type: target.type,
    ...(rule.within !== "everywhere" && { account: target.account }),
    ...(rule.within === "region" && { region: target.region }),
  };
  const holdsName = ({ outputs }: { outputs: Properties }) => outputs[rule.property] === name;
  if (cloud.list(query).some(holdsName)) throw rule.error(name);
  if (target.type === secretType && cloud.pendingDeletion(query).some(holdsName)) {
    throw scheduledForDeletion();
  }
}

/** What AWS says to the creation of a secret whose name is in its recovery window. */
export function scheduledForDeletion(): Error {
  return awsError(
    "InvalidRequestException",
    "You can't create this secret because a secret with this name is already scheduled for deletion.",
  );
}
