import { type DocumentedCase, itDecides } from "../support/documentedCase";
import { all, arnsOf, prod, security, type Statement } from "../support/world";

const home = arnsOf({});
const abroad = arnsOf({ account: prod });
const decrypts = { action: "kms:Decrypt" } as const;
const opened = (AWS: unknown, Condition?: unknown): Statement => ({
  Sid: "Opened",
  Effect: "Allow",
  Principal: { AWS },
  Action: "kms:Decrypt",
  Resource: "*",
  ...(Condition !== undefined && { Condition }),
});
const decryptsOn = (Resource: string): Statement => ({
  Sid: "Decrypt",
  Effect: "Allow",
  Action: "kms:Decrypt",
  Resource,
});
const aliases = (operator: string, value: unknown): Statement => ({
  ...all,
  Condition: { [operator]: { "kms:ResourceAliases": value } },
});

const cases: readonly DocumentedCase[] = [
  {
    name: "a wildcard of an ARN's condition stays within its part, also where the rest would fit",
    page: "keyConditions",
    ...decrypts,
    identity: [all],
    key: [
      opened(home.root, {
        ArnLike: { "kms:EncryptionContext:SecretARN": "arn:aws:secretsmanager:*:secret:orders/*" },
      }),
    ],
    refusedBy: "resource",
  },
  {
    name: "ForAnyValue fails of a key that is not there, negated too",
    page: "severalValues",
    identity: [aliases("ForAnyValue:StringNotEquals", "alias/x")],
    refusedBy: "identity",
  },
  {
    name: "a key's policy that is silent refuses its own account too",
    page: "keyPolicies",
    ...decrypts,
    identity: [all],
    key: [],
    refusedBy: "resource",
  },
  {
    name: "a key open to the account leaves it to the role's policies",
    page: "defaultKeyPolicy",
    ...decrypts,
    key: [opened(home.root)],
    refusedBy: "identity",
  },
  {
    name: "which then may allow",
    page: "defaultKeyPolicy",
    ...decrypts,
    key: [opened(home.root)],
    identity: [decryptsOn(home.key)],
  },
  {
    name: "a key open to the role by its name needs no policy of the role's",
    page: "keyPolicies",
    ...decrypts,
    key: [opened(home.principal)],
  },
  {
    name: "a key abroad needs both",
    page: "keyAbroad",
    ...decrypts,
    account: prod,
    key: [opened(abroad.principal)],
    refusedBy: "identity",
  },
  {
    name: "and has them",
    page: "keyAbroad",
    ...decrypts,
    account: prod,
    key: [opened(abroad.root)],
    identity: [decryptsOn(home.key)],
  },
  {
    name: "a policy that names an alias as its resource names no key",
    page: "keyConditions",
    ...decrypts,
    key: [opened(home.root)],
    identity: [decryptsOn(home.key.replace(/key\/.*/, "alias/prod/configuration"))],
    refusedBy: "identity",
  },
  {
    name: "through Secrets Manager where the key asks for it",
    page: "keyConditions",
    ...decrypts,
    identity: [all],
    key: [
      opened(home.root, { StringEquals: { "kms:ViaService": "secretsmanager.eu-west-1.amazonaws.com" } }),
    ],
  },
  {
    name: "directly where the key asks for Secrets Manager",
    page: "keyConditions",
    ...decrypts,
    way: "directly",
    identity: [all],
    key: [
      opened(home.root, { StringEquals: { "kms:ViaService": "secretsmanager.eu-west-1.amazonaws.com" } }),
    ],
    refusedBy: "resource",
  },
  {
    name: "through Secrets Manager of another region than the key asks for",
    page: "keyConditions",
    ...decrypts,
    identity: [all],
    key: [
      opened(home.root, { StringEquals: { "kms:ViaService": "secretsmanager.eu-central-1.amazonaws.com" } }),
    ],
    refusedBy: "resource",
  },
  {
    name: "under the encryption context of the secret",
    page: "secretsKey",
    ...decrypts,
    identity: [all],
    key: [
      opened(home.root, {
        StringLike: { "kms:EncryptionContext:SecretARN": home.secret.replace("a1B2c3", "??????") },
      }),
    ],
  },
  {
    name: "under that of another",
    page: "secretsKey",
    ...decrypts,
    identity: [all],
    key: [
      opened(home.root, {
        StringLike: { "kms:EncryptionContext:SecretARN": home.secret.replace("a1B2c3", "?????") },
      }),
    ],
    refusedBy: "resource",
  },
  {
    name: "the key asks for the caller's account",
    page: "keyConditions",
    ...decrypts,
    identity: [all],
    key: [opened("*", { StringEquals: { "kms:CallerAccount": security } })],
  },
  { name: "AWS's own key is open to its account without more", page: "secretsKey", ...decrypts, key: null },
  {
    name: "AWS's own key is closed to other accounts",
    page: "secretsAbroad",
    ...decrypts,
    account: prod,
    identity: [all],
    key: null,
    refusedBy: "resource",
  },
  {
    name: "AWS's own key is closed to direct use",
    page: "secretsKey",
    ...decrypts,
    way: "directly",
    identity: [all],
    key: null,
    refusedBy: "resource",
  },
  {
    name: "one of the key's aliases is enough for ForAnyValue",
    page: "keyConditions",
    ...decrypts,
    key: [opened(home.root)],
    identity: [aliases("ForAnyValue:StringEquals", ["alias/x", "alias/prod/configuration"])],
  },
  {
    name: "another alias is not",
    page: "keyConditions",
    ...decrypts,
    key: [opened(home.root)],
    identity: [aliases("ForAnyValue:StringEquals", "alias/prod/orders")],
    refusedBy: "identity",
  },
  {
    name: "ForAllValues holds where the call has no such key",
    page: "severalValues",
    identity: [aliases("ForAllValues:StringEquals", "alias/prod/orders")],
  },
  {
    name: "ForAnyValue does not",
    page: "severalValues",
    identity: [aliases("ForAnyValue:StringEquals", "alias/prod/configuration")],
    refusedBy: "identity",
  },
  {
    name: "China's service by AWS's domain alone is not told from the other",
    page: "keyConditions",
    region: "cn-north-1",
    ...decrypts,
    identity: [all],
    key: [
      opened("arn:aws-cn:iam::111111111111:root", {
        StringEquals: {
          "kms:ViaService": [
            "secretsmanager.cn-north-1.amazonaws.com",
            "secretsmanager.cn-north-1.amazonaws.com.cn",
          ],
        },
      }),
    ],
  },
];

describe("AWS's pages decide about keys", () => itDecides(cases));
