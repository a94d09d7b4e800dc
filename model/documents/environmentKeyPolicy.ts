import { environmentOf } from "../plan/environmentOf";
import { accountPrincipal, arn, type Place, viaService } from "../plan/arns";
import { servicesPath } from "../plan/names";
import type { EnvironmentPlan, KeyPlan, Plan } from "../plan/types";
import { keyAdministration } from "./keyAdministration";
import { deployerArns, platformRoleArn } from "./people";
import { type Condition, policyDocument, type PolicyDocument, type ResourceStatement } from "./policy";

/**
 * Policy of a key over an environment's values. Every use goes through Secrets Manager or Parameter Store, each in
 * statements of its own, because behind a secret stands a policy of its own and behind a parameter nothing does: so
 * all consumers of the environment may decrypt through Secrets Manager as soon as one of them reads, through Parameter
 * Store only named roles.
 *
 * Whoever puts a value needs Decrypt beside GenerateDataKey in Secrets Manager (its CreateSecret and PutSecretValue
 * ask for both); the secret's policy still denies them reading. In Parameter Store GenerateDataKey is enough, and
 * Decrypt would open every parameter, so writers have none there.
 *
 * `region` is the organisation's, or that of a replica. At most 32 KiB, see `limits`.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
 */
export function environmentKeyPolicy(plan: Plan, key: KeyPlan, region: string): PolicyDocument {
  const { organisation } = plan;
  const place: Place = { partition: organisation.partition, region, account: key.account };
  const environment = environmentOf(plan, key.environment);
  return policyDocument([
    keyAdministration(organisation, key.account),
    writersFindIt(plan, key, place),
    auditorsReadIt(plan, key, place),
    ...(key.home === "security" ? secretsManagerStatements(plan, key, environment, place) : []),
    ...parameterStoreStatements(plan, key, environment, place),
  ]);
}

/** `platform set` and `status` ask which key an alias stands for; no service asks that for them. */
function writersFindIt({ organisation }: Plan, key: KeyPlan, place: Place): ResourceStatement {
  return {
    Sid: "WritersFindIt",
    Effect: "Allow",
    Principal: { AWS: accountPrincipal(place) },
    Action: "kms:DescribeKey",
    Resource: "*",
    Condition: {
      ArnEquals: { "aws:PrincipalArn": platformRoleArn(organisation, key.account, "writers") },
    },
  };
}

/** Whom the key lets in, its grants among them, is for `access --live` to compare; no use of the key. */
function auditorsReadIt({ organisation }: Plan, key: KeyPlan, place: Place): ResourceStatement {
  return {
    Sid: "AuditorsReadIt",
    Effect: "Allow",
    Principal: { AWS: accountPrincipal(place) },
    Action: ["kms:GetKeyPolicy", "kms:ListGrants"],
    Resource: "*",
    Condition: {
      ArnEquals: { "aws:PrincipalArn": platformRoleArn(organisation, key.account, "auditors") },
    },
  };
}

function secretsManagerStatements(
  plan: Plan,
  key: KeyPlan,
  environment: EnvironmentPlan,
  place: Place,
): ResourceStatement[] {
  const { organisation } = plan;
  const home = { ...place, region: organisation.region };
  const regions = place.region === home.region ? [place] : [place, home];
  const through: Condition = {
    StringEquals: {
      "kms:ViaService": flat(regions.map((region) => viaService("secretsmanager", region))),
      "aws:PrincipalOrgID": organisation.id,
    },
    StringLike: { "kms:EncryptionContext:SecretARN": secretsUnder(key, { ...place, region: "*" }) },
  };
  const secrets = plan.secrets.filter((secret) => secret.key === key);
  const isRead = secrets.some(({ readers }) => readers.length > 0);
  const rotators = [...new Set(secrets.flatMap(({ rotatorRoles }) => rotatorRoles))];
  const putValue = ["kms:Decrypt", "kms:GenerateDataKey", ...(regions.length > 1 ? ["kms:Encrypt"] : [])];
  const use = usesThrough(place, through);
  const services = arnOfServices(organisation.partition, environment.workload.account);
  return [
    ...(isRead
      ? [use("ConsumersThroughSecretsManager", environment.workload.account, [services], "kms:Decrypt")]
      : []),
    ...(rotators.length > 0 ? [use("RotatorsThroughSecretsManager", key.account, rotators, putValue)] : []),
    use("WritersThroughSecretsManager", key.account, writers(plan, key), putValue),
    use("BreakGlassThroughSecretsManager", key.account, [breakGlass(plan, key)], "kms:Decrypt"),
  ];
}

function parameterStoreStatements(
  plan: Plan,
  key: KeyPlan,
  environment: EnvironmentPlan,
  place: Place,
): ResourceStatement[] {
  const { organisation } = plan;
  const { developers } = organisation.principals;
  const through: Condition = {
    StringEquals: {
      "kms:ViaService": viaService("ssm", place),
      "aws:PrincipalOrgID": organisation.id,
    },
    StringLike: { "kms:EncryptionContext:PARAMETER_ARN": parametersUnder(key, place) },
  };
  const readers = plan.parameters
    .filter((parameter) => parameter.key === key)
    .flatMap((parameter) => parameter.readers.map((role) => role.arn));
  const consumers = [...new Set(readers)].sort();
  const use = usesThrough(place, through);
  const developersRead = developers.environments.includes(key.environment);
  return [
    ...(consumers.length > 0
      ? [use("ConsumersThroughParameterStore", environment.workload.account, consumers, "kms:Decrypt")]
      : []),
    ...(developersRead
      ? [
          use(
            "DevelopersThroughParameterStore",
            key.account,
            [platformRoleArn(organisation, key.account, "developers")],
            "kms:Decrypt",
          ),
        ]
      : []),
    use("WritersThroughParameterStore", key.account, writers(plan, key), "kms:GenerateDataKey"),
    use("BreakGlassThroughParameterStore", key.account, [breakGlass(plan, key)], "kms:Decrypt"),
  ];
}

/** Statements for the account principal limited to roles by name, so that the roles need not exist yet. */
function usesThrough(place: Place, through: Condition) {
  return (
    Sid: string,
    account: string,
    roles: readonly string[],
    Action: string | readonly string[],
  ): ResourceStatement => ({
    Sid,
    Effect: "Allow",
    Principal: { AWS: accountPrincipal({ ...place, account }) },
    Action,
    Resource: "*",
    Condition: { ArnLike: { "aws:PrincipalArn": roles }, ...through },
  });
}

function arnOfServices(partition: string, account: string): string {
  return `arn:${partition}:iam::${account}:role${servicesPath}*`;
}

function secretsUnder(key: KeyPlan, place: Place): string {
  return arn("secretsmanager", place, `secret:${key.service ?? "*"}/${key.environment}/*`);
}

function parametersUnder(key: KeyPlan, place: Place): string {
  return arn("ssm", place, `parameter/${key.service ?? "*"}/${key.environment}/*`);
}

/** People who put values, and the deployer, who makes first ones. */
function writers({ organisation }: Plan, key: KeyPlan): readonly string[] {
  return [...deployerArns(organisation, key.account), platformRoleArn(organisation, key.account, "writers")];
}

function breakGlass({ organisation }: Plan, key: KeyPlan): string {
  return platformRoleArn(organisation, key.account, "breakGlass");
}

function flat(values: readonly (string | readonly string[])[]): string | readonly string[] {
  const all = values.flat();
  return all.length === 1 ? (all[0] ?? []) : all;
}
