import type { RegisteredResource } from "../../../../policies/pack/evaluate";
import { secretKeyMatch } from "../../../../policies/rules/secretsmanager/secret-key-match";
import { testRule, type Program } from "../../support/cases";
import { declare, document, later, policy, prod, security, type StatementInput } from "../../support/program";

const api = `arn:aws:iam::${prod}:role/services/orders/orders-prod-api`;
const batch = `arn:aws:iam::${prod}:role/services/orders/orders-prod-batch`;
const breakGlass = `arn:aws:iam::${security}:role/platform/break-glass`;
const through = { "kms:ViaService": "secretsmanager.eu-west-1.amazonaws.com" };
const root = (account: string) => ({ AWS: `arn:aws:iam::${account}:root` });

const decrypt = (account: string, roles: string | string[], more: StatementInput = {}): StatementInput => ({
  Sid: "Consumers",
  Action: "kms:Decrypt",
  Principal: root(account),
  Resource: "*",
  Condition: { ArnLike: { "aws:PrincipalArn": roles }, StringEquals: through },
  ...more,
});
const read = (...roles: string[]) =>
  policy(
    {
      Action: ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
      Principal: root(prod),
      Resource: "*",
      Condition: { ArnEquals: { "aws:PrincipalArn": roles } },
    },
    {
      Effect: "Deny",
      Action: "secretsmanager:GetSecretValue",
      Principal: { AWS: "*" },
      Resource: "*",
      Condition: { ArnNotLike: { "aws:PrincipalArn": [...roles, breakGlass] } },
    },
  );

const elsewhere = declare("parameter", { type: "String" });

function program(keyPolicy: string, secretPolicy: string): Program {
  const key = declare("key", { policy: keyPolicy }, { name: "key", from: { policy: [elsewhere] } });
  const secret = declare(
    "secret",
    { name: "orders/prod/database", kmsKeyId: later },
    { name: "secret", from: { kmsKeyId: [key] } },
  );
  const beside = declare(
    "secretPolicy",
    { secretArn: later, policy: secretPolicy },
    { name: "policy", from: { secretArn: [secret] } },
  );
  return [elsewhere, key, secret, beside];
}

const aliased = (): Program => {
  const key = declare("key", { policy: policy(decrypt(prod, batch)) }, { name: "key" });
  const alias = declare(
    "keyAlias",
    { name: "alias/prod", targetKeyId: later },
    { name: "alias", from: { targetKeyId: [key] } },
  );
  const secret = declare("secret", { kmsKeyId: "alias/prod", policy: read(api) }, { name: "secret" });
  return [key, alias, secret];
};

const besideKey = (): Program => {
  const key = declare(
    "key",
    {},
    { name: "key", outputs: { arn: "arn:aws:kms:eu-west-1:111111111111:key/1" } },
  );
  const keyPolicy = declare(
    "keyPolicy",
    { keyId: later, policy: policy(decrypt(prod, batch)) },
    { from: { keyId: [key] } },
  );
  const secret = declare(
    "secret",
    { kmsKeyId: "arn:aws:kms:eu-west-1:111111111111:key/1", policy: read(api) },
    { name: "secret" },
  );
  return [key, keyPolicy, secret];
};

const staging = "222222222222";
const stagingRole = `arn:aws:iam::${staging}:role/services/orders/orders-staging-api`;
const viaOf = (...regions: string[]) => regions.map((region) => `secretsmanager.${region}.amazonaws.com`);
const via = (roles: string | string[], services: unknown, operator = "StringEquals"): StatementInput => ({
  Condition: { ArnLike: { "aws:PrincipalArn": roles }, [operator]: { "kms:ViaService": services } },
});
const denial = (Condition: object | undefined, more: StatementInput = {}): StatementInput => ({
  Effect: "Deny",
  Action: "kms:Decrypt",
  Principal: "*",
  Resource: "*",
  ...(Condition && { Condition }),
  ...more,
});
/** Only allows: nothing denies the rest of the account. */
const allow = (account: string, roles: string[], Action: unknown = "secretsmanager:GetSecretValue") =>
  policy({
    Action,
    Principal: root(account),
    Resource: "*",
    Condition: { ArnEquals: { "aws:PrincipalArn": roles } },
  });
