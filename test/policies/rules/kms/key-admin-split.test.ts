import type { RegisteredResource } from "../../../../policies/pack/evaluate";
import { keyAdminSplit } from "../../../../policies/rules/kms/key-admin-split";
import { testRule, type Program } from "../../support/cases";
import { declare, document, later, policy, security, type StatementInput } from "../../support/program";

const root = { AWS: `arn:aws:iam::${security}:root` };
const deployer = `arn:aws:iam::${security}:role/platform-deployer`;
const reader = `arn:aws:iam::${security}:role/platform/break-glass`;
const by = (role: string, more: object = {}) => ({ ArnLike: { "aws:PrincipalArn": role }, ...more });
const administration = (Condition: object = by(deployer)): StatementInput => ({
  Sid: "Administration",
  Action: ["kms:PutKeyPolicy", "kms:ScheduleKeyDeletion"],
  Principal: root,
  Resource: "*",
  Condition,
});
const use = (Condition: object, Action: unknown = "kms:Decrypt"): StatementInput => ({
  Sid: "Use",
  Action,
  Principal: root,
  Resource: "*",
  Condition,
});
const via = (...services: string[]) => ({ StringEquals: { "kms:ViaService": services } });
const key = (...statements: StatementInput[]) => declare("key", { policy: policy(...statements) });
const reads = (who: string) => `policy statement "Use" lets ${who} read`;

const session = `arn:aws:sts::${security}:assumed-role/platform-deployer/ci`;
const everything = (Action: unknown, more: StatementInput = {}) =>
  key({ Sid: "All", Action, Principal: { AWS: deployer }, Resource: "*", ...more });
const both = `policy statement "All" lets ${deployer} read`;

/** A secret under a key that the deployer administers. */
const held = (...statements: StatementInput[]): Program =>
  secretUnder(key(administration()), policy(...statements));
const secretUnder = (one: RegisteredResource, text: string, from = {}): Program => {
  const secret = declare("secret", { kmsKeyId: later }, { name: "secret", from: { kmsKeyId: [one] } });
  return [
    one,
    secret,
    declare(
      "secretPolicy",
      { secretArn: later, policy: text },
      { name: "policy", from: { secretArn: [secret], ...from } },
    ),
  ];
};
const deny = (Condition: object, more: StatementInput = {}): StatementInput => ({
  Effect: "Deny",
  Action: "secretsmanager:GetSecretValue",
  Principal: { AWS: "*" },
  Resource: "*",
  Condition,
  ...more,
});
const butFor = (...roles: string[]) => ({ ArnNotLike: { "aws:PrincipalArn": roles } });
const readBySecret = (who: string) => `policy lets ${who} read, which also administers the key`;

const granting = (granteePrincipal: string, operations: string[], from = {}): Program => [
  key(administration()),
  declare("keyGrant", { keyId: later, granteePrincipal, operations }, { from: { keyId: [key()], ...from } }),
];

