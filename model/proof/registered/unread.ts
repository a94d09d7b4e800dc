import { partitions } from "../../aws/partitions";
import { type StackResource, textOf, types } from "./stack";

/** Packages whose resources are read, or have no say in AWS. Components of others register what they are made of. */
const packages: ReadonlySet<string> = new Set(["aws", "awsx", "pulumi", "random", "secrets-platform"]);

/** Modules of the AWS provider that decide who reads values, or make resources that no program registers. */
const modules: ReadonlySet<string> = new Set([
  "cloudcontrol",
  "cloudformation",
  "iam",
  "kms",
  "ram",
  "secretsmanager",
  "ssoadmin",
]);

/** Of these modules, and with no say: what only has, names or records something. */
const without: ReadonlySet<string> = new Set([
  "aws:iam/accountAlias:AccountAlias",
  "aws:iam/accountPasswordPolicy:AccountPasswordPolicy",
  "aws:iam/instanceProfile:InstanceProfile",
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
  "aws:iam/samlProvider:SamlProvider",
  "aws:ram/sharingWithOrganization:SharingWithOrganization",
  "aws:secretsmanager/secretVersion:SecretVersion",
  "aws:secretsmanager/tag:Tag",
]);

/** Of other modules: in place of the policy that the endpoint itself names, and what is made of a template kept elsewhere. */
const others: ReadonlySet<string> = new Set([
  "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy",
  "aws:servicecatalog/provisionedProduct:ProvisionedProduct",
]);

const application = "aws:serverlessrepository/cloudFormationStack:CloudFormationStack";

/** AWS's own rotation functions, which are taken for roles that may do everything. Any other application may hold a role or a policy. */
const rotationApplications = Object.entries(partitions).map(
  ([partition, { rotationPublisher }]) =>
    `arn:${partition}:serverlessrepo:${rotationPublisher}:applications/SecretsManager`,
);

const read: ReadonlySet<string> = new Set(Object.values(types).filter((type) => type !== types.grant));

/**
 * Whether a resource may have a say in who reads a value and is not read: a stack with one of them is not decided about.
 * Types that nobody has looked at are taken for such: a new one of IAM, or a program in another provider's words.
 */
export function isUnread(resource: StackResource): boolean {
  const { type, custom = true } = resource;
  const [name = "", module = ""] = type.split(/[:/]/);
  if (!packages.has(name)) return custom;
  if (name !== "aws" || read.has(type) || without.has(type)) return false;
  if (type === application) {
    const id = textOf(resource, "applicationId");
    return !rotationApplications.some((published) => id?.startsWith(published));
  }
  return modules.has(module) || others.has(type);
}
