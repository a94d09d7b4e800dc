import { parseArn } from "../../../documents/arn";
import type { Statement } from "../../../documents/document";
import { readDocument, statementsOf } from "../../../documents/read";
import { includesAction } from "../../../documents/statements";
import { ownerOfKey } from "../../../iam/keyAccounts";
import { allowedArns } from "../../../iam/principals";
import { isOpenAboutReaders, readersOf, type SecretReaders } from "../../../iam/secretReaders";
import { onlyRegionOf, regionInArn, regionOf } from "../../../view/regions";
import type { Resource } from "../../../view/resource";
import {
  arnOfSecret,
  hasUnplaced,
  oncePerStack,
  policiesOfKeys,
  policiesOfSecrets,
  type HeldDocument,
} from "../../../documents/secrets";
import type { Stack } from "../../../view/stack";
import { types } from "../../../view/types";
import { textOf } from "../../../view/values";

/** A secret under a key of the stack, as its policies and its key's need it. */
export interface SecretUnderKey extends SecretReaders {
  readonly urn: string;
  /** A pattern of it while AWS has not made one up. */
  readonly arn: string;
  /** Undefined while nothing says it. */
  readonly region: string | undefined;
  /** Account that owns it; undefined while nothing says it. */
  readonly account: string | undefined;
  readonly policies: readonly HeldDocument[];
  /** Whom its policies let put values; rarely asked. */
  readonly writers: () => readonly string[];
  /** The policy that is not known, or a part of which that says who reads is not; `missing` for one that may be elsewhere. */
  readonly open: HeldDocument | "missing" | undefined;
}

export function secretsUnder(
  stack: Stack,
  key: Resource,
  secrets: readonly Resource[],
): readonly SecretUnderKey[] {
  const owner = accountOfKey(stack, key);
  const unplaced = hasUnplacedPolicy(stack);
  return secrets.map((secret) => {
    const policies = policiesOfSecrets(stack).get(secret.urn) ?? [];
    const statements = statementsIn(policies);
    const arns = arnsAround(secret, policies);
    return {
      ...readersOf(statements),
      urn: secret.urn,
      arn: arnOfSecret(secret),
      region: regionOf(secret) ?? first(arns, regionInArn) ?? regionOf(key) ?? onlyRegionOf(stack),
      account: first(arns, (arn) => parseArn(arn)?.account) ?? owner,
      policies,
      writers: () => writersIn(statements),
      open: policies.length === 0 && unplaced ? "missing" : policies.find(isOpen),
    };
  });
}

const hasUnplacedPolicy: (stack: Stack) => boolean = oncePerStack((stack) =>
  hasUnplaced(stack, types.secretPolicy, "secretArn", [types.secret]),
);

function first(arns: readonly string[], read: (arn: string) => string | undefined): string | undefined {
  for (const arn of arns) {
    const part = read(arn);
    if (part !== undefined) return part;
  }
  return undefined;
}

/** Texts that name its region and account: its own ARN, and those of what is bound to both. */
function arnsAround({ props }: Resource, policies: readonly HeldDocument[]): readonly string[] {
  const named = policies.map(({ holder }) => textOf(holder.props["secretArn"]));
  return [textOf(props["arn"]), ...named, textOf(props["kmsKeyId"])].filter((arn) => arn !== undefined);
}

/** A key of another account than its secrets' is not of the stack; so the key's is theirs. */
function accountOfKey(stack: Stack, key: Resource): string | undefined {
  const fromArn = parseArn(textOf(key.props["arn"]) ?? "")?.account;
  return fromArn ?? ownerOfKey({ statements: statementsIn(policiesOfKeys(stack).get(key.urn) ?? []) });
}

/** Of one document the very list that others look at, of which what it means is worked out once. */
function statementsIn(held: readonly HeldDocument[]): readonly Statement[] {
  const [only, ...others] = held;
  if (only !== undefined && others.length === 0) return statementsOf(only.value);
  return held.flatMap(({ value }) => statementsOf(value));
}

const putting = ["secretsmanager:PutSecretValue", "secretsmanager:UpdateSecret"];

function writersIn(statements: readonly Statement[]): readonly string[] {
  return statements
    .filter(({ effect }) => effect === "Allow")
    .filter((statement) => putting.some((action) => includesAction(statement, action)))
    .flatMap(allowedArns);
}

function isOpen({ value }: HeldDocument): boolean {
  const reading = readDocument(value);
  if (reading.state === "document") return reading.document.statements.some(isOpenAboutReaders);
  return reading.state === "unknown";
}
