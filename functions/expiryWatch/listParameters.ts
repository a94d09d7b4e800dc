import {
  DescribeParametersCommand,
  ListTagsForResourceCommand,
  type ParameterMetadata,
  type ParameterStringFilter,
  type SSMClient,
} from "@aws-sdk/client-ssm";
import { ownerTag } from "../../model/functions/tags";
import { unsetTag } from "../../model/values/tags";
import type { WatchedParameter } from "./items";

/**
 * Every parameter of the account. Descriptions hold no tags, so the unset ones are asked for by a filter of their
 * own: two series of pages instead of a call for each parameter.
 */
export async function listParameters(client: SSMClient): Promise<WatchedParameter[]> {
  const unset = await describe(client, [{ Key: `tag:${unsetTag}`, Values: ["true"] }]);
  const unsetNames = new Set(unset.map(({ Name }) => Name));
  return (await describe(client, [])).flatMap(({ Name, LastModifiedDate, Policies = [] }) =>
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
export async function parameterOwner(client: SSMClient, name: string): Promise<string | undefined> {
  try {
    const { TagList = [] } = await client.send(
      new ListTagsForResourceCommand({ ResourceType: "Parameter", ResourceId: name }),
    );
    return TagList.find(({ Key }) => Key === ownerTag)?.Value;
  } catch (error) {
    if (error instanceof Error && error.name === "InvalidResourceId") return undefined;
    throw error;
  }
}

async function describe(client: SSMClient, filters: ParameterStringFilter[]): Promise<ParameterMetadata[]> {
  const found: ParameterMetadata[] = [];
  let nextToken: string | undefined;
  do {
    // A page may be empty and yet not the last one.
    const page = await client.send(
      new DescribeParametersCommand({ MaxResults: 50, ParameterFilters: filters, NextToken: nextToken }),
    );
    found.push(...(page.Parameters ?? []));
    nextToken = page.NextToken;
  } while (nextToken !== undefined);
  return found;
}