testRule(keyAdminSplit, {
  passes: {
    "a grant to a reader": granting(reader, ["Decrypt"]),
    "a grant to the deployer of what opens nothing": granting(deployer, ["Encrypt", "GenerateDataKey"]),
    "a secret that spares a reader only": held(deny(butFor(reader))),
    "a secret that spares the deployer once, and denies it another time": held(
      deny(butFor(reader, deployer)),
      deny(butFor(reader)),
    ),
    "a secret that spares the deployer, and denies it by name": held(
      deny(butFor(reader, deployer)),
      deny({ ArnEquals: { "aws:PrincipalArn": deployer } }, { Action: "secretsmanager:*" }),
    ),
    "a secret that spares the deployer of changes": held(
      deny(butFor(deployer), { Action: "secretsmanager:PutResourcePolicy" }),
      deny(butFor(reader)),
    ),
    "a secret that keeps strangers out": held(
      deny({ StringNotEquals: { "aws:PrincipalOrgID": "o-exampleorgid" } }),
      deny(butFor(reader)),
    ),
    "a secret that lets the account read, and denies it all but one role": held(
      { ...deny({}), Effect: "Allow", Principal: root },
      deny(butFor(reader)),
    ),
    "a secret that spares the deployer, under another key": secretUnder(
      key(administration(by(`arn:aws:iam::${security}:role/platform-administrator`))),
      policy(deny(butFor(deployer))),
    ),
    "a secret under a key that the account administers": secretUnder(
      key({ ...administration(), Condition: undefined }),
      policy(deny(butFor(reader))),
    ),
    "a secret that spares the deployer, under AWS's own key": declare("secret", {
      policy: policy(deny(butFor(deployer))),
    }),
    "everything, and a denial of reading": key(
      { Sid: "All", Action: "kms:*", Principal: { AWS: deployer }, Resource: "*" },
      {
        Effect: "Deny",
        Action: ["kms:Decrypt", "kms:ReEncrypt*", "kms:CreateGrant"],
        Principal: { AWS: deployer },
        Resource: "*",
      },
    ),
    "wildcards that hold no use": everything(["kms:P*", "kms:S*", "kms:Describe*", "kms:Di*", "kms:En*"]),
    "wildcards that hold no administration": everything(["kms:*crypt", "kms:Generate*", "kms:DescribeKey"]),
    "two roles": key(administration(), use(by(reader))),
    "a deployer that puts values through Secrets Manager": key(
      administration(),
      use(by(deployer, via("secretsmanager.eu-west-1.amazonaws.com")), [
        "kms:Decrypt",
        "kms:GenerateDataKey",
      ]),
    ),
    "a deployer that sets functions' environments": key(
      administration(),
      use(by(deployer, via("lambda.eu-west-1.amazonaws.com")), ["kms:Decrypt", "kms:CreateGrant"]),
    ),
    "a deployer that only encrypts": key(
      administration(),
      use(by(deployer), ["kms:GenerateDataKey", "kms:Encrypt"]),
    ),
    "a secret's policy that spares readers and rotators": held(
      deny(
        butFor(
          reader,
          `arn:aws:iam::${security}:role/rotation/*`,
          `arn:aws:iam::${security}:role/serverlessrepo-spabcdefg-*`,
        ),
      ),
    ),
    "a secret under a key of another stack": declare("secret", { kmsKeyId: later, policy: policy({}) }),
    "a service that decrypts": key(administration(), {
      Action: "kms:Decrypt",
      Principal: { Service: "logs.amazonaws.com" },
      Resource: "*",
    }),
  },
  fails: {
    "everything, to one role": { program: everything("kms:*"), at: both },
    "everything there is, to one role": { program: everything("*"), at: both },
    "everything but one action": {
      program: everything(undefined, { NotAction: "kms:UpdateAlias" }),
      at: both,
    },
    "one wildcard for both": { program: everything("kms:D*"), at: both },
    "one longer wildcard for both": { program: everything("kms:De*"), at: both },
    "a wildcard in the middle for both": { program: everything("kms:D*e*"), at: both },
    "a wildcard in front for both": { program: everything("kms:*e*"), at: both },
    "a wildcard and a question mark for both": {
      program: everything("k?s:Dis*", { Action: ["k?s:Dis*", "KMS:?ecrypt"] }),
      at: both,
    },
    "one wildcard for re-encryption and copies in other regions": {
      program: everything("kms:Re*"),
      at: both,
    },
    "one wildcard for grants and saving a key from deletion": { program: everything("kms:C*"), at: both },
    "administers by a wildcard, reads by name": {
      program: key({ ...administration(), Action: "kms:Dis*" }, use(by(deployer))),
      at: reads(deployer),
    },
    "administers copies in other regions": {
      program: key({ ...administration(), Action: "kms:ReplicateKey" }, use(by(deployer))),
      at: reads(deployer),
    },
    "one wildcard of principals for both": {
      program: key(
        administration(by(`arn:aws:iam::${security}:role/platform-*`)),
        use(by(`arn:aws:iam::*:role/*-deployer`)),
      ),
      at: reads(`arn:aws:iam::${security}:role/*-deployer`),
    },
    "a session of the administrator": {
      program: key(administration(), { ...use({}), Principal: { AWS: session } }),
      at: reads(deployer),
    },
    "everything, and a denial of one way to read": {
      program: key(
        { Sid: "All", Action: "kms:*", Principal: { AWS: deployer }, Resource: "*" },
        { Effect: "Deny", Action: "kms:Decrypt", Principal: { AWS: deployer }, Resource: "*" },
      ),
      at: both,
    },
    "everything, and a denial in some regions": {
      program: key(
        { Sid: "All", Action: "kms:*", Principal: { AWS: deployer }, Resource: "*" },
        {
          Effect: "Deny",
          Action: "kms:*",
          Principal: "*",
          Resource: "*",
          Condition: { StringEquals: { "aws:RequestedRegion": "us-east-1" } },
        },
      ),
      at: both,
    },
    "a grant to the deployer": {
      program: granting(deployer, ["DescribeKey", "Decrypt"]),
      at: `operations let ${deployer} read, which also administers the key`,
      on: "keyGrant",
    },
    "a grant to a session of the deployer": {
      program: granting(session, ["ReEncryptFrom"]),
      at: `operations let ${session} read`,
    },
    "a secret spares the deployer": {
      program: held(deny(butFor(reader, deployer))),
      at: readBySecret(deployer),
      on: "policy",
    },
    "a secret spares the deployer by another operator": {
      program: held(deny({ StringNotEquals: { "aws:PrincipalArn": deployer } })),
      at: readBySecret(deployer),
    },
    "a secret spares every role of the account": {
      program: held(deny(butFor(`arn:aws:iam::${security}:role/*`))),
      at: readBySecret(deployer),
    },
    "a secret spares the deployer as no principal of the denial": {
      program: held(deny({}, { Principal: undefined, NotPrincipal: { AWS: [deployer, security] } })),
      at: readBySecret(deployer),
    },
    "a secret spares the deployer of every denial": {
      program: held(deny(butFor(reader, deployer), { Action: "secretsmanager:*" }), deny(butFor(deployer))),
      at: readBySecret(deployer),
    },
    "a secret denies all but some actions": {
      program: held(
        deny(butFor(deployer), { Action: undefined, NotAction: "secretsmanager:DescribeSecret" }),
      ),
      at: readBySecret(deployer),
    },
    "a secret allows the deployer": {
      program: held({ ...deny({}), Effect: "Allow", Principal: { AWS: deployer } }),
      at: readBySecret(deployer),
    },
    "a secret allows a session of the deployer": {
      program: held({ ...deny({}), Effect: "Allow", Principal: { AWS: session } }),
      at: readBySecret(deployer),
    },
    "a policy on the secret itself spares the deployer": {
      program: [
        key(administration()),
        declare(
          "secret",
          { kmsKeyId: later, policy: policy(deny(butFor(deployer))) },
          { name: "secret", from: { kmsKeyId: [key()] } },
        ),
      ],
      at: readBySecret(deployer),
      on: "secret",
    },
    "a secret under an alias of the key": {
      program: [
        key(administration()),
        declare(
          "keyAlias",
          { name: "alias/prod", targetKeyId: later },
          { name: "alias", from: { targetKeyId: [key()] } },
        ),
        declare(
          "secret",
          { kmsKeyId: "alias/prod", policy: policy(deny(butFor(deployer))) },
          { name: "secret" },
        ),
      ],
      at: readBySecret(deployer),
    },
    "a key whose policy is beside it": {
      program: [
        declare("key", {}, { name: "key" }),
        declare(
          "keyPolicy",
          { keyId: later, policy: policy(administration()) },
          { from: { keyId: [declare("key", {}, { name: "key" })] } },
        ),
        declare(
          "secret",
          { kmsKeyId: later, policy: policy(deny(butFor(deployer))) },
          { name: "secret", from: { kmsKeyId: [declare("key", {}, { name: "key" })] } },
        ),
      ],
      at: readBySecret(deployer),
    },
    "one of two administrators": {
      program: key(
        administration({
          ArnLike: { "aws:PrincipalArn": ["arn:aws:iam::111111111111:role/other", deployer] },
        }),
        use(by(deployer)),
      ),
      at: reads(deployer),
    },

    "the deployer reads": { program: key(administration(), use(by(deployer))), at: reads(deployer) },
    "the deployer reads through Parameter Store": {
      program: key(administration(), use(by(deployer, via("ssm.eu-west-1.amazonaws.com")))),
      at: reads(deployer),
    },
    "through Secrets Manager or Parameter Store": {
      program: key(
        administration(),
        use(by(deployer, via("secretsmanager.eu-west-1.amazonaws.com", "ssm.eu-west-1.amazonaws.com"))),
      ),
      at: reads(deployer),
    },
    "through Secrets Manager, if at all through a service": {
      program: key(
        administration(),
        use(
          by(deployer, {
            StringEqualsIfExists: { "kms:ViaService": "secretsmanager.eu-west-1.amazonaws.com" },
          }),
        ),
      ),
      at: reads(deployer),
    },
    "a pattern of roles that holds the deployer": {
      program: key(administration(), use(by(`arn:aws:iam::${security}:role/*`))),
      at: `policy statement "Use" lets arn:aws:iam::${security}:role/* read`,
    },
    "grants by the deployer": {
      program: key(administration(), use(by(deployer), "kms:CreateGrant")),
      at: reads(deployer),
    },
    "the deployer re-encrypts": {
      program: key(administration(), use(by(deployer), "kms:ReEncrypt*")),
      at: reads(deployer),
    },
    "who deletes reads": {
      program: key({ ...administration(), Action: "kms:ScheduleKeyDeletion" }, use(by(deployer))),
      at: reads(deployer),
    },
    "everything in one statement": {
      program: key({ Sid: "All", Action: "kms:*", Principal: root, Resource: "*" }),
      at: 'policy statement "All" lets',
    },
    "a secret's policy that spares a pattern of roles": {
      program: held(deny(butFor(`arn:aws:iam::${security}:role/platform-*`))),
      at: readBySecret(deployer),
      on: "policy",
    },
    "the role as a principal": {
      program: key(
        { ...administration({}), Principal: { AWS: deployer } },
        { ...use({}), Principal: { AWS: [reader, deployer] } },
      ),
      at: reads(deployer),
    },
  },
  undecided: {
    "what a grant lets do": {
      program: granting(deployer, ["Encrypt", later]),
      at: "operations is not known",
      on: "keyGrant",
    },
    "whom a grant is for": {
      program: granting(later, ["Decrypt"], { granteePrincipal: [key()] }),
      at: "granteePrincipal is not known",
      on: "keyGrant",
    },
    "a whole statement": {
      program: declare("key", { policy: document(administration(), later) }),
      at: "policy is not known",
    },
    "which role reads": {
      program: declare("key", { policy: document(administration(), use(by(later))) }),
      at: "policy is not known",
    },
    "which role administers": {
      program: declare("key", { policy: document(administration(by(later)), use(by(reader))) }),
      at: "policy is not known",
    },
    "whom a secret spares": {
      program: secretUnder(key(administration()), document(deny(butFor(later)))),
      at: "policy is not known",
      on: "policy",
    },
    "a secret's policy": {
      program: secretUnder(key(administration()), later, { policy: [key()] }),
      at: "policy is not known",
      on: "policy",
    },
    "one principal of two": {
      program: declare("key", {
        policy: document(administration(), { ...use({}), Principal: { AWS: [reader, later] } }),
      }),
      at: "policy is not known",
    },

    "the policy": { program: declare("key", { policy: later }), at: "policy is not known" },
    "a principal": {
      program: declare("key", {
        policy: document(administration(), { ...use({}), Principal: { AWS: later } }),
      }),
      at: "policy is not known",
    },
  },
});
