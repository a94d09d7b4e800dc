import { secretCrossAccountKey } from "../../../../policies/rules/secretsmanager/secret-cross-account-key";
import { testRule } from "../../support/cases";
import { declare, later, policy, prod, security } from "../../support/program";

const arn = `arn:aws:secretsmanager:eu-west-1:${security}:secret:orders/prod/database-AbCdEf`;
const secret = (kmsKeyId?: string, outputs: object = { arn }) =>
  declare("secret", { name: "orders/prod/database", ...(kmsKeyId ? { kmsKeyId } : {}) }, { outputs });
const allowing = (account: string, Effect = "Allow") =>
  policy({
    Effect,
    Action: "secretsmanager:GetSecretValue",
    Principal: { AWS: `arn:aws:iam::${account}:root` },
    Resource: "*",
  });
const beside = (one: ReturnType<typeof secret>, text: string) => [
  one,
  declare("secretPolicy", { secretArn: arn, policy: text }, { from: { secretArn: [one] } }),
];

testRule(secretCrossAccountKey, {
  passes: {
    "a key of one's own": beside(secret("alias/prod/configuration"), allowing(prod)),
    "AWS's key, read in the own account": beside(secret(), allowing(security)),
    "another account is denied": beside(secret(), allowing(prod, "Deny")),
    "no policy": [secret()],
  },
  fails: {
    "the own account and another": {
      program: beside(
        secret(),
        policy({
          Action: "secretsmanager:GetSecretValue",
          Principal: { AWS: [security, prod] },
          Resource: "*",
        }),
      ),
      at: "kmsKeyId is not a key of your own",
    },

    "no key": { program: beside(secret(), allowing(prod)), at: "kmsKeyId is not a key of your own" },
    "AWS's key": {
      program: beside(secret("alias/aws/secretsmanager"), allowing(prod)),
      at: "kmsKeyId is not a key of your own",
    },
    "the policy on the secret itself": {
      program: declare("secret", { policy: allowing(prod) }, { outputs: { arn } }),
      at: "kmsKeyId is not a key of your own",
    },
  },
  undecided: {
    "whose account it is": {
      program: declare(
        "secret",
        { name: "orders/prod/database", policy: allowing(prod) },
        { outputs: { arn: later } },
      ),
      at: "arn is not known",
    },
  },
});
