import { secretCrossAccountKey } from "../../../../policies/rules/secretsmanager/secret-cross-account-key";
import { testRule, type Program } from "../../support/cases";
import { declare, document, later, policy, prod, security, type StatementInput } from "../../support/program";

const arn = `arn:aws:secretsmanager:eu-west-1:${security}:secret:orders/prod/database-AbCdEf`;
const secret = (kmsKeyId?: string, outputs: object = { arn }) =>
  declare("secret", { name: "orders/prod/database", ...(kmsKeyId ? { kmsKeyId } : {}) }, { outputs });
const reading = (Principal: unknown, more: StatementInput = {}): StatementInput => ({
  Action: "secretsmanager:GetSecretValue",
  Principal,
  Resource: "*",
  ...more,
});
const root = (account: string) => ({ AWS: `arn:aws:iam::${account}:root` });
const allowing = (account: string, Effect = "Allow") => policy(reading(root(account), { Effect }));
const beside = (one: ReturnType<typeof secret>, text: string, from = {}) => [
  one,
  declare("secretPolicy", { secretArn: arn, policy: text }, { from: { secretArn: [one], ...from } }),
];
/** Of a secret under AWS's key; in a preview its ARN is not known. */
const held = (...statements: StatementInput[]): Program => beside(secret(), policy(...statements));
const heldLater = (...statements: StatementInput[]): Program =>
  declare(
    "secret",
    { name: "orders/prod/database", policy: policy(...statements) },
    { outputs: { arn: later } },
  );
const by = (key: string, value: unknown, operator = "StringEquals") => ({
  Condition: { [operator]: { [key]: value } },
});
const role = (account: string) => `arn:aws:iam::${account}:role/services/orders/api`;
const at = "kmsKeyId is not a key of your own";
const elsewhere = declare("parameter", { type: "String" });

