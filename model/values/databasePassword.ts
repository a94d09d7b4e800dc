import type { DatabaseEngine } from "../catalogue/types";

/**
 * Why the function that rotates a login cannot log in with a password, in sentences that never repeat any of it.
 *
 * The driver of AWS's functions for MySQL and MariaDB sends passwords in Latin-1 and fails on what that does not have;
 * the servers keep them in UTF-8. The two agree on ASCII only.
 * https://github.com/PyMySQL/PyMySQL/blob/main/pymysql/connections.py (`self.password.encode("latin1")`)
 */
export function passwordProblems(engine: DatabaseEngine, password: string): string[] {
  if (engine !== "mysql" && engine !== "mariadb") return [];
  return /^[\x00-\x7f]*$/.test(password)
    ? []
    : [
        "it has characters outside ASCII, which AWS's rotation function cannot send as " +
          `${engine === "mysql" ? "MySQL" : "MariaDB"} keeps them: give the user a password of ASCII characters in the database, and supply that`,
      ];
}
