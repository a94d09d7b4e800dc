import { iamDecryptStar } from "../../../../policies/rules/iam/iam-decrypt-star";
import { testRule } from "../../support/cases";
import { declare, document, later, policy, security, type StatementInput } from "../../support/program";

const everyKey = `arn:aws:kms:*:${security}:key/*`;
const key = `arn:aws:kms:eu-west-1:${security}:key/1111`;
const aliases = { "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/prod/configuration" } };
const context = {
  StringLike: { "kms:EncryptionContext:SecretARN": "arn:aws:secretsmanager:*:*:secret:orders/*" },
};
const on = (Resource: unknown, more: StatementInput = {}) =>
  declare("rolePolicy", { role: "r", policy: document({ Action: "kms:Decrypt", Resource, ...more }) });

testRule(iamDecryptStar, {
  passes: {
    "a bucket": on("arn:aws:s3:::bucket/*"),

    "a key": on(key),
    "keys by alias and context": on(everyKey, { Condition: { ...aliases, ...context } }),
    "keys by the pattern of an alias and context": on(everyKey, {
      Condition: { "ForAnyValue:StringLike": { "kms:ResourceAliases": "alias/prod/*" }, ...context },
    }),
    "keys by the pattern of an alias's name": on(`arn:aws:kms:eu-west-1:${security}:alias/prod/*`),
    "encrypting with every key": on(everyKey, { Action: "kms:Encrypt" }),
    "a denial": on("*", { Effect: "Deny" }),
    "something else on every resource": on("*", { Action: "ec2:DescribeVpcs" }),
    "a boundary, which gives nothing": (() => {
      const boundary = declare("managedPolicy", {
        policy: policy({ Action: "kms:Decrypt", Resource: everyKey }),
      });
      const role = declare(
        "role",
        { assumeRolePolicy: "{}", permissionsBoundary: later },
        { from: { permissionsBoundary: [boundary] } },
      );
      return [boundary, role];
    })(),
  },
  fails: {
    star: { program: on("*"), at: "policy statement 1 lets decrypt with every key" },
    "every key of an account": { program: on(everyKey), at: "policy statement 1 lets decrypt" },
    ...Object.fromEntries(
      ["*", "alias/*", "alias/?*", "?*", "a*", "alias*", "alias/${aws:PrincipalTag/service}"].map((alias) => [
        `by any alias: ${alias}`,
        {
          program: on(everyKey, {
            Condition: {
              "ForAnyValue:StringLike": { "kms:ResourceAliases": ["alias/prod/configuration", alias] },
              ...context,
            },
          }),
          at: "policy statement 1 lets decrypt with every key",
        },
      ]),
    ),
    "by any alias that there is": {
      program: on(everyKey, { Condition: { Null: { "kms:ResourceAliases": "false" }, ...context } }),
      at: "policy statement 1 lets decrypt",
    },
    "by all of no aliases": {
      program: on(everyKey, {
        Condition: {
          "ForAllValues:StringEquals": { "kms:ResourceAliases": "alias/prod/configuration" },
          ...context,
        },
      }),
      at: "policy statement 1 lets decrypt",
    },
    "by alias and the context of any secret": {
      program: on(everyKey, {
        Condition: {
          ...aliases,
          StringLike: { "kms:EncryptionContext:SecretARN": "arn:aws:secretsmanager:*:*:secret:*" },
        },
      }),
      at: "policy statement 1 lets decrypt",
    },
    "AWS's policy of administrators": {
      program: declare("rolePolicyAttachment", {
        role: "r",
        policyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
      }),
      at: "policyArn statement 1 lets decrypt",
    },
    "by alias only": { program: on(everyKey, { Condition: aliases }), at: "policy statement 1 lets decrypt" },
    "by context only": {
      program: on(everyKey, { Condition: context }),
      at: "policy statement 1 lets decrypt",
    },
    "re-encrypting": {
      program: on("*", { Action: "kms:ReEncrypt*" }),
      at: "policy statement 1 lets decrypt",
    },
    "all actions": { program: on(everyKey, { Action: "*" }), at: "policy statement 1 lets decrypt" },
    "every key but some": {
      program: declare("rolePolicy", {
        role: "r",
        policy: document({ Action: "kms:Decrypt", NotResource: key }),
      }),
      at: "policy statement 1 lets decrypt",
    },
    "a managed policy": {
      program: declare("managedPolicy", { policy: policy({ Action: "kms:Decrypt", Resource: "*" }) }),
      at: "policy statement 1 lets decrypt",
    },
    "a boundary that is attached as well": {
      program: (() => {
        const both = declare(
          "managedPolicy",
          { policy: policy({ Action: "kms:Decrypt", Resource: "*" }) },
          { name: "both" },
        );
        const role = declare(
          "role",
          { name: "r", assumeRolePolicy: "{}", permissionsBoundary: later },
          { from: { permissionsBoundary: [both] } },
        );
        return [
          both,
          role,
          declare("rolePolicyAttachment", { role: "r", policyArn: later }, { from: { policyArn: [both] } }),
        ];
      })(),
      at: "policy statement 1 lets decrypt",
      on: "both",
    },
    "inside a role": {
      program: declare("role", {
        assumeRolePolicy: "{}",
        inlinePolicies: [{ name: "p", policy: policy({ Action: "kms:Decrypt", Resource: "*" }) }],
      }),
      at: "inlinePolicies[0].policy statement 1 lets decrypt",
    },
  },
  undecided: {
    "the key": { program: on(later), at: "policy.Statement[0].Resource is not known" },
    "the action": { program: on(everyKey, { Action: later }), at: "policy.Statement[0].Action is not known" },
  },
});
