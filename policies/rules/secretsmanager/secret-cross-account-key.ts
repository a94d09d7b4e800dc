import { parseArn } from "../../documents/arn";
import { statementsOf } from "../../documents/read";
import { includesAction } from "../../documents/statements";
import { allowedArns } from "../../iam/principals";
import { keyChoice } from "../../keys";
import type { Resource } from "../../resource";
import { undecided, type Rule, type StackFinding } from "../../rule";
import { policiesOfSecrets, type HeldDocument } from "../../secrets";
import { types } from "../../types";
import { textOf, type Value } from "../../values";

export const secretCrossAccountKey: Rule = {
  id: "secret-cross-account-key",
  title: "A secret that another account reads is under a customer-managed key",
  why: "The key AWS manages never works across accounts: the policy promises a read that fails when the service starts",
  remedy: "Set `kmsKeyId` to a key of your own whose policy lets the readers decrypt",
  severity: "high",
  level: "mandatory",
  references: ["AWS Secrets Manager user guide: access from a different account"],
  stack: {
    types: [types.secret],
    *check(stack): Iterable<StackFinding> {
      const policies = policiesOfSecrets(stack);
      for (const secret of stack.ofType(types.secret)) {
        if (keyChoice(secret.props["kmsKeyId"]) === "customer-managed") continue;
        const held = policies.get(secret.urn) ?? [];
        const accounts = new Set(held.flatMap(readingAccounts));
        if (accounts.size === 0) continue;
        const own = ownAccount(secret, held);
        if (own === undefined) yield { ...undecided("arn"), urn: secret.urn };
        else if ([...accounts].some((account) => account !== own)) {
          yield {
            urn: secret.urn,
            property: "kmsKeyId",
            message: "is not a key of your own, and the policy allows another account",
          };
        }
      }
    },
  },
};

function readingAccounts({ value }: HeldDocument): string[] {
  return statementsOf(value)
    .filter(
      (statement) =>
        statement.effect === "Allow" && includesAction(statement, "secretsmanager:GetSecretValue"),
    )
    .flatMap(allowedArns)
    .flatMap((arn) => parseArn(arn)?.account ?? [])
    .filter((account) => account !== "");
}

function ownAccount(secret: Resource, held: readonly HeldDocument[]): string | undefined {
  const arns: readonly Value[] = [
    secret.props["arn"],
    ...held.map(({ holder }) => holder.props["secretArn"]),
  ];
  return arns.flatMap((arn) => parseArn(textOf(arn) ?? "")?.account ?? [])[0];
}
