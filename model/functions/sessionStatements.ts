import type { DatabaseEngine } from "../catalogue/types";

/** What ends sessions where no function of this platform does or can: lines to be run by an administrator of the database. */
export function endingStatements(engine: DatabaseEngine, users: readonly string[]): readonly string[] {
  return statements[engine](users.map(literal).join(", "));
}

/** `users` are string literals with commas between. */
const statements: Readonly<Record<DatabaseEngine, (users: string) => readonly string[]>> = {
  // https://www.postgresql.org/docs/current/functions-admin.html#FUNCTIONS-ADMIN-SIGNAL
  postgres: (users) => [
    "SET search_path = pg_catalog;",
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename IN (${users}) AND pid <> pg_backend_pid();`,
  ],
  mysql: killMySqlThreads,
  mariadb: killMySqlThreads,
  // https://learn.microsoft.com/en-us/sql/t-sql/language-elements/kill-transact-sql
  sqlserver: (users) => [
    `SELECT CONCAT('KILL ', session_id, ';') FROM sys.dm_exec_sessions WHERE login_name IN (${users});`,
    "-- and then what this prints",
  ],
  // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.Oracle.CommonDBATasks.KillingSession.html
  oracle: (users) => [
    "SELECT 'EXEC rdsadmin.rdsadmin_util.kill(' || sid || ', ' || serial# || ', ''IMMEDIATE'');' " +
      `FROM v$session WHERE username IN (${users.toUpperCase()});`,
    "-- and then what this prints; outside of RDS, ALTER SYSTEM KILL SESSION",
  ],
  // https://docs.aws.amazon.com/redshift/latest/dg/PG_TERMINATE_BACKEND.html
  redshift: (users) => [
    `SELECT pg_terminate_backend(process) FROM stv_sessions WHERE TRIM(user_name) IN (${users}) AND process <> pg_backend_pid();`,
  ],
  // https://docs.aws.amazon.com/documentdb/latest/developerguide/db-instance-reboot.html
  documentdb: () => [
    "aws docdb reboot-db-instance --db-instance-identifier INSTANCE",
    "# for each instance of the cluster: this ends the sessions of every user",
  ],
};

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/mysql-stored-proc-ending.html */
function killMySqlThreads(users: string): readonly string[] {
  // There a backslash escapes what follows it.
  const escaped = users.replaceAll("\\", "\\\\");
  return [
    `SELECT CONCAT('CALL mysql.rds_kill(', id, ');') FROM information_schema.processlist WHERE user IN (${escaped});`,
    "-- and then what this prints; outside of RDS, KILL id",
  ];
}

/** A user's name comes from a manifest, and an administrator runs the line it stands in. */
function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