testRule(secretCrossAccountKey, {
  passes: {
    "a key of one's own": beside(secret("alias/prod/configuration"), allowing(prod)),
    "a key of one's own for the organisation": beside(
      secret("alias/prod/configuration"),
      policy(reading("*", by("aws:PrincipalOrgID", "o-exampleorgid"))),
    ),
    "AWS's key, read in the own account": beside(secret(), allowing(security)),
    "another account is denied": beside(secret(), allowing(prod, "Deny")),
    "no policy": [secret()],
    "everybody is denied": held(reading("*", { Effect: "Deny" })),
    "everybody of the own account": held(reading("*", by("aws:PrincipalAccount", security))),
    "roles of the own account among everybody": held(
      reading("*", by("aws:PrincipalArn", role(security), "ArnEquals")),
    ),
    "roles of any account, of which the own one is allowed": held(
      reading(root(security), by("aws:PrincipalArn", "arn:aws:iam::*:role/services/*", "ArnLike")),
    ),
    "the organisation, of which the own account is allowed": held(
      reading(root(security), by("aws:PrincipalOrgID", "o-exampleorgid")),
    ),
    "the organisation, of which all but the own account is denied": held(
      reading("*", by("aws:PrincipalOrgID", "o-exampleorgid")),
      reading("*", { Effect: "Deny", ...by("aws:PrincipalAccount", security, "StringNotEquals") }),
    ),
    "the organisation, of which all but roles of the own account are denied": held(
      reading("*", by("aws:PrincipalOrgID", "o-exampleorgid")),
      reading("*", { Effect: "Deny", ...by("aws:PrincipalArn", role(security), "ArnNotLike") }),
    ),
    "a service": held(reading({ Service: "lambda.amazonaws.com" })),
    "another account sees its name only": held({
      ...reading(root(prod)),
      Action: "secretsmanager:DescribeSecret",
    }),
  },
  fails: {
    "the own account and another": { program: held(reading({ AWS: [security, prod] })), at },
    "the own account and another, the own one unknown": {
      program: heldLater(reading({ AWS: [security, prod] })),
      at,
    },
    "roles of the own account and of another, the own one unknown": {
      program: heldLater(reading({ AWS: [role(security), role(prod)] })),
      at,
    },
    "accounts in two statements, the own one unknown": {
      program: heldLater(reading(root(security)), reading(root(prod))),
      at,
    },
    "roles of both accounts in one condition": {
      program: held(reading("*", by("aws:PrincipalArn", [role(security), role(prod)], "ArnLike"))),
      at,
    },
    "both accounts in one condition": {
      program: held(reading("*", by("aws:PrincipalAccount", [security, prod]))),
      at,
    },
    "both accounts in one condition, the own one unknown": {
      program: heldLater(reading("*", by("aws:PrincipalAccount", [security, prod]))),
      at,
    },
    "accounts by a pattern": {
      program: held(reading("*", by("aws:PrincipalAccount", "3333*", "StringLike"))),
      at,
    },
    "the organisation": {
      program: held(reading("*", by("aws:PrincipalOrgID", "o-exampleorgid"))),
      at: `${at}, and the policy allows every account of the organisation`,
    },
    "the organisation, the own account unknown": {
      program: heldLater(reading({ AWS: "*" }, by("aws:PrincipalOrgID", ["o-exampleorgid"]))),
      at,
    },
    "a part of the organisation": {
      program: held(
        reading("*", by("aws:PrincipalOrgPaths", "o-exampleorgid/r-ab12/*", "ForAnyValue:StringLike")),
      ),
      at,
    },
    "the organisation, of which all but roles of two accounts are denied": {
      program: held(
        reading("*", by("aws:PrincipalOrgID", "o-exampleorgid")),
        reading("*", {
          Effect: "Deny",
          ...by("aws:PrincipalArn", [role(security), role(prod)], "ArnNotLike"),
        }),
      ),
      at: `${at}, and the policy allows another account`,
    },
    "the organisation, of which strangers are denied again": {
      program: held(
        reading("*", by("aws:PrincipalOrgID", "o-exampleorgid")),
        reading("*", { Effect: "Deny", ...by("aws:PrincipalOrgID", "o-exampleorgid", "StringNotEquals") }),
      ),
      at: `${at}, and the policy allows every account of the organisation`,
    },
    everybody: { program: held(reading("*")), at: `${at}, and the policy allows every account` },
    "everybody but one": {
      program: held({ ...reading(undefined), NotPrincipal: { AWS: role(prod) } }),
      at,
    },
    "roles of any account": {
      program: held(reading("*", by("aws:PrincipalArn", "arn:aws:iam::*:role/services/*", "ArnLike"))),
      at,
    },
    "roles of any account, the own one unknown": {
      program: heldLater(reading("*", by("aws:PrincipalArn", "arn:aws:iam::*:role/services/*", "ArnLike"))),
      at,
    },
    "a session of a role of another account": {
      program: held(reading({ AWS: `arn:aws:sts::${prod}:assumed-role/api/session` })),
      at,
    },
    "the own account, if it is said": {
      program: held(reading("*", by("aws:PrincipalAccount", security, "StringEqualsIfExists"))),
      at,
    },
    "all but some actions": {
      program: held({
        ...reading(root(prod)),
        Action: undefined,
        NotAction: "secretsmanager:PutSecretValue",
      }),
      at,
    },
    "no key": { program: beside(secret(), allowing(prod)), at },
    "AWS's key": { program: beside(secret("alias/aws/secretsmanager"), allowing(prod)), at },
    "AWS's key by ARN": {
      program: beside(
        secret(`arn:aws:kms:eu-west-1:${security}:alias/aws/secretsmanager`),
        policy(reading("*", by("aws:PrincipalOrgID", "o-exampleorgid"))),
      ),
      at,
    },
    "the policy on the secret itself": {
      program: declare("secret", { policy: allowing(prod) }, { outputs: { arn } }),
      at,
    },
  },
  undecided: {
    "whose account it is": { program: heldLater(reading(root(prod))), at: "arn is not known" },
    "the policy": {
      program: [elsewhere, ...beside(secret(), later, { policy: [elsewhere] })],
      at: "policy is not known",
    },
    "whom a statement names": {
      program: declare("secret", { policy: document(reading({ AWS: later })) }, { outputs: { arn } }),
      at: "policy is not known",
    },
    "which account a condition names": {
      program: declare(
        "secret",
        { policy: document(reading("*", by("aws:PrincipalAccount", later))) },
        { outputs: { arn } },
      ),
      at: "policy is not known",
    },
  },
});
