import { unknown } from "../view/values";
import type { Statement, Text } from "./document";
import { covers, coversAction } from "../../model/aws/patterns";

/** `Statement[2]`, with its Sid where it has one, for messages. */
export function nameOf(statement: Statement): string {
  return statement.sid === undefined ? `statement ${statement.at + 1}` : `statement "${statement.sid}"`;
}

/** An Allow, or a statement whose effect is not known and so may be one. */
export function mayAllow(statement: Statement): boolean {
  return statement.effect !== "Deny";
}

/** Is nothing of the statement known, not even what it speaks of? */
export function isWhollyUnknown({ at, unknownParts }: Statement): boolean {
  return unknownParts.includes(`Statement[${at}]`);
}

/** Does the statement speak of the action, by `Action` or by leaving it out of `NotAction`? */
export function includesAction(statement: Statement, action: string): boolean {
  if (statement.notActions.length > 0)
    return !known(statement.notActions).some((one) => coversAction(one, action));
  return known(statement.actions).some((one) => coversAction(one, action));
}

/** Does the statement speak of the ARN, by `Resource` or by leaving it out of `NotResource`? */
export function includesResource(statement: Statement, arn: string): boolean {
  if (statement.notResources.length > 0)
    return !known(statement.notResources).some((one) => covers(one, arn));
  return known(statement.resources).some((one) => covers(one, arn));
}

/** The texts that are known. */
export function known(texts: readonly Text[]): string[] {
  return texts.filter((text) => text !== unknown);
}

export function hasUnknown(texts: readonly Text[]): boolean {
  return texts.includes(unknown);
}
