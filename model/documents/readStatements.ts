import type { Organisation } from "../organisation/types";
import { arn, viaService } from "../plan/arns";
import type { KeyPlan, ManagedSecretPlan, ParameterPlan, ReadableItem, SecretPlan } from "../plan/types";
import type { KeyArns } from "./keyArns";
import type { IdentityStatement } from "./policy";

/**
 * Statements of a role's own policy that let it read exactly `items`: reading by name, and Decrypt on each key that is
 * involved, limited to the encryption context of those items and to the service that decrypts for the reader.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html#security-encryption-encryption-context
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/secure-string-parameter-kms-encryption.html
 */
export function readStatements(
  organisation: Organisation,
  items: readonly ReadableItem[],
  keyArns: KeyArns,
): IdentityStatement[] {
  const secrets = items.filter((item): item is SecretPlan => item.kind === "secret");
  const managed = items.filter((item): item is ManagedSecretPlan => item.kind === "managed-secret");
  const parameters = items.filter((item): item is ParameterPlan => item.kind === "parameter");
  return [
    ...readSecrets(organisation, secrets, managed),
    ...decryptSecrets(organisation, secrets, keyArns),
    ...readParameters(parameters),
    ...decryptParameters(organisation, parameters, keyArns),
  ];
}

/** A secret's ARN pattern at home and in each region it is replicated to. */
export function secretArnPatterns(organisation: Organisation, secret: SecretPlan): readonly string[] {
  const elsewhere = secret.replicas.map((region) =>
    arn(
      "secretsmanager",
      { partition: organisation.partition, region, account: secret.account },
      `secret:${secret.name}-??????`,
    ),
  );
  return [secret.arnPattern, ...elsewhere];
}

function readSecrets(
  organisation: Organisation,
  secrets: readonly SecretPlan[],
  managed: readonly ManagedSecretPlan[],
): IdentityStatement[] {
  const resources = [
    ...secrets.flatMap((secret) => secretArnPatterns(organisation, secret)),
    ...managed.map((secret) => secret.arn),
  ];
  if (resources.length === 0) return [];
  return [
    {
      Sid: "ReadSecrets",
      Effect: "Allow",
      Action: ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
      Resource: sorted(resources),
    },
  ];
}

function decryptSecrets(
  organisation: Organisation,
  secrets: readonly SecretPlan[],
  keyArns: KeyArns,
): IdentityStatement[] {
  if (secrets.length === 0) return [];
  const regions = [...new Set(secrets.flatMap(({ replicas }) => [organisation.region, ...replicas]))];
  const keys = secrets.flatMap(({ key, replicas }) =>
    [organisation.region, ...replicas].map((region) => keyArns(key, region)),
  );
  return [
    {
      Sid: "DecryptSecrets",
      Effect: "Allow",
      Action: "kms:Decrypt",
      Resource: sorted(keys),
      Condition: {
        StringEquals: {
          "kms:ViaService": regions
            .map((region) => viaService("secretsmanager", { partition: organisation.partition, region }))
            .flat(),
        },
        StringLike: {
          "kms:EncryptionContext:SecretARN": sorted(
            secrets.flatMap((secret) => secretArnPatterns(organisation, secret)),
          ),
        },
      },
    },
  ];
}

function readParameters(parameters: readonly ParameterPlan[]): IdentityStatement[] {
  if (parameters.length === 0) return [];
  return [
    {
      Sid: "ReadParameters",
      Effect: "Allow",
      Action: ["ssm:GetParameter", "ssm:GetParameters"],
      Resource: sorted(parameters.map((parameter) => parameter.arn)),
    },
  ];
}

/** With `home: security` under a key named by ARN, with `home: workload` under a key of the role's own account named by alias. */
function decryptParameters(
  organisation: Organisation,
  parameters: readonly ParameterPlan[],
  keyArns: KeyArns,
): IdentityStatement[] {
  const secure = parameters.filter(isSecure);
  const [security, workload] = (["security", "workload"] as const).map((home) =>
    secure.filter((parameter) => parameter.home === home),
  ) as [SecureParameter[], SecureParameter[]];
  return [
    ...(security.length > 0
      ? [
          {
            Sid: "DecryptSecurityParameters",
            Effect: "Allow" as const,
            Action: "kms:Decrypt",
            Resource: sorted(security.map(({ key }) => keyArns(key, organisation.region))),
            Condition: { StringEquals: parameterContext(organisation, security) },
          },
        ]
      : []),
    ...(workload.length > 0
      ? [
          {
            Sid: "DecryptWorkloadParameters",
            Effect: "Allow" as const,
            Action: "kms:Decrypt",
            Resource: sorted(
              workload.map(({ account }) => arn("kms", { ...organisation, account }, "key/*")),
            ),
            Condition: {
              "ForAnyValue:StringEquals": {
                "kms:ResourceAliases": sorted(workload.map(({ key }) => key.alias)),
              },
              StringEquals: parameterContext(organisation, workload),
            },
          },
        ]
      : []),
  ];
}

type SecureParameter = ParameterPlan & { readonly key: KeyPlan };

function isSecure(parameter: ParameterPlan): parameter is SecureParameter {
  return parameter.key !== undefined;
}

function parameterContext(organisation: Organisation, parameters: readonly ParameterPlan[]) {
  return {
    "kms:ViaService": viaService("ssm", organisation),
    "kms:EncryptionContext:PARAMETER_ARN": sorted(parameters.map((parameter) => parameter.arn)),
  };
}

function sorted(values: readonly string[]): readonly string[] {
  return [...new Set(values)].sort();
}
