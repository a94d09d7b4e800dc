import type { Database, DatabaseEngine } from "../catalogue/types";

/**
 * The JSON of a database secret, as AWS's published rotation functions expect it
 * (docs.aws.amazon.com/secretsmanager/latest/userguide/reference_secret_json_structure.html).
 */
export interface DatabaseSecretValue {
  readonly engine: string;
  readonly host: string;
  readonly port: number;
  readonly dbname: string;
  readonly username: string;
  readonly password: string;
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

/** Composes the complete value from what the manifest says of the database and the password. */
export function databaseSecretValue(
  engine: DatabaseEngine,
  database: Database,
  password: string,
  masterArn?: string,
): DatabaseSecretValue {
  return {
    engine: engineNames[engine],
    host: database.host,
    port: database.port,
    dbname: database.name,
    username: database.username,
    password,
    ...(masterArn === undefined ? {} : { masterarn: masterArn }),
  };
}
