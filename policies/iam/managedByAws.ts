import { managedPolicies } from "../../model/aws/managedPolicies";
import { parseArn } from "../documents/arn";
import type { Resource } from "../view/resource";
import { types } from "../view/types";
import { entriesOf, isPresent, textOf, type Value } from "../view/values";
import type { PlacedDocument } from "../documents/judgeStatements";
import { attaching } from "./attachments";

/** Resources that can attach a policy that AWS manages. */
export const attachingTypes: readonly string[] = [types.role, ...attaching.map(({ type }) => type)];

/** The documents of the policies that AWS manages among those that a resource attaches, as far as they matter here. */
export function managedByAwsIn({ type, props }: Resource): readonly PlacedDocument[] {
  const property = attachingProperty(type);
  if (property === undefined || !isPresent(props[property])) return [];
  const inList = Array.isArray(props[property]);
  return entriesOf(props[property]).flatMap((entry, at): PlacedDocument[] => {
    const value = managedByAws(entry);
    return value === undefined ? [] : [{ property: inList ? `${property}[${at}]` : property, value }];
  });
}

export function attachingProperty(type: string): string | undefined {
  if (type === types.role) return "managedPolicyArns";
  return attaching.find((one) => one.type === type)?.policies;
}

/** The document of a policy that AWS manages, in any partition: one object for each, so that it is read once. */
export function managedByAws(policy: Value): Value {
  const text = textOf(policy) ?? "";
  const arn = parseArn(text);
  if (arn === undefined ? text.includes("/") : arn.service !== "iam" || arn.account !== "aws")
    return undefined;
  const name = (arn?.resource ?? text).split("/").at(-1) ?? "";
  return documents.get(name);
}

const documents: ReadonlyMap<string, Value> = new Map(
  Object.entries(managedPolicies).map(([name, statements]) => [
    name,
    { Statement: statements.map((statement) => ({ ...statement })) },
  ]),
);
