import type { RegisteredResource } from "../../../policies/pack/evaluate";
import { declare, policy, prod, security } from "../support/program";

/** A stack of `count` resources in the proportions of a real one, all of them compliant. */
export function largeProgram(count: number): RegisteredResource[] {
  const resources: RegisteredResource[] = [root];
  for (let at = 0; resources.length < count; at++) resources.push(...service(at));
  return resources.slice(0, count);
}

const root: RegisteredResource = {
  urn: "urn:pulumi:prod::shop::pulumi:pulumi:Stack::shop-prod",
  type: "pulumi:pulumi:Stack",
  name: "shop-prod",
  inputs: {},
};

function service(at: number): RegisteredResource[] {
  const name = `svc${at}`;
  const tags = { service: name, environment: "prod", owner: `${name}@example.com` };
  const role = `arn:aws:iam::${prod}:role/services/${name}/${name}-prod-api`;
  const secretArn = `arn:aws:secretsmanager:eu-west-1:${security}:secret:${name}/prod/database-AbCdEf`;
  const keyArn = `arn:aws:kms:eu-west-1:${security}:key/${name}`;
  const named = { name };
  const key = declare(
    "key",
    { enableKeyRotation: true, policy: keyPolicy(name), tags },
    { ...named, outputs: { arn: keyArn } },
  );
  const secret = declare(
    "secret",
    { name: `${name}/prod/database`, kmsKeyId: keyArn, recoveryWindowInDays: 30, tags },
    { ...named, outputs: { arn: secretArn }, from: { kmsKeyId: [key] } },
  );
  const consumer = declare(
    "role",
    {
      name: `${name}-prod-api`,
      path: `/services/${name}/`,
      assumeRolePolicy: policy({ Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } }),
      permissionsBoundary: `arn:aws:iam::${prod}:policy/platform/boundary`,
      tags,
    },
    { ...named, outputs: { arn: role } },
  );
  const parameter = (item: string) =>
    declare(
      "parameter",
      { name: `/${name}/prod/${item}`, type: "String", value: "info", tags },
      { name: `${name}-${item}` },
    );
  return [
    key,
    secret,
    declare(
      "secretPolicy",
      { secretArn, policy: secretPolicy(role), blockPublicPolicy: true },
      { ...named, from: { secretArn: [secret] } },
    ),
    declare(
      "secretRotation",
      { secretId: secretArn, rotationRules: { scheduleExpression: "rate(30 days)" } },
      { ...named, from: { secretId: [secret] } },
    ),
    parameter("log-level"),
    parameter("region"),
    consumer,
    declare(
      "rolePolicy",
      { role: `${name}-prod-api`, policy: rolePolicy(secretArn, keyArn) },
      { ...named, from: { role: [consumer] } },
    ),
    declare(
      "function",
      {
        name: `${name}-prod-api`,
        role,
        runtime: "nodejs24.x",
        environment: { variables: { LOG_LEVEL: "info" } },
        kmsKeyArn: keyArn,
        tags,
      },
      { ...named, from: { role: [consumer] } },
    ),
    declare(
      "logGroup",
      { name: `/aws/lambda/${name}-prod-api`, retentionInDays: 90, kmsKeyId: keyArn, tags },
      named,
    ),
  ];
}

const organization = { "aws:PrincipalOrgID": "o-exampleorgid" };

function keyPolicy(name: string): string {
  const account = (number: string) => ({ AWS: `arn:aws:iam::${number}:root` });
  return policy(
    {
      Sid: "Administration",
      Principal: account(security),
      Action: ["kms:PutKeyPolicy", "kms:ScheduleKeyDeletion", "kms:DescribeKey"],
      Resource: "*",
      Condition: { ArnEquals: { "aws:PrincipalArn": `arn:aws:iam::${security}:role/deployer` } },
    },
    {
      Sid: "Consumers",
      Principal: account(prod),
      Action: "kms:Decrypt",
      Resource: "*",
      Condition: {
        ArnLike: { "aws:PrincipalArn": `arn:aws:iam::${prod}:role/services/${name}/*` },
        StringEquals: { ...organization, "kms:ViaService": "secretsmanager.eu-west-1.amazonaws.com" },
      },
    },
  );
}

function secretPolicy(role: string): string {
  const read = { Action: "secretsmanager:GetSecretValue", Resource: "*" };
  return policy(
    {
      ...read,
      Principal: { AWS: `arn:aws:iam::${prod}:root` },
      Condition: { ArnEquals: { "aws:PrincipalArn": role }, StringEquals: organization },
    },
    {
      ...read,
      Effect: "Deny",
      Principal: { AWS: "*" },
      Condition: { ArnNotLike: { "aws:PrincipalArn": role } },
    },
  );
}

function rolePolicy(secretArn: string, keyArn: string): string {
  return policy(
    { Action: ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"], Resource: secretArn },
    {
      Action: "kms:Decrypt",
      Resource: keyArn,
      Condition: { StringEquals: { "kms:EncryptionContext:SecretARN": secretArn } },
    },
    {
      Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
      Resource: `arn:aws:logs:eu-west-1:${prod}:log-group:/aws/lambda/x:*`,
    },
  );
}
