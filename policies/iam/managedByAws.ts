import { administratorPolicies, managedPolicies } from "../../model/aws/managedPolicies";
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
  return documents.get(nameOf(policy));
}

/** Where a resource attaches policies of AWS's that make an administrator, and their names. */
export function administratorsIn({ type, props }: Resource): readonly { property: string; name: string }[] {
  const property = attachingProperty(type);
  if (property === undefined) return [];
  const inList = Array.isArray(props[property]);
  return entriesOf(props[property]).flatMap((entry, at) => {
    const name = nameOf(entry);
    return administratorPolicies.has(name)
      ? [{ property: inList ? `${property}[${at}]` : property, name }]
      : [];
  });
}

/** Name of a policy that AWS manages, without its path, in any partition; empty for any other. */
function nameOf(policy: Value): string {
  const text = textOf(policy) ?? "";
  const arn = parseArn(text);
  const other = arn === undefined ? text.includes("/") : arn.service !== "iam" || arn.account !== "aws";
  return other ? "" : ((arn?.resource ?? text).split("/").at(-1) ?? "");
}

const documents: ReadonlyMap<string, Value> = new Map(
  Object.entries(managedPolicies).map(([name, statements]) => [
    name,
    { Statement: statements.map((statement) => ({ ...statement })) },
  ]),
);
