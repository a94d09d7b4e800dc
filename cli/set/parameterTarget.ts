import { PutParameterCommand, RemoveTagsFromResourceCommand } from "@aws-sdk/client-ssm";
import { parameterBytes } from "../../model/aws/quotas";
import { soon } from "../../aws/retry";
import { expiryDate, observedPolicies, parameterPolicies } from "../../model/values/parameterPolicies";
import { unsetTag } from "../../model/values/tags";
import { secondLook } from "../operations/call";
import type { Holder } from "../operations/holder";
import { itemPath } from "../operations/item";
import { keyArn } from "../operations/keyArn";
import { OperationError } from "../operations/operationError";
import { describeParameter, type ObservedParameter } from "../../aws/parameter";
import { isParameterUnset } from "../operations/parameter";
import type { Session } from "../operations/session";
import type { SecureParameterPlan } from "./refusals";
import type { Target, Written } from "./target";
import {} from "./value";

/** @throws OperationError for a parameter that expired, or is not what the manifest says */
export async function parameterTarget(
  session: Session,
  parameter: SecureParameterPlan,
  holder: Holder,
): Promise<Target> {
  const observed = await presentParameter(session, parameter, holder);
  const isUnset = await isParameterUnset(session, parameter.name);
  // Of the key it is under already where the caller may not ask: another key then waits for one who may.
  const keyId = (await keyArn(session, parameter.key.alias)) ?? observed.keyId ?? parameter.key.alias;
  const { expires } = parameter;
  return {
    form: {
      form: "text",
      asked: `value of ${itemPath(parameter)}`,
      fields: [],
      largestBytes: parameterBytes.Advanced,
      stored: (given) => given,
    },
    beforehand: [],
    consequences: [
      `Replaces the value of the parameter ${itemPath(parameter)}.`,
      expires.never
        ? `It never expires; a reminder comes after ${expires.remindDays} days without a new value.`
        : `It expires ${expires.afterDays} days from now, and its owner is told ${expires.warnDays} days before.`,
    ],
    write: (stored, parts) => write(session, parameter, { keyId, wasUnset: isUnset }, { stored, parts }),
  };
}

async function presentParameter(
  session: Session,
  parameter: SecureParameterPlan,
  { stack, account }: Holder,
): Promise<ObservedParameter> {
  const path = itemPath(parameter);
  // Lists lag behind a creation for a moment.
  const observed = await soon(() => describeParameter(session, parameter.name), secondLook);
  const again =
    `pulumi up --refresh --stack ${stack} --policy-pack policies makes it again, unset and shared with its readers; ` +
    `then npx platform set ${path} supplies its value`;
  if (observed === undefined) {
    throw new OperationError(
      `${path} is not in account ${account}: it expired and AWS deleted it, somebody deleted it, or it was never ` +
        `deployed; ${again}`,
    );
  }
  const { expiresAt } = observedPolicies(observed.policies);
  if (expiresAt !== undefined && expiresAt <= Date.now()) {
    throw new OperationError(
      `${path} expired on ${new Date(expiresAt).toISOString().slice(0, 10)}, and AWS deletes it any moment; ` +
        `once it is gone ${again}`,
    );
  }
  if (observed.type !== "SecureString") {
    throw new OperationError(
      `there is a parameter ${parameter.name} in account ${account} of type ${observed.type}, which is not the one of ` +
        `the manifest (SecureString): delete or rename it, then ${again}`,
    );
  }
  return observed;
}

/**
 * Value and policies in one request: without policies AWS would keep the old date, and a crash in between would lose
 * one of the two. The tag goes last, so that a crash leaves it and setting once more takes it off.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html
 */
async function write(
  session: Session,
  parameter: SecureParameterPlan,
  { keyId, wasUnset }: { readonly keyId: string; readonly wasUnset: boolean },
  { stored, parts }: { readonly stored: string; readonly parts: readonly string[] },
): Promise<Written> {
  const { name, description, expires } = parameter;
  const now = new Date();
  const { Version = 0 } = await session.call(
    { action: "ssm:PutParameter", target: name, justMade: ["key"], hide: parts },
    () =>
      session.ssm.send(
        new PutParameterCommand({
          Name: name,
          Description: description,
          Type: "SecureString",
          Tier: "Advanced",
          KeyId: keyId,
          Value: stored,
          Policies: parameterPolicies(expires, now),
          Overwrite: true,
        }),
      ),
  );
  // A first version is another parameter than the one looked at: that one expired in this very moment.
  if (Version === 1) {
    throw new OperationError(
      `${itemPath(parameter)} expired while this ran, so AWS made another parameter of that name, without tags and ` +
        `not shared; delete it (aws ssm delete-parameter --name ${name}), then pulumi up --refresh --policy-pack policies, and set it again`,
    );
  }
  if (wasUnset) {
    await session.call({ action: "ssm:RemoveTagsFromResource", target: name, justMade: ["target"] }, () =>
      session.ssm.send(
        new RemoveTagsFromResourceCommand({
          ResourceType: "Parameter",
          ResourceId: name,
          TagKeys: [unsetTag],
        }),
      ),
    );
  }
  return { version: String(Version), expiresAt: expiryDate(expires, now), wasUnset, notes: [] };
}
