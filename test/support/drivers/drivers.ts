import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { Client } from "pg";
import { mavenLibraries } from "../java/mavenLibraries";
import { MissingTool } from "../missingTool";
import { ensurePython } from "../python/ensurePython";

const run = promisify(execFile);

/** Logs in by an address, trusting the authorities of a PEM file, and tells whose session it is. */
export type Driver = (address: string, rootCertificate: string) => Promise<string>;

/** The output of a program, of this on standard input. */
function fed(file: string, args: readonly string[], input: string): Promise<string> {
  const running = run(file, args);
  running.child.stdin?.end(input);
  return running.then(({ stdout }) => stdout);
}

export const nodePostgres: Driver = async (address, rootCertificate) => {
  const client = new Client({ connectionString: `${address}&sslrootcert=${rootCertificate}` });
  await client.connect();
  try {
    const { rows } = await client.query<{ user: string }>('SELECT session_user AS "user"');
    return rows[0]?.user ?? "";
  } finally {
    await client.end();
  }
};

/**
 * The client of this machine.
 * @throws MissingTool where there is none
 */
export async function psql(): Promise<Driver> {
  try {
    await run("psql", ["--version"]);
  } catch {
    throw new MissingTool("no psql on PATH for the tests; install PostgreSQL's client");
  }
  return async (address, rootCertificate) => {
    const { stdout } = await run("psql", ["-X", "-A", "-t", "-c", "SELECT session_user", address], {
      env: { ...process.env, PGSSLROOTCERT: rootCertificate },
    });
    return stdout.trimEnd();
  };
}

/** pgJDBC, fetched into `.tools/jdbc` at first use; for all addresses at once, since Java takes seconds to start. */
export async function pgJdbc(): Promise<
  (addresses: readonly string[], rootCertificate: string) => Promise<readonly string[]>
> {
  const libraries = await mavenLibraries({
    what: "pgJDBC",
    folder: "jdbc",
    pom: join(__dirname, "pom.xml"),
  });
  return async (addresses, rootCertificate) => {
    const args = ["-cp", libraries, join(__dirname, "Login.java"), rootCertificate];
    return (await fed("java", args, addresses.join("\n"))).trimEnd().split("\n");
  };
}

/** What SQLAlchemy hands to the driver that an address names. */
export interface ParsedAddress {
  readonly driver: string;
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string;
  readonly query: Readonly<Record<string, string>>;
}

/** SQLAlchemy's parser, installed into `.tools/sqlalchemy` at first use. */
export async function sqlAlchemy(): Promise<
  (addresses: readonly string[]) => Promise<readonly ParsedAddress[]>
> {
  const python = await ensurePython({
    what: "SQLAlchemy",
    folder: "sqlalchemy",
    requirements: [join(__dirname, "requirements.txt")],
  });
  return async (addresses) =>
    JSON.parse(await fed(python, [join(__dirname, "parse.py")], addresses.join("\n"))) as ParsedAddress[];
}
