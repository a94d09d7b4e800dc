import assert from "node:assert/strict";
import { rotatorPolicy } from "../../../../../model/documents/rotatorPolicy";
import { environmentKeyPolicy } from "../../../../../model/documents/environmentKeyPolicy";
import { keyArn, secretArn } from "../access";
import { type Call, type DecidedDocuments, less, plan, role, security, withContext } from "./decided";

const anyKey = `arn:aws:kms:eu-west-1:${security}:key/any`;

const rotator = plan.rotators.find(
  (one) =>
    one.hosted === "platform" &&
    one.environment === "prod" &&
    one.admins.length > 0 &&
    one.network !== undefined,
);
assert.ok(rotator?.hosted === "platform");
const rotated = secretArn(
  plan,
  plan.secrets.find(({ name }) => rotator.secrets.includes(name))!,
);
const ownRotator = { "secretsmanager:resource/AllowRotationLambdaArn": rotator.functionArn };
const underKey = {
  "kms:ResourceAliases": rotator.keys.map(({ alias }) => alias),
  "kms:ViaService": "secretsmanager.eu-west-1.amazonaws.com",
  "kms:EncryptionContext:SecretARN": rotated,
};
const rotating = role(security, rotator.role.split(":role/")[1]!);

const replicated = plan.secrets.find(
  ({ replicas, environment }) => replicas.length > 0 && environment === "prod",
);
assert.ok(replicated);
const [replicaRegion = ""] = replicated.replicas;
const inReplica = {
  "kms:ViaService": `secretsmanager.${replicaRegion}.amazonaws.com`,
  "kms:EncryptionContext:SecretARN": secretArn(plan, replicated, replicaRegion),
};
const replicaKey = keyArn(replicated.key, replicaRegion);

/** What rotates, and the key over copies of what it rotates. */
export const rotation: DecidedDocuments = {
  "a rotation function": {
    document: rotatorPolicy(plan, rotator),
    calls: [
      {
        who: "it puts a version of what it rotates",
        caller: rotating,
        action: "secretsmanager:PutSecretValue",
        resource: rotated,
        context: ownRotator,
        but: {
          "of a secret that another function rotates": {
            context: { "secretsmanager:resource/AllowRotationLambdaArn": `${rotator.functionArn}-2` },
          },
          "of a secret that nothing rotates": { context: {} },
          "of another environment": { resource: rotated.replace("/prod/", "/staging/") },
        },
      },
      {
        who: "it reads the administrator's login",
        caller: rotating,
        action: "secretsmanager:GetSecretValue",
        resource: secretArn(
          plan,
          plan.secrets.find(({ name }) => name === rotator.admins[0])!,
        ),
        but: { "to write it": { action: "secretsmanager:PutSecretValue" } },
      },
      {
        who: "it encrypts",
        caller: rotating,
        action: "kms:GenerateDataKey",
        resource: anyKey,
        context: underKey,
        but: {
          "under another key": withContext(underKey, { "kms:ResourceAliases": ["alias/other"] }),
          "through another service": withContext(underKey, {
            "kms:ViaService": "ssm.eu-west-1.amazonaws.com",
          }),
          "for another environment": withContext(underKey, {
            "kms:EncryptionContext:SecretARN": rotated.replace("/prod/", "/staging/"),
          }),
        },
      },
      {
        who: "it writes its logs",
        caller: rotating,
        action: "logs:PutLogEvents",
        resource: `arn:aws:logs:eu-west-1:${security}:log-group:/aws/lambda/${rotator.functionName}:log-stream:any`,
        but: {
          "of another function": {
            resource: `arn:aws:logs:eu-west-1:${security}:log-group:/aws/lambda/other:log-stream:any`,
          },
        },
      },
      ...(["ec2:CreateNetworkInterface", "ec2:DescribeSubnets"] as const).map((action): Call => ({
        who: `Lambda places it in its network (${action})`,
        caller: rotating,
        action,
        resource: `arn:aws:ec2:eu-west-1:${security}:subnet/subnet-any`,
        but: {
          "its own code": { context: { "lambda:SourceFunctionArn": rotator.functionArn }, is: "deny" },
        },
      })),
    ],
  },
  "a key in the region of copies": {
    document: environmentKeyPolicy(plan, replicated.key, replicaRegion),
    // `gates.test.ts` and `access.test.ts`: who reads what, and through which service.
    elsewhere: [
      "Administration",
      "WritersFindIt",
      "ConsumersThroughSecretsManager",
      "BreakGlassThroughSecretsManager",
      "ConsumersThroughParameterStore",
      "DevelopersThroughParameterStore",
      "WritersThroughParameterStore",
      "BreakGlassThroughParameterStore",
    ],
    calls: [
      ...(["kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey"] as const).flatMap((action) =>
        [
          role(security, "platform/secrets-writers"),
          role(security, "platform-deployer"),
          ...replicated.rotatorRoles.map((arn) =>
            role(security, arn.split(":role/")[1]!.replace("*", "Any")),
          ),
        ].map((caller): Call => ({
          who: `${caller.arn.split("/").at(-1)} ${action}`,
          caller,
          action,
          resource: replicaKey,
          context: inReplica,
          but: {
            "without Secrets Manager": less(inReplica, "kms:ViaService"),
            "for a secret of another environment": withContext(inReplica, {
              "kms:EncryptionContext:SecretARN": secretArn(plan, replicated).replace("/prod/", "/staging/"),
            }),
            "another role": { caller: role(security, "Administrator") },
            "outside the organisation": { caller: { ...caller, organisation: "o-otherotherot" } },
          },
        })),
      ),
      ...(["kms:GetKeyPolicy", "kms:ListGrants"] as const).map((action): Call => ({
        who: `auditors ask whom it lets in (${action})`,
        caller: role(security, "platform/secrets-auditors"),
        action,
        resource: replicaKey,
        but: {
          "another role": { caller: role(security, "Administrator") },
          "to use it": { action: "kms:Decrypt" },
        },
      })),
    ],
  },
};
