import { parseArn } from "../../../documents/arn";
import type { Statement } from "../../../documents/document";
import { readDocument, statementsOf } from "../../../documents/read";
import { includesAction } from "../../../documents/statements";
import { ownerOfKey } from "../../../iam/keyAccounts";
import { allowedArns } from "../../../iam/principals";
import { isOpenAboutReaders, readersOf, type SecretReaders } from "../../../iam/secretReaders";
import { onlyRegionOf, regionInArn, regionOf } from "../../../regions";
import type { Resource } from "../../../resource";
import {
  arnOfSecret,
  hasUnplaced,
  policiesOfKeys,
  policiesOfSecrets,
  type HeldDocument,
} from "../../../secrets";
import type { Stack } from "../../../stack";
import { types } from "../../../types";
import { textOf } from "../../../values";

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
  /** Whom its policies let put values. */
  readonly writers: readonly string[];
  /** The policy that is not known, or a part of which that says who reads is not; `missing` for one that may be elsewhere. */
  readonly open: HeldDocument | "missing" | undefined;
}

export function secretsUnder(
  stack: Stack,
  key: Resource,
  secrets: readonly Resource[],
): readonly SecretUnderKey[] {
  const owner = accountOfKey(stack, key);
  const unplaced = hasUnplaced(stack, types.secretPolicy, "secretArn", [types.secret]);
  return secrets.map((secret) => {
    const policies = policiesOfSecrets(stack).get(secret.urn) ?? [];
    const statements = policies.flatMap(({ value }) => statementsOf(value));
    const arns = arnsAround(secret, policies);
    const regions = [regionOf(secret), ...arns.map(regionInArn), regionOf(key), onlyRegionOf(stack)];
    return {
      ...readersOf(statements),
      urn: secret.urn,
      arn: arnOfSecret(secret),
      region: regions.find((region) => region !== undefined),
      account: arns.flatMap((arn) => parseArn(arn)?.account ?? [])[0] ?? owner,
      policies,
      writers: writersIn(statements),
      open: policies.length === 0 && unplaced ? "missing" : policies.find(isOpen),
    };
  });
}

/** Texts that name its region and account: its own ARN, and those of what is bound to both. */
function arnsAround({ props }: Resource, policies: readonly HeldDocument[]): readonly string[] {
  const named = policies.map(({ holder }) => textOf(holder.props["secretArn"]));
  return [textOf(props["arn"]), ...named, textOf(props["kmsKeyId"])].filter((arn) => arn !== undefined);
}

/** A key of another account than its secrets' is not of the stack; so the key's is theirs. */
function accountOfKey(stack: Stack, key: Resource): string | undefined {
  const fromArn = parseArn(textOf(key.props["arn"]) ?? "")?.account;
  const statements = (policiesOfKeys(stack).get(key.urn) ?? []).flatMap(({ value }) => statementsOf(value));
  return fromArn ?? ownerOfKey({ statements });
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
