import { demands, refuses } from "../../documents/conditions";
import type { Statement } from "../../documents/document";
import { overlapArns } from "../../documents/arn";
import { hasWildcard } from "../../documents/patterns";
import { readDocument, statementsOf } from "../../documents/read";
import { includesAction, known, nameOf } from "../../documents/statements";
import { allowedArns } from "../../iam/principals";
import type { Resource } from "../../resource";
import { undecided, type Rule, type StackFinding } from "../../rule";
import { arnOfSecret, keyNamedBy, policiesOfKeys, policiesOfSecrets, type HeldDocument } from "../../secrets";
import type { Stack } from "../../stack";
import { types } from "../../types";

export const secretKeyMatch: Rule = {
  id: "secret-key-match",
  title: "A secret's policy and its key's policy let the same roles read, through Secrets Manager only",
  why: "A reader the key does not know fails at run time; one that only the key knows, or that may decrypt by itself, is a gate left open",
  remedy:
    "Let the key's policy allow kms:Decrypt to exactly the secret's readers with kms:ViaService of Secrets Manager",
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
    },
  },
};

/** Only what reads the secret by its policy needs the key's; a key of another stack cannot be looked at. */
function* elsewhere(stack: Stack, secret: Resource): Iterable<StackFinding> {
  const held = policiesOfSecrets(stack).get(secret.urn) ?? [];
  if (held.some((document) => readersIn(document).length > 0)) {
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
  const decrypting = held.flatMap(({ value, holder }) =>
    statementsOf(value)
      .filter((statement) => statement.effect === "Allow" && includesAction(statement, "kms:Decrypt"))
      .map((statement): Decrypting => ({ statement, holder, arns: allowedArns(statement) })),
  );
  yield* withoutService(decrypting);
  const through = decrypting.filter(({ statement }) => isThroughSecretsManager(statement));
  for (const secret of secrets) yield* readersWithoutKey(stack, secret, through);
  yield* keyWithoutReaders(stack, secrets, through);
}

interface Decrypting {
  readonly statement: Statement;
  readonly holder: Resource;
  /** Patterns of the principals it allows; none when it allows services only. */
  readonly arns: readonly string[];
}

function* withoutService(decrypting: readonly Decrypting[]): Iterable<StackFinding> {
  for (const { statement, holder, arns } of decrypting) {
    if (arns.length > 0 && demands(statement, "kms:viaservice").length === 0) {
      yield {
        urn: holder.urn,
        property: "policy",
        message: `${nameOf(statement)} lets decrypt without kms:ViaService`,
      };
    }
  }
}

function isThroughSecretsManager(statement: Statement): boolean {
  return demands(statement, "kms:viaservice").some(({ values }) =>
    known(values).some((service) => service.startsWith("secretsmanager.")),
  );
}

/** The roles that a secret's policy allows to read it. */
function readersIn({ value }: HeldDocument): string[] {
  return statementsOf(value)
    .filter(
      (statement) =>
        statement.effect === "Allow" && includesAction(statement, "secretsmanager:GetSecretValue"),
    )
    .flatMap(allowedArns);
}

function* readersWithoutKey(
  stack: Stack,
  secret: Resource,
  through: readonly Decrypting[],
): Iterable<StackFinding> {
  const arn = arnOfSecret(secret);
  const forSecret = through.filter(({ statement }) => concernsSecret(statement, arn));
  for (const document of policiesOfSecrets(stack).get(secret.urn) ?? []) {
    for (const reader of new Set(readersIn(document))) {
      if (forSecret.some(({ arns }) => arns.some((allowed) => overlapArns(allowed, reader)))) continue;
      yield {
        urn: document.holder.urn,
        property: document.property,
        message: `lets ${reader} read, and the key's policy does not let it decrypt through Secrets Manager`,
      };
    }
  }
}

function concernsSecret(statement: Statement, arn: string): boolean {
  return demands(statement, "kms:encryptioncontext:secretarn").every(({ values }) =>
    known(values).some((pattern) => overlapArns(pattern, arn)),
  );
}

/**
 * A role that the key names to read and that every secret under it denies. Whoever also makes data keys puts values,
 * for which Secrets Manager asks Decrypt too.
 */
function* keyWithoutReaders(
  stack: Stack,
  secrets: readonly Resource[],
  through: readonly Decrypting[],
): Iterable<StackFinding> {
  const denials = secrets.map((secret) =>
    (policiesOfSecrets(stack).get(secret.urn) ?? []).flatMap(denialsIn),
  );
  for (const { statement, holder, arns } of through) {
    if (includesAction(statement, "kms:GenerateDataKey")) continue;
    for (const role of arns.filter((arn) => !hasWildcard(arn))) {
      const denied =
        denials.length > 0 && denials.every((ofSecret) => ofSecret.some((spared) => !spares(spared, role)));
      if (denied) {
        yield {
          urn: holder.urn,
          property: "policy",
          message: `${nameOf(statement)} lets ${role} decrypt, and every secret under the key denies it reading`,
        };
      }
    }
  }
}

/** By denial of reading to everybody: the patterns of those whom it spares. */
function denialsIn({ value }: HeldDocument): string[][] {
  return statementsOf(value)
    .filter(
      (statement) =>
        statement.effect === "Deny" && includesAction(statement, "secretsmanager:GetSecretValue"),
    )
    .map((statement) => refuses(statement, "aws:principalarn").flatMap(({ values }) => known(values)));
}

function spares(spared: readonly string[], role: string): boolean {
  return spared.some((pattern) => overlapArns(pattern, role));
}
