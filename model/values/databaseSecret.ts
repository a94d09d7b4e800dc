import type { Database, DatabaseEngine } from "../catalogue/types";
import { defaultTlsMode, type TlsMode } from "../functions/rotation";
import { type Connection, type ConnectionFields, connectionFields } from "./connectionFields";

/**
 * The JSON of a database secret, as AWS's published rotation functions expect it
 * (docs.aws.amazon.com/secretsmanager/latest/userguide/reference_secret_json_structure.html).
 */
export interface DatabaseSecretValue extends ConnectionFields {
  readonly engine: string;
  readonly host: string;
  readonly port: number;
  readonly dbname: string;
  readonly username: string;
  readonly password: string;
  /**
   * Whether the rotation connects by TLS, and by nothing else; AWS's functions then check certificate and host name.
   * Without it they try TLS and go on in plain text where that fails, new password included.
   */
  readonly ssl?: boolean;
  /** ARN of the administrator's secret, for alternating users. */
  readonly masterarn?: string;
}

/** What `engine` says in a secret's JSON; DocumentDB goes by the name of its protocol there. */
export const engineNames: Readonly<Record<DatabaseEngine, string>> = {
  postgres: "postgres",
  mysql: "mysql",
  mariadb: "mariadb",
  sqlserver: "sqlserver",
  oracle: "oracle",
  redshift: "redshift",
  documentdb: "mongo",
};

/** All of the value but the password and the administrator. */
export interface DatabaseLogin {
  readonly engine: DatabaseEngine;
  readonly database: Database;
  /** Absent where the engine's function reads no such field. */
  readonly ssl?: boolean;
  /** What this platform's own rotation keeps beside it; present where the manifest asks for any of it. */
  readonly connection?: Connection;
}

/** Composes the complete value. */
export function databaseSecretValue(
  { engine, database, ssl, connection }: DatabaseLogin,
  password: string,
  masterArn?: string,
): DatabaseSecretValue {
  const login = {
    engine: engineNames[engine],
    host: database.host,
    port: database.port,
    dbname: database.name,
    username: database.username,
    password,
    ...(ssl !== undefined && { ssl }),
    ...(masterArn === undefined ? {} : { masterarn: masterArn }),
    ...(database.readerHost !== undefined && { readerHost: database.readerHost }),
  };
  return connection === undefined ? login : { ...login, ...connectionFields(login, connection) };
}

/**
 * What `ssl` says of a login in a network of this TLS mode. AWS's functions know no mode between a full check and plain
 * text, so everything but `disable` is the full one to them. Redshift's has no such field: it takes TLS where the
 * cluster offers it, and the cluster's parameter `require_ssl` demands it.
 * https://github.com/aws-samples/aws-secrets-manager-rotation-lambdas (`get_ssl_config` of each engine's function)
 * https://docs.aws.amazon.com/redshift/latest/mgmt/connecting-ssl-support.html
 */
export function demandsTls(engine: DatabaseEngine, tls: TlsMode = defaultTlsMode): boolean | undefined {
  return engine === "redshift" ? undefined : tls !== "disable";
}
