import {
  DescribeParametersCommand,
  ListTagsForResourceCommand,
  type ParameterMetadata,
  type ParameterStringFilter,
  type SSMClient,
} from "@aws-sdk/client-ssm";
import { ownerTag } from "../../model/functions/tags";
import { unsetTag } from "../../model/values/tags";
import type { AwsCalls } from "../lambda/awsCalls";
import type { WatchedParameter } from "./items";

/**
 * Every parameter of the account. Descriptions hold no tags, so the unset ones are asked for by a filter of their
 * own: two series of pages instead of a call for each parameter.
 */
export async function listParameters(client: SSMClient, aws: AwsCalls): Promise<WatchedParameter[]> {
  const unset = await describe(client, aws, [{ Key: `tag:${unsetTag}`, Values: ["true"] }]);
  const unsetNames = new Set(unset.map(({ Name }) => Name));
  return (await describe(client, aws, [])).flatMap(({ Name, LastModifiedDate, Policies = [] }) =>
    Name === undefined
      ? []
      : {
          kind: "parameter",
          name: Name,
          owner: undefined,
          isUnset: unsetNames.has(Name),
          lastModified: LastModifiedDate,
          policies: Policies.flatMap(({ PolicyText }) => PolicyText ?? []),
        },
  );
}

/** Undefined for one without the tag, or that is gone by now. */
export async function parameterOwner(
  client: SSMClient,
  name: string,
  aws: AwsCalls,
): Promise<string | undefined> {
  try {
    const { TagList = [] } = await aws.call("ssm:ListTagsForResource", () =>
      client.send(new ListTagsForResourceCommand({ ResourceType: "Parameter", ResourceId: name })),
    );
    return TagList.find(({ Key }) => Key === ownerTag)?.Value;
  } catch (error) {
    if (error instanceof Error && error.name === "InvalidResourceId") return undefined;
    throw error;
  }
}

async function describe(
  client: SSMClient,
  aws: AwsCalls,
  filters: ParameterStringFilter[],
): Promise<ParameterMetadata[]> {
  const found: ParameterMetadata[] = [];
  let nextToken: string | undefined;
  do {
    // A page may be empty and yet not the last one.
    const input = { MaxResults: 50, ParameterFilters: filters, NextToken: nextToken };
    const page = await aws.call("ssm:DescribeParameters", () =>
      client.send(new DescribeParametersCommand(input)),
    );
    found.push(...(page.Parameters ?? []));
    nextToken = page.NextToken;
  } while (nextToken !== undefined);
  return found;
}
