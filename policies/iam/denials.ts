import { overlapArns } from "../documents/arn";
import type { Statement } from "../documents/document";
import { covers, coversAction } from "../documents/patterns";
import { known } from "../documents/statements";

/** Does the statement deny the action on all that the resource's pattern stands for, under every condition? */
export function denies(
  { effect, conditions, actions, resources, notResources }: Statement,
  action: string,
  resource: string,
): boolean {
  if (effect !== "Deny" || conditions.length > 0) return false;
  const reaches =
    notResources.length > 0
      ? !known(notResources).some((one) => overlapArns(one, resource))
      : known(resources).some((one) => covers(one, resource));
  return reaches && known(actions).some((one) => coversAction(one, action));
}
