import { readDocument, statementsOf } from "../../documents/read";
import { grantsOfKeys, unplacedGrants } from "../../iam/keyGrants";
import type { Resource } from "../../view/resource";
import { finding, undecided, type Rule, type StackFinding } from "../rule";
import { keyNamedBy, policiesOfKeys, policiesOfSecrets, type HeldDocument } from "../../documents/secrets";
import type { Stack } from "../../view/stack";
import { types } from "../../view/types";
import { readersOf } from "../../iam/secretReaders";
import { unknown } from "../../view/values";
import { useOf, withoutService } from "./keyMatch/decrypting";
import { inOtherRegions, keyWithoutReaders } from "./keyMatch/keyWithoutReaders";
import { readersWithoutKey } from "./keyMatch/readersWithoutKey";
import { secretsUnder, type SecretUnderKey } from "./keyMatch/secretUnderKey";

export const secretKeyMatch: Rule = {
  id: "secret-key-match",
  title: "A secret's policy and its key's policy let the same roles read, through Secrets Manager only",
  why: "A reader the key does not know, or denies, fails at run time; one that only the key knows, or that may decrypt by itself, is a gate left open",
  remedy:
    "Let the key's policy allow kms:Decrypt to exactly the secret's readers with kms:ViaService of Secrets Manager in the secret's region, and deny it to none of them",
  severity: "high",
  level: "mandatory",
  references: ["AWS Secrets Manager user guide: encryption and decryption"],
  stack: {
    types: [types.secret],
    *check(stack): Iterable<StackFinding> {
      const byKey = new Map<Resource, Resource[]>();
      for (const secret of stack.ofType(types.secret)) {
        const key = keyNamedBy(stack, secret, "kmsKeyId");
        if (key === "elsewhere") yield* elsewhere(stack, secret);
        else if (key !== undefined) byKey.set(key, [...(byKey.get(key) ?? []), secret]);
      }
      for (const [key, secrets] of byKey) yield* checkKey(stack, key, secrets);
      if (byKey.size > 0) for (const { urn } of unplacedGrants(stack)) yield { ...undecided("keyId"), urn };
    },
  },
};

/** Only what reads the secret by its policy needs the key's; a key of another stack cannot be looked at. */
function* elsewhere(stack: Stack, secret: Resource): Iterable<StackFinding> {
  if (secret.props["kmsKeyId"] === unknown) {
    yield { ...undecided("kmsKeyId"), urn: secret.urn };
    return;
  }
  const held = policiesOfSecrets(stack).get(secret.urn) ?? [];
  if (held.some(({ value }) => readersOf(statementsOf(value)).allowed.length > 0)) {
    yield {
      urn: secret.urn,
      property: "kmsKeyId",
      undecided: true,
      message: "names a key that is not in this stack, so this could not be decided",
    };
  }
}

function* checkKey(stack: Stack, key: Resource, secrets: readonly Resource[]): Iterable<StackFinding> {
  const held = policiesOfKeys(stack).get(key.urn) ?? [];
  const unread = held.find(({ value }) => readDocument(value).state !== "document");
  if (unread !== undefined) {
    yield { ...undecided(unread.property), urn: unread.holder.urn };
    return;
  }
  const use = useOf(held);
  const under = secretsUnder(stack, key, secrets);
  const failed = under.flatMap((secret) => [...readersWithoutKey(secret, use)]);
  yield* withoutService(use);
  yield* grantsWithoutService(stack, key);
  yield* failed;
  if (failed.length === 0) yield* inOtherRegions(use, under);
  yield* keyWithoutReaders(use, under);
  yield* openPolicies(use.open, under);
}

/** A grant knows no condition on the service. */
function* grantsWithoutService(stack: Stack, key: Resource): Iterable<StackFinding> {
  for (const { grant, grantee = "somebody", opens } of grantsOfKeys(stack).get(key.urn) ?? []) {
    const found =
      opens === unknown
        ? undecided("operations")
        : finding("operations", `let ${grantee} decrypt without kms:ViaService`);
    yield { ...found, urn: grant.urn };
  }
}

/** Policies that do not tell yet who reads or decrypts. */
function* openPolicies(
  ofKey: HeldDocument | undefined,
  secrets: readonly SecretUnderKey[],
): Iterable<StackFinding> {
  if (ofKey !== undefined) yield { ...undecided(ofKey.property), urn: ofKey.holder.urn };
  for (const { urn, open } of secrets) {
    if (open === "missing") yield { ...undecided("secretArn of a SecretPolicy"), urn };
    else if (open !== undefined) yield { ...undecided(open.property), urn: open.holder.urn };
  }
}
