import type { Resource } from "../view/resource";
import type { Stack } from "../view/stack";
import { types } from "../view/types";
import { isPresent, textOf, unknown } from "../view/values";
import type { PlacedDocument } from "./judgeStatements";

/** A policy document with the resource it stands on. */
export interface HeldDocument extends PlacedDocument {
  readonly holder: Resource;
}

/** What makes a key. */
export const keyTypes: readonly string[] = [
  types.key,
  types.replicaKey,
  types.externalKey,
  types.replicaExternalKey,
];

/** The policies of every secret of the stack, by the secret's URN. */
export const policiesOfSecrets = oncePerStack((stack) =>
  policiesBySubject(stack, [types.secret], types.secretPolicy, "secretArn"),
);

/** The policies of every key of the stack, by the key's URN. */
export const policiesOfKeys = oncePerStack((stack) =>
  policiesBySubject(stack, keyTypes, types.keyPolicy, "keyId"),
);

/**
 * The key of the stack that a property names, through an alias of the stack too; `elsewhere` for one that the stack
 * does not hold.
 */
export function keyNamedBy(
  stack: Stack,
  from: Resource,
  property: string,
): Resource | "elsewhere" | undefined {
  const [key] = keysBehind(stack, stack.referred(from, property));
  if (key !== undefined) return key;
  return isPresent(from.props[property]) ? "elsewhere" : undefined;
}

/** The keys among resources, and those that aliases among them name. */
export function keysBehind(stack: Stack, resources: readonly Resource[]): readonly Resource[] {
  const isKey = ({ type }: Resource): boolean => keyTypes.includes(type);
  const aliases = resources.filter(({ type }) => type === types.keyAlias);
  const targets = aliases.flatMap((alias) => stack.referred(alias, "targetKeyId").filter(isKey));
  return [...new Set([...resources.filter(isKey), ...targets])];
}

/** ARN of a secret; a pattern of it by name while AWS has not made one up. */
export function arnOfSecret({ props }: Resource): string {
  const arn = textOf(props["arn"]);
  if (arn !== undefined) return arn;
  const name = textOf(props["name"]);
  return `arn:*:secretsmanager:*:*:secret:${name === undefined ? "*" : `${name}-??????`}`;
}

function policiesBySubject(
  stack: Stack,
  subjects: readonly string[],
  besideType: string,
  reference: string,
): ReadonlyMap<string, readonly HeldDocument[]> {
  const bySubject = new Map<string, HeldDocument[]>();
  const add = (subject: Resource, holder: Resource): void => {
    const held: HeldDocument = { holder, property: "policy", value: holder.props["policy"] };
    const same = bySubject.get(subject.urn);
    if (same === undefined) bySubject.set(subject.urn, [held]);
    else same.push(held);
  };
  for (const subject of stack.ofType(...subjects)) {
    if (isPresent(subject.props["policy"])) add(subject, subject);
  }
  for (const beside of stack.ofType(besideType)) {
    for (const subject of stack.referred(beside, reference))
      if (subjects.includes(subject.type)) add(subject, beside);
  }
  return bySubject;
}

/** Several rules ask the same of one stack. */
export function oncePerStack<T>(compute: (stack: Stack) => T): (stack: Stack) => T {
  const computed = new WeakMap<Stack, T>();
  return (stack) => {
    let result = computed.get(stack);
    if (result === undefined) computed.set(stack, (result = compute(stack)));
    return result;
  };
}

/** Is there a policy beside a subject whose subject is not known? Then a missing one may be it. */
export function hasUnplaced(
  stack: Stack,
  besideType: string,
  reference: string,
  subjects: readonly string[],
): boolean {
  return stack
    .ofType(besideType)
    .some(
      (beside) =>
        beside.props[reference] === unknown &&
        !stack.referred(beside, reference).some(({ type }) => subjects.includes(type)),
    );
}
