import { type Partition, partitions } from "../../model/aws/partitions";
import type { DatabaseEngine, DatabaseStrategy } from "../../model/catalogue/types";

/** One of the rotation functions AWS publishes, at the version this platform was made for. */
export interface RotationApplication {
  /** ARN in the Serverless Application Repository. */
  readonly id: string;
  /** Semantic version; without one AWS would take whatever is the latest that day. */
  readonly version: string;
}

type Versions = Readonly<Record<Partition, string>>;

/** The builds these versions were published from differ by one or two between applications and partitions. */
function versions(aws: string, awsCn: string, awsUsGov: string): Versions {
  return { aws: `1.1.${aws}`, "aws-cn": `1.1.${awsCn}`, "aws-us-gov": `1.1.${awsUsGov}` };
}

const applications: Readonly<
  Record<DatabaseEngine, Readonly<{ name: string } & Record<DatabaseStrategy, Versions>>>
> = {
  postgres: {
    name: "SecretsManagerRDSPostgreSQLRotation",
    "single-user": versions("671", "440", "397"),
    "alternating-users": versions("671", "440", "397"),
  },
  mysql: {
    name: "SecretsManagerRDSMySQLRotation",
    "single-user": versions("671", "440", "397"),
    "alternating-users": versions("671", "440", "397"),
  },
  mariadb: {
    name: "SecretsManagerRDSMariaDBRotation",
    "single-user": versions("670", "442", "399"),
    "alternating-users": versions("670", "441", "398"),
  },
  sqlserver: {
    name: "SecretsManagerRDSSQLServerRotation",
    "single-user": versions("670", "441", "398"),
    "alternating-users": versions("671", "441", "398"),
  },
  oracle: {
    name: "SecretsManagerRDSOracleRotation",
    "single-user": versions("671", "441", "398"),
    "alternating-users": versions("671", "441", "398"),
  },
  redshift: {
    name: "SecretsManagerRedshiftRotation",
    "single-user": versions("671", "441", "398"),
    "alternating-users": versions("671", "440", "397"),
  },
  documentdb: {
    name: "SecretsManagerMongoDBRotation",
    "single-user": versions("671", "440", "397"),
    "alternating-users": versions("671", "441", "398"),
  },
};

const suffixes: Readonly<Record<DatabaseStrategy, string>> = {
  "single-user": "SingleUser",
  "alternating-users": "MultiUser",
};

/**
 * The application for an engine and strategy. Names are AWS's
 * (https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_available-rotation-templates.html);
 * publishers and versions are those that the AWS CDK deploys, in `SecretRotationApplication` of
 * `packages/aws-cdk-lib/aws-secretsmanager/lib/secret-rotation.ts`, AWS's own list of them in public.
 */
export function rotationApplication(
  partition: Partition,
  engine: DatabaseEngine,
  strategy: DatabaseStrategy,
): RotationApplication {
  const { name, [strategy]: published } = applications[engine];
  return {
    id: `arn:${partition}:serverlessrepo:${partitions[partition].rotationPublisher}:applications/${name}${suffixes[strategy]}`,
    version: published[partition],
  };
}
