import { awsNames, identityOf } from "../../../../../../model/aws/awsNames";
import type { Cloud, CloudResource } from "../../cloud/cloud";
import { awsError } from "../../cloud/awsError";
import type { Properties } from "../../properties";
import type { AwsTarget } from "../target";

const secretType = "aws:secretsmanager/secret:Secret";

/**
 * Refuses a name that another resource has, or that a secret in its recovery window still holds. Where AWS would let
 * the second take the first one's place without a word, this refuses it all the same: one of the two would be gone.
 */
export function refuseTakenName(cloud: Cloud, target: AwsTarget, inputs: Properties): void {
  const rule = awsNames[target.type];
  const identity = rule && identityOf(rule, inputs);
  if (rule === undefined || identity === undefined) return;
  const query = {
    type: target.type,
    ...(rule.within !== "everywhere" && { account: target.account }),
    ...(rule.within === "region" && { region: target.region }),
  };
  const holdsName = (other: CloudResource) => identityOf(rule, other.outputs) === identity;
  const holder = cloud.list(query).find(holdsName);
  const name = String(inputs[rule.by.at(-1) ?? ""]);
  if (holder !== undefined && rule.refusal !== undefined) throw new Error(rule.refusal(name));
  // Its own successor may take the place.
  if (holder !== undefined && holder.urn !== target.urn) {
    throw new Error(`${target.type} ${name} would take the place of ${holder.urn} without a word from AWS`);
  }
  if (target.type === secretType && cloud.pendingDeletion(query).some(holdsName)) {
    throw scheduledForDeletion();
  }
}

/** What AWS says to the creation of a secret whose name is in its recovery window. */
export function scheduledForDeletion(): Error {
  return awsError(
    "InvalidRequestException",
    "You can't create this secret because a secret with this name is already scheduled for deletion.",
  );
}
