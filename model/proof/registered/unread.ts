import { type StackResource, types } from "./stack";

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

/** Of other modules: in place of the policy that the endpoint itself names. */
const others: ReadonlySet<string> = new Set(["aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy"]);

const read: ReadonlySet<string> = new Set(Object.values(types).filter((type) => type !== types.grant));

/**
 * Whether a resource may have a say in who reads a value and is not read: a stack with one of them is not decided about.
 * Types that nobody has looked at are taken for such: a new one of IAM, or a program in another provider's words.
 */
export function isUnread({ type, custom = true }: StackResource): boolean {
  const [name = "", module = ""] = type.split(/[:/]/);
  if (!packages.has(name)) return custom;
  if (name !== "aws" || read.has(type) || without.has(type)) return false;
  return modules.has(module) || others.has(type);
}
