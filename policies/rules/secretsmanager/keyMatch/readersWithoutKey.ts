import { overlapArns } from "../../../documents/arn";
import { statementsOf } from "../../../documents/read";
import { concerns } from "../../../documents/requests";
import { readersOf } from "../../../iam/secretReaders";
import type { StackFinding } from "../../rule";
import { everyOf, someOf, type Truth } from "../../../view/threeValued";
import { concernsSecret, isThroughSecretsManager, requestFor, type KeyUse } from "./decrypting";
import type { SecretUnderKey } from "./secretUnderKey";

/** Whom a secret's policy lets read and the key's does not let decrypt, or denies it. */
export function* readersWithoutKey(secret: SecretUnderKey, use: KeyUse): Iterable<StackFinding> {
  for (const { holder, property, value } of secret.policies) {
    for (const reader of new Set(readersOf(statementsOf(value)).allowed)) {
      const lacks = lack(reader, secret, use);
      if (lacks === undefined || secret.denies(reader) === true) continue;
      yield { urn: holder.urn, property, message: `lets ${reader} read, and the key's policy ${lacks}` };
    }
  }
}

function lack(reader: string, secret: SecretUnderKey, use: KeyUse): string | undefined {
  const { arn, region } = secret;
  const facts = requestFor(arn, region);
  if (use.denying.some((statement) => concerns(statement, reader, facts) === true))
    return "denies it decrypting";
  if (use.mayAllowOthers || someOf(use.allowing, lets) !== false) return undefined;
  return "does not let it decrypt through Secrets Manager";

  function lets({ statement, arns }: KeyUse["allowing"][number]): Truth {
    if (!arns.some((allowed) => overlapArns(allowed, reader))) return false;
    const tests: readonly Truth[] = [
      isThroughSecretsManager(statement, region),
      concernsSecret(statement, arn),
    ];
    return everyOf(tests, (truth) => truth);
  }
}
