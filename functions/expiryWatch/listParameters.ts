import type { SSMClient } from "@aws-sdk/client-ssm";
import { listParameters as listed, parameterTags } from "../../aws/parameter";
import { ownerTag } from "../../model/functions/tags";
import { unsetTag } from "../../model/values/tags";
import type { AwsCalls } from "../lambda/awsCalls";
import type { WatchedParameter } from "./items";

const target = "the parameters of this account";

/**
 * Every parameter of the account. Descriptions hold no tags, so the unset ones are asked for by a filter of their
 * own: two series of pages instead of a call for each parameter.
 */
export async function listParameters(client: SSMClient, aws: AwsCalls): Promise<WatchedParameter[]> {
  const calls = { ssm: client, call: aws.asked };
  const unset = await listed(calls, target, [{ Key: `tag:${unsetTag}`, Values: ["true"] }]);
  const unsetNames = new Set(unset.map(({ name }) => name));
  return (await listed(calls, target)).map(({ name, lastModified, policies }) => ({
    kind: "parameter",
    name,
    owner: undefined,
    isUnset: unsetNames.has(name),
    lastModified,
    policies,
  }));
}

/** Undefined for one without the tag, or that is gone by now. */
export async function parameterOwner(
  client: SSMClient,
  name: string,
  aws: AwsCalls,
): Promise<string | undefined> {
  try {
    return (await parameterTags({ ssm: client, call: aws.asked }, name, []))[ownerTag];
  } catch (error) {
    if (error instanceof Error && error.name === "InvalidResourceId") return undefined;
    throw error;
  }
}