const keyId = "11111111-2222-3333-4444-555555555555";
/** The same with key and secret that are there: their ARNs, and with them their region and account, are known. */
function existing(keyPolicy: string, secretPolicy: string, region = "eu-west-1"): Program {
  const keyArn = `arn:aws:kms:${region}:${security}:key/${keyId}`;
  const arn = `arn:aws:secretsmanager:${region}:${security}:secret:orders/prod/database-AbCdEf`;
  const key = declare("key", { policy: keyPolicy }, { name: "key", outputs: { arn: keyArn } });
  const secret = declare(
    "secret",
    { name: "orders/prod/database", kmsKeyId: keyArn },
    { name: "secret", outputs: { arn } },
  );
  return [key, secret, declare("secretPolicy", { secretArn: arn, policy: secretPolicy }, { name: "policy" })];
}
const inRegion = (region: string, keyPolicy: string): Program => {
  const key = declare("key", { policy: keyPolicy, region }, { name: "key" });
  return [
    key,
    declare(
      "secret",
      { name: "orders/prod/database", kmsKeyId: later, region, policy: read(api) },
      { name: "secret", from: { kmsKeyId: [key] } },
    ),
  ];
};
const provider: RegisteredResource = {
  urn: "urn:pulumi:prod::shop::pulumi:providers:aws::default",
  type: "pulumi:providers:aws",
  name: "default",
  inputs: { region: "eu-west-1" },
};

const granted = (
  operations: string[],
  keyArn = `arn:aws:kms:eu-west-1:${security}:key/${keyId}`,
): Program => [
  ...(existing(policy(decrypt(prod, api)), read(api)) as []),
  declare("keyGrant", { keyId: keyArn, granteePrincipal: stagingRole, operations }, { name: "grant" }),
];

