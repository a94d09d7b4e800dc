import {
  AddTagsToResourceCommand,
  DeleteParameterCommand,
  PutParameterCommand,
  RemoveTagsFromResourceCommand,
} from "@aws-sdk/client-ssm";
import { parameterPolicies } from "../../model/values/parameterPolicies";
import { createdTag, managedByTag, managedByValue, reservedTags, unsetTag } from "../../model/values/tags";
import { unsetParameterValue } from "../../model/values/unset";
import { AwsFailure } from "../../aws/failure";
import { parameterTags } from "../../aws/parameter";
import type { Session } from "../aws/session";
import type { ParameterInputs } from "./inputs";

export type Tags = Readonly<Record<string, string>>;

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
  const tags = Object.entries(await parameterTags(session, name));
  return Object.fromEntries(tags.filter(([key]) => !key.startsWith("aws:")));
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
