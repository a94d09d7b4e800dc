import type { Resource } from "../../view/resource";
import { undecided, type Rule, type StackFinding } from "../rule";
import type { Stack } from "../../view/stack";
import { types } from "../../view/types";
import { booleanOf, unknown } from "../../view/values";

export const secretRotation: Rule = {
  id: "secret-rotation",
  title: "A secret has an enabled rotation",
  why: "A password that never changes stays good for everyone who ever saw it",
  remedy:
    "Give the secret a SecretRotation, or keep a value that does not rotate as a SecureString parameter",
  severity: "high",
  level: "mandatory",
  references: ["FSBP SecretsManager.1", "Checkov CKV2_AWS_57", "cdk-nag SMG4", "PCI DSS 4.0 8.6.3"],
  stack: {
    types: [types.secret],
    *check(stack): Iterable<StackFinding> {
      const { bySecret, unplaced } = rotationsOf(stack);
      for (const { urn } of stack.ofType(types.secret)) {
        const rotations = bySecret.get(urn) ?? [];
        if (rotations.some(isEnabled)) continue;
        if (rotations.length > 0)
          yield { urn, property: "rotationEnabled", message: "is false on its SecretRotation" };
        else if (unplaced > 0) yield { ...undecided("secretId of a SecretRotation"), urn };
        else yield { urn, message: "no SecretRotation in this stack names this secret" };
      }
    },
  },
};

function rotationsOf(stack: Stack): {
  readonly bySecret: ReadonlyMap<string, readonly Resource[]>;
  readonly unplaced: number;
} {
  const bySecret = new Map<string, Resource[]>();
  let unplaced = 0;
  for (const rotation of stack.ofType(types.secretRotation)) {
    const secrets = stack.referred(rotation, "secretId").filter(({ type }) => type === types.secret);
    if (secrets.length === 0 && rotation.props["secretId"] === unknown) unplaced++;
    for (const { urn } of secrets) {
      const same = bySecret.get(urn);
      if (same === undefined) bySecret.set(urn, [rotation]);
      else same.push(rotation);
    }
  }
  return { bySecret, unplaced };
}

/** On unless the program says otherwise; the provider's own answer can be unknown in a preview. */
function isEnabled(rotation: Resource): boolean {
  return booleanOf(rotation.props["rotationEnabled"]) !== false;
}
