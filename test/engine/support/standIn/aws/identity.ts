import { partitionOf as partitionOfRegion } from "../../../../../model/aws/partitions";
import type { Properties } from "../properties";
import { isObject } from "../properties";
import { decoded, strings } from "./configuration";

/** The place an AWS provider works in. */
export interface Identity {
  account: string;
  region: string;
  partition: string;
}

/**
 * Account and region of a provider's configuration. With `signedInAs` the credentials belong to that account, or where
 * the configuration assumes a role, to the role's; otherwise they are those of the account that the configuration
 * allows. A configuration that does not allow the account is refused in the words of the real provider.
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
  const forbidden = strings(decoded(config["forbiddenAccountIds"]));
  if (forbidden.includes(account) || (allowed.length > 0 && !allowed.includes(account))) {
    throw new Error(`AWS account ID not allowed: ${account}`);
  }
  return { account, region, partition: partitionOf(region) };
}

/** The partition that a region belongs to. */
export function partitionOf(region: string): string {
  return partitionOfRegion(region) ?? "aws";
}

/** The domain that a partition's endpoints are under. */
export function domainOf(partition: string): string {
  return partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
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
