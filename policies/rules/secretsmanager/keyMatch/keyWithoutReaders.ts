import { overlapArns, parseArn } from "../../../documents/arn";
import { hasWildcard } from "../../../../model/aws/patterns";
import { includesAction, nameOf } from "../../../documents/statements";
import { undecided, type StackFinding } from "../../rule";
import { isThroughSecretsManager, type Decrypting, type KeyUse } from "./decrypting";
import type { SecretUnderKey } from "./secretUnderKey";

/**
 * Whom the key lets decrypt through Secrets Manager, and no secret under it lets read. In the account that owns a secret
 * any policy of its own lets a role read, unless the secret's denies it; in another one the secret's has to allow it
 * (https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_examples_cross.html). Whoever also makes
 * data keys puts values, for which Secrets Manager asks Decrypt too.
 */
export function* keyWithoutReaders(use: KeyUse, secrets: readonly SecretUnderKey[]): Iterable<StackFinding> {
  for (const { statement, holder, arns } of use.allowing) {
    if (!secrets.some(({ region }) => isThroughSecretsManager(statement, region) !== false)) continue;
    const writes = includesAction(statement, "kms:GenerateDataKey");
    for (const arn of arns) {
      const access = secrets.map((secret) => accessOf(secret, arn, writes));
      if (access.includes("reads")) continue;
      if (access.includes("open")) {
        if (secrets.every(({ open }) => open === undefined)) yield { ...undecided("arn"), urn: holder.urn };
        continue;
      }
      const why = access.every((one) => one === "denied")
        ? "every secret under the key denies it reading"
        : "no secret under the key lets it read";
      const message = `${nameOf(statement)} lets ${arn} decrypt, and ${why}`;
      yield { urn: holder.urn, property: "policy", message };
    }
  }
}

type Access = "reads" | "denied" | "not allowed" | "open";

function accessOf(secret: SecretUnderKey, arn: string, writes: boolean): Access {
  const account = parseArn(arn)?.account ?? "*";
  const own = hasWildcard(account) || account === secret.account;
  if (writes && (own || secret.account === undefined)) return "reads";
  if (secret.denies(arn) === true) return "denied";
  const named = [...secret.allowed, ...secret.spared, ...(writes ? secret.writers() : [])];
  if (own || named.some((one) => overlapArns(one, arn))) return "reads";
  return secret.account === undefined || secret.open !== undefined ? "open" : "not allowed";
}

/**
 * Whom the key lets decrypt through Secrets Manager of regions only in which no secret under it is: nobody can. Those
 * whom another statement lets in the secrets' region are left out, since copies of one policy may stand in each region.
 */
export function* inOtherRegions(use: KeyUse, secrets: readonly SecretUnderKey[]): Iterable<StackFinding> {
  const regions = new Set(secrets.map(({ region }) => region));
  if (regions.has(undefined)) return;
  const isHere = ({ statement }: Decrypting): boolean =>
    [...regions].some((region) => isThroughSecretsManager(statement, region) !== false);
  const here = use.allowing.filter(isHere).flatMap(({ arns }) => arns);
  for (const one of use.allowing) {
    if (isHere(one) || isThroughSecretsManager(one.statement, undefined) !== true) continue;
    if (one.arns.every((arn) => here.some((other) => overlapArns(other, arn)))) continue;
    const message = `${nameOf(one.statement)} lets decrypt through Secrets Manager of another region than ${[...regions].join(", ")}`;
    yield { urn: one.holder.urn, property: "policy", message };
  }
}
