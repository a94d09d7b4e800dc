import { keyPolicy } from "../../../../policies/rules/kms/key-policy";
import { testRule } from "../../support/cases";
import { declare, document, later, policy, prod, security, type StatementInput } from "../../support/program";

const key = declare("key", {}, { name: "key" });
const elsewhere = declare("parameter", { type: "String" });
const root = { AWS: `arn:aws:iam::${security}:root` };
const administrator = `arn:aws:iam::${security}:role/platform-administrator`;
const named = { ArnEquals: { "aws:PrincipalArn": administrator } };
const all = (more: StatementInput = {}): StatementInput => ({
  Sid: "Enable IAM User Permissions",
  Principal: root,
  Action: "kms:*",
  Resource: "*",
  ...more,
});
const administration: StatementInput = { ...all(), Sid: "Administration", Condition: named };
const inline = (...statements: StatementInput[]) => declare("key", { policy: policy(...statements) });
const beside = (text: string, from: typeof key = key) =>
  declare("keyPolicy", { keyId: later, policy: text }, { name: "beside", from: { keyId: [from] } });
const refused = (Condition: unknown) => ({ program: inline(all({ Condition })), at: byDefault });
const byDefault = 'policy statement "Enable IAM User Permissions" lets';

testRule(keyPolicy, {
  passes: {
    "who administers by name, and who uses": inline(administration, {
      Sid: "Use",
      Principal: root,
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: "*",
      Condition: { StringEquals: { "aws:PrincipalTag/service": "orders" } },
    }),
    "a policy beside it": [key, beside(policy(administration))],
    "a role as the principal of everything": inline(all({ Principal: { AWS: administrator } })),
    "the account through one service": inline(administration, {
      ...all(),
      Condition: { StringEquals: { "kms:ViaService": "ec2.eu-west-1.amazonaws.com" } },
    }),
    "the account, for one thing that is encrypted": inline(administration, {
      ...all(),
      Condition: {
        StringEquals: { "kms:EncryptionContext:SecretARN": "arn:aws:secretsmanager:*:*:secret:a" },
      },
    }),
    "the account, which looks at the key": inline(administration, {
      ...all(),
      Action: ["kms:Describe*", "kms:List*", "kms:Get*"],
    }),
    "the account, which administers": inline({ ...all(), Action: ["kms:Put*", "kms:ScheduleKeyDeletion"] }),
    "the account, while decrypting is denied to all but one role": inline(all(), {
      Effect: "Deny",
      Principal: "*",
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: "*",
      Condition: { ArnNotEquals: { "aws:PrincipalArn": administrator } },
    }),
    "a text that others say cannot be read": declare("key", { policy: "{}" }),
  },
  fails: {
    none: { program: key, at: "policy is missing", on: "key" },
    "none but the provider's answer": {
      program: { ...key, outputs: { policy: later } },
      at: "policy is missing",
    },
    "none on a replica": { program: declare("replicaKey", { primaryKeyArn: "a" }), at: "policy is missing" },
    "another key's policy": {
      program: [key, declare("keyPolicy", { keyId: "other", policy: "{}" })],
      at: "policy is missing",
    },
    "the default policy": {
      program: inline(all()),
      at: `${byDefault} account ${security} give use and administration away by any identity policy`,
    },
    "the default policy as an object": {
      program: declare("key", { policy: document(all()) }),
      at: byDefault,
    },
    "the default policy on a replica": {
      program: declare("replicaKey", { primaryKeyArn: "a", policy: policy(all()) }),
      at: byDefault,
    },
    "the default policy on a key from elsewhere": {
      program: declare("externalKey", { policy: policy(all()) }),
      at: byDefault,
    },
    "none on a replica of a key from elsewhere": {
      program: declare("replicaExternalKey", { primaryKeyArn: "a" }),
      at: "policy is missing",
    },
    "the default policy beside it": { program: [key, beside(policy(all()))], at: byDefault, on: "beside" },
    "a policy of its own, and the default one beside it": {
      program: [inline(administration), beside(policy(all()), inline(administration))],
      at: byDefault,
      on: "beside",
    },
    "the account's number": { program: inline(all({ Principal: { AWS: security } })), at: byDefault },
    "the account in a list": {
      program: inline(all({ Principal: { AWS: [administrator, `arn:aws:iam::${security}:root`] } })),
      at: byDefault,
    },
    "everything there is": { program: inline(all({ Action: "*" })), at: byDefault },
    "in capitals": { program: inline(all({ Action: "KMS:*" })), at: byDefault },
    "each action by name": {
      program: inline(
        all({ Action: ["kms:Create*", "kms:Put*", "kms:Schedule*", "kms:Encrypt", "kms:Decrypt"] }),
      ),
      at: byDefault,
    },
    "everything but one action": {
      program: inline(all({ Action: undefined, NotAction: "kms:DeleteAlias" })),
      at: byDefault,
    },
    "in two statements": {
      program: inline(
        { ...all(), Sid: "One", Action: ["kms:Put*", "kms:Describe*"] },
        { ...all(), Sid: "Two", Action: ["kms:Decrypt", "kms:Encrypt"] },
      ),
      at: 'policy statement "Two" lets',
    },
    "beside who uses it by name": {
      program: inline(all(), { ...all(), Sid: "Use", Action: "kms:Decrypt", Condition: named }),
      at: byDefault,
    },
    "everybody of the account": {
      program: inline(
        all({ Principal: "*", Condition: { StringEquals: { "kms:CallerAccount": security } } }),
      ),
      at: byDefault,
    },
    "everybody but one role": {
      program: inline(all({ Principal: undefined, NotPrincipal: { AWS: administrator } })),
      at: byDefault,
    },
    "a condition on the account": refused({ StringEquals: { "aws:PrincipalAccount": security } }),
    "a condition on the organisation": refused({ StringEquals: { "aws:PrincipalOrgID": "o-exampleorgid" } }),
    "a condition on transport": refused({ Bool: { "aws:SecureTransport": "true" } }),
    "every principal there is": refused({ ArnLike: { "aws:PrincipalArn": "*" } }),
    "every principal of the account": refused({
      ArnLike: { "aws:PrincipalArn": [administrator, `arn:aws:iam::${security}:*`] },
    }),
    "every role of any account": refused({ StringLike: { "aws:PrincipalArn": "arn:*:iam::*:role/*" } }),
    "a role, if there is one": refused({ ArnEqualsIfExists: { "aws:PrincipalArn": administrator } }),
    "every value a role has": refused({
      "ForAllValues:StringEquals": { "aws:PrincipalTag/service": "orders" },
    }),
    "any service": refused({ StringLike: { "kms:ViaService": "*" } }),
    "a denial to one role": {
      program: inline(all(), {
        Effect: "Deny",
        Principal: { AWS: administrator },
        Action: "kms:Decrypt",
        Resource: "*",
      }),
      at: byDefault,
    },
    "a denial that spares everybody": {
      program: inline(all(), {
        Effect: "Deny",
        Principal: "*",
        Action: "kms:*",
        Resource: "*",
        Condition: { ArnNotLike: { "aws:PrincipalArn": `arn:aws:iam::${security}:role/*` } },
      }),
      at: byDefault,
    },
    "another account as a whole": {
      program: inline(administration, all({ Principal: { AWS: prod } })),
      at: `${byDefault} account ${prod}`,
    },
  },
  undecided: {
    "which key a policy is for": {
      program: [
        key,
        elsewhere,
        declare("keyPolicy", { keyId: later, policy: "{}" }, { from: { keyId: [elsewhere] } }),
      ],
      at: "keyId of a KeyPolicy",
    },
    "the policy": {
      program: [elsewhere, declare("key", { policy: later }, { from: { policy: [elsewhere] } })],
      at: "policy is not known",
    },
    "a whole statement": {
      program: declare("key", { policy: document(administration, later) }),
      at: "policy.Statement[1] is not known",
    },
    "whom a statement names": {
      program: declare("key", { policy: document(all({ Principal: { AWS: later } })) }),
      at: "policy.Statement[0] is not known",
    },
    "which role a condition names": {
      program: declare("key", {
        policy: document(all({ Condition: { ArnEquals: { "aws:PrincipalArn": later } } })),
      }),
      at: "policy.Statement[0] is not known",
    },
    "what a statement lets do": {
      program: declare("key", { policy: document(all({ Action: ["kms:PutKeyPolicy", later] })) }),
      at: "policy.Statement[0] is not known",
    },
  },
});
