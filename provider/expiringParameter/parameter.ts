import {
  AddTagsToResourceCommand,
  DeleteParameterCommand,
  DescribeParametersCommand,
  ListTagsForResourceCommand,
  type ParameterMetadata,
  PutParameterCommand,
  RemoveTagsFromResourceCommand,
} from "@aws-sdk/client-ssm";
import { parameterPolicies } from "../../model/values/parameterPolicies";
import type { ObservedSettings } from "../../model/values/pendingSettings";
import { createdTag, managedByTag, managedByValue, reservedTags, unsetTag } from "../../model/values/tags";
import { unsetParameterValue } from "../../model/values/unset";
import { AwsFailure } from "../../aws/failure";
import type { Session } from "../aws/session";
import type { ParameterInputs } from "./inputs";

/** A parameter's metadata; its value is never asked for. */
export interface ObservedParameter extends ObservedSettings {
  readonly type: string;
}

export type Tags = Readonly<Record<string, string>>;

/** Undefined when there is no such parameter. AWS may give empty pages before the one that holds it. */
export async function describeParameter(
  session: Session,
  name: string,
): Promise<ObservedParameter | undefined> {
  let token: string | undefined;
  do {
    const page = await session.call({ action: "ssm:DescribeParameters", target: name }, () =>
      session.ssm.send(
        new DescribeParametersCommand({
          ParameterFilters: [{ Key: "Name", Option: "Equals", Values: [name] }],
          ...(token === undefined ? {} : { NextToken: token }),
        }),
      ),
    );
    const found = page.Parameters?.find((parameter) => parameter.Name === name);
    if (found !== undefined) return observed(found);
    token = page.NextToken;
  } while (token !== undefined && token !== "");
  return undefined;
}

function observed(parameter: ParameterMetadata): ObservedParameter {
  return {
    type: parameter.Type ?? "",
    description: parameter.Description,
    keyId: parameter.KeyId,
    tier: parameter.Tier,
    policies: (parameter.Policies ?? []).map(({ PolicyText }) => PolicyText ?? ""),
    lastModified: parameter.LastModifiedDate ?? new Date(0),
  };
}

/**
 * Creates the parameter with the unset marker as its value; AWS refuses when one of that name exists, so no value is
 * ever written over. Returns false when it does.
 */
export async function createParameter(
  session: Session,
  inputs: ParameterInputs,
  now: Date,
): Promise<boolean> {
  const tags = { ...inputs.tags, ...ownTags(now) };
  try {
    await session.call({ action: "ssm:PutParameter", target: inputs.name, justMade: ["key"] }, () =>
      session.ssm.send(
        new PutParameterCommand({
          Name: inputs.name,
          ...(inputs.description === "" ? {} : { Description: inputs.description }),
          Type: "SecureString",
          Tier: "Advanced",
          KeyId: inputs.keyId,
          Value: unsetParameterValue,
          Policies: parameterPolicies(inputs.expires, now),
          Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
        }),
      ),
    );
    return true;
  } catch (error) {
    if (error instanceof AwsFailure && error.code === "ParameterAlreadyExists") return false;
    throw error;
  }
}

function ownTags(now: Date): Tags {
  return { [unsetTag]: "true", [managedByTag]: managedByValue, [createdTag]: now.toISOString() };
}

/** All tags but AWS's own, of a parameter that is known to be there. */
export async function listTags(session: Session, name: string): Promise<Tags> {
  const answer = await session.call(
    { action: "ssm:ListTagsForResource", target: name, justMade: ["target"] },
    () => session.ssm.send(new ListTagsForResourceCommand({ ResourceType: "Parameter", ResourceId: name })),
  );
  const pairs = (answer.TagList ?? []).map(({ Key, Value }): [string, string] => [Key ?? "", Value ?? ""]);
  return Object.fromEntries(pairs.filter(([key]) => !key.startsWith("aws:")));
}

/** The tags the program set, without those the platform keeps for itself. */
export function programTags(tags: Tags): Tags {
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !reservedTags.includes(key)));
}

/** Of a parameter that is known to be there: sets the wanted tags and removes those formerly wanted; leaves all others alone. */
export async function setTags(
  session: Session,
  name: string,
  { present, formerly, wanted }: { present: Tags; formerly: Tags; wanted: Tags },
): Promise<void> {
  const place = { ResourceType: "Parameter", ResourceId: name } as const;
  const added = Object.entries(wanted).filter(([key, value]) => present[key] !== value);
  const removed = Object.keys(formerly).filter((key) => key in present && !(key in wanted));
  if (added.length > 0) {
    const Tags = added.map(([Key, Value]) => ({ Key, Value }));
    await session.call({ action: "ssm:AddTagsToResource", target: name, justMade: ["target"] }, () =>
      session.ssm.send(new AddTagsToResourceCommand({ ...place, Tags })),
    );
  }
  if (removed.length > 0) {
    await session.call({ action: "ssm:RemoveTagsFromResource", target: name, justMade: ["target"] }, () =>
      session.ssm.send(new RemoveTagsFromResourceCommand({ ...place, TagKeys: removed })),
    );
  }
}

/** Deletes the parameter; one that is gone already, by expiry perhaps, is as good. */
export async function deleteParameter(session: Session, name: string): Promise<void> {
  try {
    await session.call({ action: "ssm:DeleteParameter", target: name }, () =>
      session.ssm.send(new DeleteParameterCommand({ Name: name })),
    );
  } catch (error) {
    if (!(error instanceof AwsFailure && error.code === "ParameterNotFound")) throw error;
  }
}
