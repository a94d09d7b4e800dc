import { externalPartner } from "../../model/aws/externalSecrets";
import { lambdaLogGroupName } from "../../model/plan/names";
import type { SecretPlan } from "../../model/plan/types";

/** What rotates a secret, in a sentence: ARN of a function, or Secrets Manager itself. */
export function rotatorOf({ rotation }: SecretPlan): string {
  if (rotation.partner === undefined) return rotation.functionArn;
  const { type, role } = rotation.partner;
  return `Secrets Manager itself at ${externalPartner(type).partner}, as ${role}`;
}

/** Name of the function that rotates it; undefined where none does. */
function functionName({ rotation }: SecretPlan): string | undefined {
  return rotation.functionArn?.split(":")[6] ?? rotation.functionArn;
}

/**
 * Command that shows why a rotation failed. Where no function rotates there is no log of one; CloudTrail has an event.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/cloudtrail_log_entries.html
 */
export function failureLookup(secret: SecretPlan, since: "1d" | "1h"): string {
  const name = functionName(secret);
  return name === undefined
    ? "aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=RotationFailed"
    : `aws logs tail ${lambdaLogGroupName(name)} --since ${since}`;
}

/** What keeps the reason of a failure. */
export function failureRecord({ rotation }: SecretPlan): string {
  return rotation.functionArn === undefined ? "CloudTrail's event" : "the function's log";
}
