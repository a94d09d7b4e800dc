import {
  type DescribeParametersCommandOutput,
  ListTagsForResourceCommand,
  paginateDescribeParameters,
  type ParameterMetadata,
  type ParameterStringFilter,
  type SSMClient,
} from "@aws-sdk/client-ssm";
import type { ObservedSettings } from "../model/values/pendingSettings";
import type { Call } from "./call";
import { itemsOf, withCalls } from "./pages";
import type { JustMade } from "./justMade";

/** Parameter Store, and how calls to it are made. */
export interface ParameterCalls {
  readonly ssm: SSMClient;
  readonly call: Call;
}

/** What can be seen of a parameter without reading it. */
export interface ObservedParameter extends ObservedSettings {
  readonly name: string;
  readonly type: string;
}

function observedParameter(parameter: ParameterMetadata): ObservedParameter {
  return {
    name: parameter.Name ?? "",
    type: parameter.Type ?? "",
    description: parameter.Description,
    keyId: parameter.KeyId,
    tier: parameter.Tier,
    policies: (parameter.Policies ?? []).map(({ PolicyText }) => PolicyText ?? ""),
    lastModified: parameter.LastModifiedDate ?? new Date(0),
  };
}

/** Every parameter that passes the filters, 50 a page. `target`: as a failure names it. */
export async function listParameters(
  calls: ParameterCalls,
  target: string,
  filters: readonly ParameterStringFilter[] = [],
): Promise<ObservedParameter[]> {
  const listed = await itemsOf(pages(calls, target, filters), ({ Parameters }) => Parameters);
  return listed.map(observedParameter);
}

/** Undefined where there is none of that name. AWS may give empty pages before the one that holds it. */
export async function describeParameter(
  calls: ParameterCalls,
  name: string,
): Promise<ObservedParameter | undefined> {
  const filters = [{ Key: "Name", Option: "Equals", Values: [name] }];
  for await (const { Parameters = [] } of pages(calls, name, filters)) {
    const found = Parameters.find((parameter) => parameter.Name === name);
    if (found !== undefined) return observedParameter(found);
  }
  return undefined;
}

function pages(
  { ssm, call }: ParameterCalls,
  target: string,
  filters: readonly ParameterStringFilter[],
): AsyncIterable<DescribeParametersCommandOutput> {
  const client = withCalls(ssm, (send) => call({ action: "ssm:DescribeParameters", target }, send));
  return paginateDescribeParameters({ client }, { MaxResults: 50, ParameterFilters: [...filters] });
}

/**
 * All tags of a parameter that is known to be there.
 * @param justMade none where whoever asks does not wait for it
 */
export async function parameterTags(
  { ssm, call }: ParameterCalls,
  name: string,
  justMade: readonly JustMade[] = ["target"],
): Promise<Readonly<Record<string, string>>> {
  const { TagList = [] } = await call({ action: "ssm:ListTagsForResource", target: name, justMade }, () =>
    ssm.send(new ListTagsForResourceCommand({ ResourceType: "Parameter", ResourceId: name })),
  );
  return Object.fromEntries(TagList.map(({ Key = "", Value = "" }) => [Key, Value]));
}
