import type { Resource } from "../view/resource";
import { keysBehind, oncePerStack } from "../documents/secrets";
import type { Stack } from "../view/stack";
import { someOf, type Truth } from "../view/threeValued";
import { types } from "../view/types";
import { listOf, textOf, unknown, type Value } from "../view/values";

/**
 * A grant on a key that lets decrypt, or make another grant that does. It stands beside the key's policy, and its
 * constraints are on the encryption context only (https://docs.aws.amazon.com/kms/latest/developerguide/grants.html).
 */
export interface KeyGrant {
  readonly grant: Resource;
  /** ARN of the principal; undefined while it is not known. */
  readonly grantee: string | undefined;
  /** Not known while an operation is not, and none that is known opens anything. */
  readonly opens: Truth;
}

/** Each of these alone opens what the key protects. */
const opening: readonly string[] = ["Decrypt", "ReEncryptFrom", "CreateGrant"];

/** The grants on every key of the stack, by the key's URN. */
export const grantsOfKeys: (stack: Stack) => ReadonlyMap<string, readonly KeyGrant[]> = oncePerStack(
  (stack) => {
    const byKey = new Map<string, KeyGrant[]>();
    for (const grant of stack.ofType(types.keyGrant)) {
      const { operations, granteePrincipal } = grant.props;
      const opens = operations === unknown ? unknown : opensIn(listOf(operations));
      if (opens === false) continue;
      for (const { urn } of keysBehind(stack, stack.referred(grant, "keyId")))
        byKey.set(urn, [...(byKey.get(urn) ?? []), { grant, grantee: textOf(granteePrincipal), opens }]);
    }
    return byKey;
  },
);

/** Grants on a key that is not known yet: it may be any of the stack. */
export function unplacedGrants(stack: Stack): readonly Resource[] {
  return stack
    .ofType(types.keyGrant)
    .filter((grant) => grant.props["keyId"] === unknown)
    .filter((grant) => keysBehind(stack, stack.referred(grant, "keyId")).length === 0);
}

function opensIn(operations: readonly Value[]): Truth {
  return someOf(operations, (one) => (one === unknown ? unknown : opening.includes(textOf(one) ?? "")));
}
