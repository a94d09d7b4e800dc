import { secretKeyMatch } from "../../../../policies/rules/secretsmanager/secret-key-match";
import { testRule, type Program } from "../../support/cases";
import { declare, later, policy, prod, security, type StatementInput } from "../../support/program";

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

function program(keyPolicy: string, secretPolicy: string): Program {
  const elsewhere = declare("parameter", { type: "String" });
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

testRule(secretKeyMatch, {
  passes: {
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
      policy(decrypt(prod, api), decrypt(prod, batch, { Effect: "Deny", Condition: {} })),
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
    "the key's policy": { program: program(later, read(api)), at: "policy is not known", on: "key" },
    "a key of another stack": {
      program: declare("secret", { kmsKeyId: "arn:aws:kms:eu-west-1:111111111111:key/1", policy: read(api) }),
      at: "kmsKeyId names a key that is not in this stack",
    },
  },
});
