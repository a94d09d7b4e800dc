import type { Properties } from "../properties";
import { isObject } from "../properties";
import { awsError } from "../cloud/awsError";

/** The place an AWS provider works in. */
export interface Identity {
  account: string;
  region: string;
  partition: string;
}

/**
 * Account and region of a provider's configuration. With `signedInAs` the credentials belong to that account, and a
 * configuration that does not allow it is refused as the real provider refuses it; otherwise the credentials are those
 * of the account that the configuration allows.
 */
export function identityOf(config: Properties, signedInAs: string | undefined): Identity {
  const region = config["region"];
  if (typeof region !== "string") {
    throw new Error("Missing region configuration: set one with `pulumi config set aws:region`");
  }
  const allowed = strings(decoded(config["allowedAccountIds"]));
  const account = assumedAccount(config) ?? signedInAs ?? allowed[0];
  if (account === undefined) {
    throw new Error("the stand-in for AWS takes the account from aws:allowedAccountIds, which is not set");
  }
  if (allowed.length > 0 && !allowed.includes(account)) {
    throw awsError("InvalidAccountId", `AWS account ID not allowed: ${account}`);
  }
  return { account, region, partition: partitionOf(region) };
}

/** The partition that a region belongs to. */
export function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  if (region.startsWith("us-gov-")) return "aws-us-gov";
  return "aws";
}

/** Tags that the provider adds to every resource that takes tags. */
export function defaultTags(config: Properties): Properties {
  const setting = decoded(config["defaultTags"]);
  const tags = isObject(setting) ? setting["tags"] : undefined;
  return isObject(tags) ? tags : {};
}

function assumedAccount(config: Properties): string | undefined {
  const roles = decoded(config["assumeRoles"] ?? config["assumeRole"]);
  const last: unknown = Array.isArray(roles) ? roles.at(-1) : roles;
  const arn = isObject(last) ? last["roleArn"] : undefined;
  return typeof arn === "string" ? arn.split(":")[4] : undefined;
}

/** Lists and objects reach a provider's configuration as JSON text. */
function decoded(value: unknown): unknown {
  return typeof value === "string" ? (JSON.parse(value) as unknown) : value;
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];
}
