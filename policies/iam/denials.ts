import { overlapArns } from "../documents/arn";
import type { Statement } from "../documents/document";
import { covers, coversAction, overlap } from "../../model/aws/patterns";
import { known } from "../documents/statements";

/** Does the statement deny all that both patterns stand for, under every condition? */
export function denies(statement: Statement, action: string, resource: string): boolean {
  const { effect, conditions, actions, notActions, resources, notResources } = statement;
  if (effect !== "Deny" || conditions.length > 0) return false;
  const reaches =
    notResources.length > 0
      ? !known(notResources).some((one) => overlapArns(one, resource))
      : known(resources).some((one) => covers(one, resource));
  if (!reaches) return false;
  return notActions.length > 0
    ? !known(notActions).some((one) => overlap(one.toLowerCase(), action.toLowerCase()))
    : known(actions).some((one) => coversAction(one, action));
}
