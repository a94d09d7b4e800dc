import type { DatabaseEngine } from "../../../model/catalogue/types";
import type { Located, Subject } from "../subject";
import type { TemplatePart } from "./templatePart";

/**
 * What RDS Proxy calls the engines that it runs for.
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBProxy.html
 */
const families: Readonly<Partial<Record<DatabaseEngine, string>>> = {
  postgres: "POSTGRESQL",
  mysql: "MYSQL",
  mariadb: "MYSQL",
  sqlserver: "SQLSERVER",
};

/**
 * What the Database Migration Service calls an engine, and where its endpoint takes a secret.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dms-endpoint.html
 */
const endpoints: Readonly<Record<DatabaseEngine, { readonly name: string; readonly settings: string }>> = {
  postgres: { name: "postgres", settings: "PostgreSqlSettings" },
  mysql: { name: "mysql", settings: "MySqlSettings" },
  mariadb: { name: "mariadb", settings: "MySqlSettings" },
  sqlserver: { name: "sqlserver", settings: "MicrosoftSqlServerSettings" },
  oracle: { name: "oracle", settings: "OracleSettings" },
  redshift: { name: "redshift", settings: "RedshiftSettings" },
  documentdb: { name: "docdb", settings: "DocDbSettings" },
};

/** A proxy for the databases whose logins it reads. Their engine is a parameter where the manifest does not tell one. */
export function proxy({ consumer, document, read }: Subject): TemplatePart {
  const secrets = secretsOf(read);
  const found = new Set(secrets.map(familyOf));
  const [family] = found.size === 1 ? found : [];
  return {
    Parameters: {
      Subnets: { Type: "CommaDelimitedList" },
      ...(family === undefined && { EngineFamily: { Type: "String" } }),
    },
    Type: "AWS::RDS::DBProxy",
    Properties: {
      DBProxyName: consumer.name,
      EngineFamily: family ?? { Ref: "EngineFamily" },
      RequireTLS: true,
      RoleArn: document.roles.runtime,
      Auth: secrets.map(({ arn }) => ({ AuthScheme: "SECRETS", IAMAuth: "DISABLED", SecretArn: arn })),
      VpcSubnetIds: { Ref: "Subnets" },
    },
  };
}

/** An endpoint of the first login that it reads; PostgreSQL's where the manifest tells no engine. Redshift is a target alone. */
export function endpoint({ document, read }: Subject): TemplatePart {
  const [secret] = secretsOf(read);
  const engine = (secret && engineOf(secret)) ?? "postgres";
  const { name, settings } = endpoints[engine];
  return {
    Type: "AWS::DMS::Endpoint",
    Properties: {
      EndpointType: engine === "redshift" ? "target" : "source",
      EngineName: name,
      [settings]: {
        SecretsManagerAccessRoleArn: document.roles.runtime,
        SecretsManagerSecretId: secret?.arn,
      },
    },
  };
}

function familyOf(secret: Located): string | undefined {
  const engine = engineOf(secret);
  return engine && families[engine];
}

function engineOf({ item }: Located): DatabaseEngine | undefined {
  return item.kind === "secret" && item.shape.form === "database" ? item.shape.engine : undefined;
}

function secretsOf(read: Subject["read"]): readonly Located[] {
  return read.filter(({ item }) => item.kind !== "parameter");
}
