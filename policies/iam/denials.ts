import { overlapArns } from "../documents/arn";
import type { Statement } from "../documents/document";
import { covers } from "../documents/patterns";
import { includesAction, known } from "../documents/statements";

/** Does the statement deny the action on all that the resource's pattern stands for, under every condition? */
export function denies(statement: Statement, action: string, resource: string): boolean {
  const { effect, conditions, resources, notResources } = statement;
  if (effect !== "Deny" || conditions.length > 0) return false;
  const reaches =
    notResources.length > 0
      ? !known(notResources).some((one) => overlapArns(one, resource))
      : known(resources).some((one) => covers(one, resource));
  return reaches && includesAction(statement, action);
}
