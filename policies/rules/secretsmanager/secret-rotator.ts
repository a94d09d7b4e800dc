import type { Resource } from "../../view/resource";
import type { Stack } from "../../view/stack";
import { types } from "../../view/types";
import { isPresent, unknown } from "../../view/values";
import { finding, undecided, type Finding, type Rule, type StackFinding } from "../rule";

/**
 * Only a managed external secret, one with a `type`, rotates without a function.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_external.html
 */
export const secretRotator: Rule = {
  id: "secret-rotator",
  title: "A rotation names what carries it out: a function, or a role where the secret is a partner's",
  why: "A rotation that nothing carries out stands in the program and never happens",
  remedy:
    "Give the SecretRotation a `rotationLambdaArn`; for a secret with a `type` give an `externalSecretRotationRoleArn`",
  severity: "high",
  level: "mandatory",
  references: ["AWS Secrets Manager user guide: managed external secrets"],
  stack: {
    types: [types.secretRotation],
    *check(stack): Iterable<StackFinding> {
      for (const rotation of stack.ofType(types.secretRotation)) {
        const found = judge(stack, rotation);
        if (found !== undefined) yield { ...found, urn: rotation.urn };
      }
    },
  },
};

function judge(stack: Stack, rotation: Resource): Finding | undefined {
  const byFunction = isPresent(rotation.props["rotationLambdaArn"]);
  const byRole = isPresent(rotation.props["externalSecretRotationRoleArn"]);
  if (byFunction && byRole) return finding("externalSecretRotationRoleArn", "stands beside a function");
  if (!byFunction && !byRole)
    return finding("rotationLambdaArn", "is missing, and a role of a partner's secret is too");
  const secrets = stack.referred(rotation, "secretId").filter(({ type }) => type === types.secret);
  if (secrets.length === 0) {
    const isOpen = [
      rotation.props["secretId"],
      ...stack.ofType(types.secret).map(({ props }) => props["name"]),
    ];
    // A secret of another stack cannot be looked at.
    return isOpen.includes(unknown) ? undecided("secretId") : undefined;
  }
  if (secrets.some(({ props }) => props["type"] === unknown)) return undecided("type of the secret");
  const isPartners = secrets.some(({ props }) => isPresent(props["type"]));
  if (isPartners && byFunction)
    return finding(
      "rotationLambdaArn",
      "names a function for a secret that has a type, and so rotates by a role",
    );
  if (!isPartners && byRole)
    return finding("externalSecretRotationRoleArn", "names a role for a secret that has no type");
  return undefined;
}