testRule(secretKeyMatch, {
  passes: {
    "a grant of what opens nothing": granted(["Encrypt", "DescribeKey"]),
    "a grant on another key": granted(["Decrypt"], "arn:aws:kms:eu-west-1:111111111111:key/other"),
    "the region of both": existing(policy(decrypt(prod, api)), read(api)),
    "one of two regions": existing(
      policy(decrypt(prod, api, via(api, viaOf("us-east-1", "eu-west-1")))),
      read(api),
    ),
    "each region": existing(
      policy(decrypt(prod, api, via(api, "secretsmanager.*.amazonaws.com", "StringLike"))),
      read(api),
    ),
    "another region, where both are": existing(
      policy(decrypt(prod, api, via(api, viaOf("eu-central-1")))),
      read(api),
      "eu-central-1",
    ),
    "another region, where both say they are": inRegion(
      "eu-central-1",
      policy(decrypt(prod, api, via(api, viaOf("eu-central-1")))),
    ),
    China: existing(
      policy(decrypt(prod, api, via(api, "secretsmanager.cn-north-1.amazonaws.com.cn"))),
      read(api),
      "cn-north-1",
    ),
    "roles of the own account, whose own policies let them read": existing(
      policy(decrypt(prod, api), decrypt(security, `arn:aws:iam::${security}:role/app/*`)),
      allow(prod, [api]),
    ),
    "writers of another account, whom the secret lets put": existing(
      policy(
        decrypt(prod, api),
        decrypt(staging, stagingRole, { Action: ["kms:Decrypt", "kms:GenerateDataKey"] }),
      ),
      policy(
        {
          Action: "secretsmanager:GetSecretValue",
          Principal: root(prod),
          Resource: "*",
          Condition: { ArnEquals: { "aws:PrincipalArn": api } },
        },
        {
          Action: "secretsmanager:PutSecretValue",
          Principal: root(staging),
          Resource: "*",
          Condition: { ArnEquals: { "aws:PrincipalArn": stagingRole } },
        },
      ),
    ),
    "a denial to all who do not come through a service": existing(
      policy(decrypt(prod, api), denial({ Null: { "kms:ViaService": "true" } })),
      read(api),
    ),
    "a denial to all who come through another service": existing(
      policy(decrypt(prod, api), denial({ StringNotEquals: through })),
      read(api),
    ),
    "a denial outside the organisation": existing(
      policy(decrypt(prod, api), denial({ StringNotEquals: { "aws:PrincipalOrgID": "o-exampleorgid" } })),
      read(api),
    ),
    "a denial to everybody else": existing(
      policy(decrypt(prod, api), denial({ ArnNotLike: { "aws:PrincipalArn": [api, breakGlass] } })),
      read(api),
    ),
    "a denial of other secrets": existing(
      policy(
        decrypt(prod, api),
        denial({
          StringLike: { "kms:EncryptionContext:SecretARN": "arn:aws:secretsmanager:*:*:secret:payments/*" },
        }),
      ),
      read(api),
    ),
    "a denial of grants": existing(
      policy(decrypt(prod, api), denial(undefined, { Action: "kms:CreateGrant" })),
      read(api),
    ),
    "a denial to some of those that a pattern covers": existing(
      policy(
        decrypt(prod, `arn:aws:iam::${prod}:role/services/*`),
        denial({ ArnEquals: { "aws:PrincipalArn": batch } }),
      ),
      read(api),
    ),
    "strangers kept out of the secret": existing(
      policy(decrypt(prod, api)),
      policy(
        {
          Action: "secretsmanager:GetSecretValue",
          Principal: root(prod),
          Resource: "*",
          Condition: { ArnEquals: { "aws:PrincipalArn": api } },
        },
        {
          Effect: "Deny",
          Action: "secretsmanager:*",
          Principal: "*",
          Resource: "*",
          Condition: { StringNotEquals: { "aws:PrincipalOrgID": "o-exampleorgid" } },
        },
      ),
    ),
    "through one of two services": program(
      policy(
        decrypt(prod, api, {
          Condition: {
            ArnLike: { "aws:PrincipalArn": api },
            StringEquals: { "kms:ViaService": ["ssm.eu-west-1.amazonaws.com", through["kms:ViaService"]] },
            StringLike: {
              "kms:EncryptionContext:SecretARN": [
                "arn:aws:secretsmanager:*:*:secret:a/*",
                "arn:aws:secretsmanager:*:*:secret:orders/*",
              ],
            },
          },
        }),
      ),
      read(api),
    ),
    "a denial in the key's policy": program(
      policy(decrypt(prod, api), denial({ ArnEquals: { "aws:PrincipalArn": batch } })),
      read(api),
    ),
    "a role that reads another secret under the key": (() => {
      const key = declare(
        "key",
        { policy: policy(decrypt(prod, [api, batch])) },
        { name: "key", outputs: { arn: "arn:k" } },
      );
      return [
        key,
        declare("secret", { kmsKeyId: "arn:k", policy: read(api) }, { name: "one" }),
        declare("secret", { kmsKeyId: "arn:k", policy: read(batch) }, { name: "two" }),
      ];
    })(),
    "a secret nobody reads by its policy, under a key elsewhere": declare("secret", {
      kmsKeyId: "arn:aws:kms:eu-west-1:111111111111:key/1",
      policy: policy({
        Effect: "Deny",
        Action: "secretsmanager:GetSecretValue",
        Principal: "*",
        Resource: "*",
      }),
    }),

    "readers by name": program(policy(decrypt(prod, api)), read(api)),
    "readers by their path": program(
      policy(decrypt(prod, `arn:aws:iam::${prod}:role/services/*`)),
      read(api, batch),
    ),
    "the encryption context of the secret": program(
      policy(
        decrypt(prod, api, {
          Condition: {
            ArnLike: { "aws:PrincipalArn": api },
            StringEquals: through,
            StringLike: {
              "kms:EncryptionContext:SecretARN": `arn:aws:secretsmanager:*:${security}:secret:*/prod/*`,
            },
          },
        }),
      ),
      read(api),
    ),
    "break-glass, whom the secret spares": program(
      policy(decrypt(prod, api), decrypt(security, breakGlass)),
      read(api),
    ),
    "writers, who also make data keys": program(
      policy(
        decrypt(prod, api),
        decrypt(security, `arn:aws:iam::${security}:role/deployer`, {
          Action: ["kms:Decrypt", "kms:GenerateDataKey"],
        }),
      ),
      read(api),
    ),
    "a service in the key's policy": program(
      policy(decrypt(prod, api), {
        Action: "kms:Decrypt",
        Principal: { Service: "logs.eu-west-1.amazonaws.com" },
        Resource: "*",
      }),
      read(api),
    ),
  },
  fails: {
    "a grant": {
      program: granted(["Decrypt"]),
      at: `operations let ${stagingRole} decrypt without kms:ViaService`,
      on: "grant",
    },
    "a grant of grants": { program: granted(["CreateGrant"]), at: `operations let ${stagingRole} decrypt` },
    "an account that reads nothing": {
      program: existing(
        policy(decrypt(prod, api), decrypt(staging, stagingRole, { Sid: "Staging" })),
        read(api),
      ),
      at: `policy statement "Staging" lets ${stagingRole} decrypt, and`,
      on: "key",
    },
    "an account whose roles by pattern read nothing": {
      program: existing(
        policy(
          decrypt(prod, api),
          decrypt(staging, `arn:aws:iam::${staging}:role/services/*`, { Sid: "Staging" }),
        ),
        read(api),
      ),
      at: `policy statement "Staging" lets arn:aws:iam::${staging}:role/services/* decrypt, and`,
      on: "key",
    },
    "an account as a whole that reads nothing": {
      program: existing(
        policy(
          decrypt(prod, api),
          decrypt(staging, api, { Sid: "Staging", Condition: { StringEquals: through } }),
        ),
        read(api),
      ),
      at: `policy statement "Staging" lets arn:*:iam::${staging}:* decrypt, and`,
    },
    "an account beside the one that reads": {
      program: existing(
        policy(
          decrypt(prod, [], {
            Sid: "Both",
            Principal: { AWS: [prod, staging] },
            Condition: {
              ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/services/*" },
              StringEquals: through,
            },
          }),
        ),
        read(api),
      ),
      at: `policy statement "Both" lets arn:aws:iam::${staging}:role/services/* decrypt, and`,
    },
    "an account that reads nothing, and a secret that only allows": {
      program: existing(
        policy(decrypt(prod, api), decrypt(staging, stagingRole, { Sid: "Staging" })),
        allow(prod, [api]),
      ),
      at: `policy statement "Staging" lets ${stagingRole} decrypt, and no secret under the key lets it read`,
    },
    "an account that sees the name only": {
      program: existing(
        policy(decrypt(staging, stagingRole, { Sid: "Staging" })),
        allow(staging, [stagingRole], "secretsmanager:DescribeSecret"),
      ),
      at: `policy statement "Staging" lets ${stagingRole} decrypt, and no secret under the key lets it read`,
    },
    "an account that reads nothing but would make data keys": {
      program: existing(
        policy(
          decrypt(prod, api),
          decrypt(staging, stagingRole, { Sid: "Staging", Action: ["kms:Decrypt", "kms:GenerateDataKey"] }),
        ),
        read(api),
      ),
      at: `policy statement "Staging" lets ${stagingRole} decrypt, and`,
    },
    "an account that reads nothing, of a key whose owner its policy tells": {
      program: program(
        policy(
          {
            Action: "kms:PutKeyPolicy",
            Principal: root(security),
            Resource: "*",
            Condition: { ArnEquals: { "aws:PrincipalArn": `arn:aws:iam::${security}:role/deployer` } },
          },
          decrypt(prod, api),
          decrypt(staging, stagingRole, { Sid: "Staging" }),
        ),
        allow(prod, [api]),
      ),
      at: `policy statement "Staging" lets ${stagingRole} decrypt, and no secret under the key lets it read`,
    },
    "roles of the own account that the secret denies": {
      program: existing(
        policy(decrypt(prod, api), decrypt(security, `arn:aws:iam::${security}:role/app/*`, { Sid: "Own" })),
        read(api),
      ),
      at: `policy statement "Own" lets arn:aws:iam::${security}:role/app/* decrypt, and every secret`,
    },
    "through another region": {
      program: existing(policy(decrypt(prod, api, via(api, viaOf("us-east-1")))), read(api)),
      at: `policy lets ${api} read, and the key's policy does not let it decrypt`,
      on: "policy",
    },
    "through another region, where both say where they are": {
      program: inRegion("eu-central-1", policy(decrypt(prod, api, via(api, viaOf("eu-west-1"))))),
      at: `policy lets ${api} read`,
    },
    "through another region than everything else": {
      program: [
        provider,
        ...(program(policy(decrypt(prod, api, via(api, viaOf("us-east-1")))), read(api)) as []),
      ],
      at: `policy lets ${api} read`,
    },
    "through a region by a pattern that is not its own": {
      program: existing(
        policy(decrypt(prod, api, via(api, "secretsmanager.us-*.amazonaws.com", "StringLike"))),
        read(api),
      ),
      at: `policy lets ${api} read`,
    },
    "who reads by another policy, through another region": {
      program: existing(
        policy(
          decrypt(prod, api),
          decrypt(security, breakGlass, { ...via(breakGlass, viaOf("us-east-1")), Sid: "BreakGlass" }),
        ),
        read(api),
      ),
      at: 'policy statement "BreakGlass" lets decrypt through Secrets Manager of another region than eu-west-1',
      on: "key",
    },
    "through any service": {
      program: existing(
        policy(decrypt(prod, api, { Sid: "Any", ...via(api, "*", "StringLike") })),
        read(api),
      ),
      at: 'policy statement "Any" lets decrypt without kms:ViaService',
    },
    "through a service, if through any": {
      program: existing(
        policy(
          decrypt(prod, api),
          decrypt(prod, api, { Sid: "Any", ...via(api, viaOf("eu-west-1"), "StringEqualsIfExists") }),
        ),
        read(api),
      ),
      at: 'policy statement "Any" lets decrypt without kms:ViaService',
    },
    "a key that denies the reader": {
      program: existing(
        policy(decrypt(prod, api), denial({ ArnEquals: { "aws:PrincipalArn": api } })),
        read(api),
      ),
      at: `policy lets ${api} read, and the key's policy denies it decrypting`,
      on: "policy",
    },
    "a key that denies the reader as its principal": {
      program: existing(
        policy(decrypt(prod, api), denial(undefined, { Principal: { AWS: api } })),
        read(api),
      ),
      at: `policy lets ${api} read, and the key's policy denies it decrypting`,
    },
    "a key that denies the reader's account": {
      program: existing(policy(decrypt(prod, api), denial(undefined, { Principal: root(prod) })), read(api)),
      at: `policy lets ${api} read, and the key's policy denies`,
    },
    "a key that denies the reader's account by a condition": {
      program: existing(
        policy(decrypt(prod, api), denial({ StringEquals: { "aws:PrincipalAccount": prod } })),
        read(api),
      ),
      at: `policy lets ${api} read, and the key's policy denies`,
    },
    "a key that denies everybody": {
      program: existing(policy(decrypt(prod, api), denial(undefined)), read(api)),
      at: `policy lets ${api} read, and the key's policy denies`,
    },
    "a key that denies everybody everything": {
      program: existing(policy(decrypt(prod, api), denial(undefined, { Action: "kms:*" })), read(api)),
      at: `policy lets ${api} read, and the key's policy denies`,
    },
    "a key that denies all but administration": {
      program: existing(
        policy(decrypt(prod, api), denial(undefined, { Action: undefined, NotAction: "kms:PutKeyPolicy" })),
        read(api),
      ),
      at: `policy lets ${api} read, and the key's policy denies`,
    },
    "a key that denies everybody but break-glass": {
      program: existing(
        policy(decrypt(prod, api), denial({ ArnNotEquals: { "aws:PrincipalArn": breakGlass } })),
        read(api),
      ),
      at: `policy lets ${api} read, and the key's policy denies`,
    },
    "a key that denies all but one principal": {
      program: existing(
        policy(
          decrypt(prod, api),
          denial(undefined, { Principal: undefined, NotPrincipal: { AWS: breakGlass } }),
        ),
        read(api),
      ),
      at: `policy lets ${api} read, and the key's policy denies`,
    },
    "a key that denies what comes through Secrets Manager": {
      program: existing(
        policy(decrypt(prod, api), denial({ StringLike: { "kms:ViaService": "secretsmanager.*" } })),
        read(api),
      ),
      at: `policy lets ${api} read, and the key's policy denies`,
    },
    "a key that denies what comes through its region's": {
      program: existing(
        policy(decrypt(prod, api), denial({ StringNotLike: { "kms:ViaService": "ssm.*" } })),
        read(api),
      ),
      at: `policy lets ${api} read, and the key's policy denies`,
    },
    "a key that denies this secret": {
      program: existing(
        policy(
          decrypt(prod, api),
          denial({
            StringLike: { "kms:EncryptionContext:SecretARN": "arn:aws:secretsmanager:*:*:secret:orders/*" },
          }),
        ),
        read(api),
      ),
      at: `policy lets ${api} read, and the key's policy denies`,
    },
    "a key that denies one of two readers": {
      program: existing(
        policy(decrypt(prod, [api, batch]), denial({ ArnEquals: { "aws:PrincipalArn": batch } })),
        read(api, batch),
      ),
      at: `policy lets ${batch} read, and the key's policy denies`,
    },
    "a reader the key does not know": {
      program: program(policy(decrypt(prod, api)), read(api, batch)),
      at: `policy lets ${batch} read, and the key's policy does not let it decrypt`,
      on: "policy",
    },
    "a reader the key lets decrypt through Parameter Store only": {
      program: program(
        policy(
          decrypt(prod, api, {
            Condition: {
              ArnLike: { "aws:PrincipalArn": api },
              StringEquals: { "kms:ViaService": "ssm.eu-west-1.amazonaws.com" },
            },
          }),
        ),
        read(api),
      ),
      at: `policy lets ${api} read`,
      on: "policy",
    },
    "a reader the key lets decrypt other secrets only": {
      program: program(
        policy(
          decrypt(prod, api, {
            Condition: {
              ArnLike: { "aws:PrincipalArn": api },
              StringEquals: {
                ...through,
                "kms:EncryptionContext:SecretARN": "arn:aws:secretsmanager:*:*:secret:other/*",
              },
            },
          }),
        ),
        read(api),
      ),
      at: `policy lets ${api} read`,
    },
    "a role only the key knows": {
      program: program(policy(decrypt(prod, [api, batch])), read(api)),
      at: `policy statement "Consumers" lets ${batch} decrypt, and every secret`,
      on: "key",
    },
    "decrypting without the service": {
      program: program(
        policy(
          decrypt(prod, api),
          decrypt(prod, api, { Sid: "Direct", Condition: { ArnEquals: { "aws:PrincipalArn": api } } }),
        ),
        read(api),
      ),
      at: 'policy statement "Direct" lets decrypt without kms:ViaService',
      on: "key",
    },
    "behind an alias": { program: aliased(), at: `policy lets ${api} read`, times: 2 },
    "in a policy beside the key": { program: besideKey(), at: `policy lets ${api} read`, times: 2 },
  },
  undecided: {
    "which key a grant is on": {
      program: [
        elsewhere,
        ...(existing(policy(decrypt(prod, api)), read(api)) as []),
        declare(
          "keyGrant",
          { keyId: later, granteePrincipal: stagingRole, operations: ["Decrypt"] },
          { name: "grant", from: { keyId: [elsewhere] } },
        ),
      ],
      at: "keyId is not known",
      on: "grant",
    },
    "what a grant lets do": { program: granted([later]), at: "operations is not known", on: "grant" },
    "which region's service": {
      program: existing(document(decrypt(prod, api, via(api, later))), read(api)),
      at: "policy is not known",
      on: "key",
    },
    "whom the key denies": {
      program: existing(
        document(decrypt(prod, api), denial({ ArnEquals: { "aws:PrincipalArn": later } })),
        read(api),
      ),
      at: "policy is not known",
      on: "key",
    },
    "whom the key lets decrypt": {
      program: existing(document(decrypt(prod, later)), read(api)),
      at: "policy is not known",
      on: "key",
    },
    "whom the secret lets read": {
      program: existing(
        policy(decrypt(prod, api), decrypt(staging, stagingRole)),
        document({
          ...denial(undefined),
          Effect: "Allow",
          Action: "secretsmanager:*",
          Principal: { AWS: later },
        }),
      ),
      at: "policy is not known",
      on: "policy",
    },
    "the secret's policy, which may be elsewhere": {
      program: [
        elsewhere,
        ...(existing(policy(decrypt(prod, api)), read(api)) as []).map((one: RegisteredResource) =>
          one.name === "policy"
            ? declare(
                "secretPolicy",
                { secretArn: later, policy: read(api) },
                { name: "policy", from: { secretArn: [elsewhere] } },
              )
            : one,
        ),
      ],
      at: "secretArn of a SecretPolicy is not known",
      on: "secret",
    },
    "a statement of the key": {
      program: existing(document(decrypt(prod, api), later), read(api)),
      at: "policy is not known",
      on: "key",
    },
    "which key it is": {
      program: [elsewhere, declare("secret", { kmsKeyId: later }, { from: { kmsKeyId: [elsewhere] } })],
      at: "kmsKeyId is not known",
    },
    "the secret's policy": {
      program: (program(policy(decrypt(prod, api)), later) as RegisteredResource[]).map((one) =>
        one.name === "policy"
          ? { ...one, propertyDependencies: { ...one.propertyDependencies, policy: [elsewhere.urn] } }
          : one,
      ),
      at: "policy is not known",
      on: "policy",
    },
    "whose account a key is that lets another one decrypt": {
      program: program(policy(decrypt(prod, api), decrypt(staging, stagingRole)), allow(prod, [api])),
      at: "arn is not known",
      on: "key",
    },
    "the key's policy": { program: program(later, read(api)), at: "policy is not known", on: "key" },
    "a key of another stack": {
      program: declare("secret", { kmsKeyId: "arn:aws:kms:eu-west-1:111111111111:key/1", policy: read(api) }),
      at: "kmsKeyId names a key that is not in this stack",
    },
  },
});
