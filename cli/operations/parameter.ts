import {
  DescribeParametersCommand,
  ListTagsForResourceCommand,
  type ParameterMetadata,
  type ParameterStringFilter,
} from "@aws-sdk/client-ssm";
import { unsetTag } from "../../model/values/tags";
import type { ObservedSettings } from "../../model/values/pendingSettings";
import type { Session } from "./session";

/** What can be seen of a parameter without reading it. */
export interface ObservedParameter extends ObservedSettings {
  readonly name: string;
  readonly type: string;
}

export function observedParameter(parameter: ParameterMetadata): ObservedParameter {
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

/** Every parameter that passes the filters; 50 a page, and a page may be empty without being the last. */
export async function listParameters(
  session: Session,
  filters: readonly ParameterStringFilter[],
): Promise<ObservedParameter[]> {
  const found: ObservedParameter[] = [];
  let token: string | undefined;
  do {
    const page = await session.call(
      { action: "ssm:DescribeParameters", target: `the parameters of account ${session.account}` },
      () =>
        session.ssm.send(
          new DescribeParametersCommand({
            MaxResults: 50,
            ParameterFilters: [...filters],
            ...(token !== undefined && { NextToken: token }),
          }),
        ),
    );
    found.push(...(page.Parameters ?? []).map(observedParameter));
    token = page.NextToken;
  } while (token !== undefined && token !== "");
  return found;
}

/** Undefined where there is none of that name. */
export async function describeParameter(
  session: Session,
  name: string,
): Promise<ObservedParameter | undefined> {
  const found = await listParameters(session, [{ Key: "Name", Option: "Equals", Values: [name] }]);
  return found.find((parameter) => parameter.name === name);
}

/** Whether its value from outside has not been supplied yet; of one that is known to be there. */
export async function isParameterUnset(session: Session, name: string): Promise<boolean> {
  const { TagList = [] } = await session.call(
    { action: "ssm:ListTagsForResource", target: name, justMade: ["target"] },
    () => session.ssm.send(new ListTagsForResourceCommand({ ResourceType: "Parameter", ResourceId: name })),
  );
  return TagList.some(({ Key }) => Key === unsetTag);
}
