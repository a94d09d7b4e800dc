import {
  type Connection,
  connectionFieldNames,
  connectionFields,
} from "../../../model/values/connectionFields";
import { printable } from "../../../model/printable";
import { RotationError } from "../errors";

/**
 * What a database secret's JSON says, in the form AWS's published rotation functions share.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_secret_json_structure.html
 */
export interface Credentials {
  readonly host: string;
  readonly port: number;
  readonly dbname: string;
  readonly username: string;
  readonly password: string;
  /** ARN or name of the administrator's secret; present exactly for alternating users. */
  readonly masterarn?: string;
  /** The whole object: fields of others are carried from version to version. */
  readonly document: Readonly<Record<string, unknown>>;
}

/**
 * @param which what the value is, for the error: `the current value`
 * @throws RotationError naming every field that is missing or wrong, never a value
 */
export function parseCredentials(value: string, which: string): Credentials {
  const document = parseObject(value);
  if (document === undefined) {
    throw new RotationError(`${which} is not a JSON object`, "supply the database login (npx platform set)");
  }
  const { engine, host, port = 5432, dbname = "postgres", username, password, masterarn } = document;
  const wrong = [
    ...(engine === undefined || engine === "postgres" ? [] : ["engine (only postgres is rotated here)"]),
    ...(isText(host) ? [] : ["host"]),
    ...(isPort(port) ? [] : ["port"]),
    ...(isText(dbname) ? [] : ["dbname"]),
    ...(isText(username) ? [] : ["username"]),
    ...(isText(password) ? [] : ["password"]),
    ...(masterarn === undefined || isText(masterarn) ? [] : ["masterarn"]),
  ];
  if (wrong.length > 0 || !isText(host) || !isText(dbname) || !isText(username) || !isText(password)) {
    throw new RotationError(
      `in ${which}, fields are missing or not of their form: ${wrong.join(", ")}`,
      "correct the manifest, deploy, and supply the database login again (npx platform set)",
    );
  }
  return {
    host,
    port: Number(port),
    dbname,
    username,
    password,
    ...(isText(masterarn) ? { masterarn } : {}),
    document,
  };
}

/**
 * The JSON of a next version; the order of fields and fields unknown here stay. Those that repeat the login are made anew,
 * or left out where nobody asks for them: copied on they would hold the old password.
 */
export function withLogin(
  credentials: Credentials,
  username: string,
  password: string,
  connection?: Connection,
): string {
  const kept = Object.entries(credentials.document).filter(([name]) => !isConnectionField(name));
  const fields = connection && connectionFields({ ...credentials, username, password }, connection);
  return JSON.stringify({ ...Object.fromEntries(kept), username, password, ...fields });
}

/** Names of the connection fields in which a value is not what its own login makes of them. */
export function strayFields(credentials: Credentials, connection: Connection | undefined): string[] {
  const wanted = connection === undefined ? {} : connectionFields(credentials, connection);
  return connectionFieldNames.filter((name) => credentials.document[name] !== wanted[name]);
}

/** Names of the fields that rotations copy on, in which two values differ. */
export function differingFields(a: Credentials, b: Credentials): string[] {
  const names = new Set([...Object.keys(a.document), ...Object.keys(b.document)]);
  return [...names].filter(
    (name) =>
      name !== "username" &&
      name !== "password" &&
      !isConnectionField(name) &&
      JSON.stringify(a.document[name]) !== JSON.stringify(b.document[name]),
  );
}

function isConnectionField(name: string): boolean {
  return (connectionFieldNames as readonly string[]).includes(name);
}

export function isSameServer(a: Credentials, b: Credentials): boolean {
  return a.host === b.host && a.port === b.port;
}

/** `orders at db.prod.internal:5432`, printable: both come from the secret, which others may write. */
export function describeLogin({ username, host, port }: Credentials): string {
  return `${printable(username, 63)} at ${printable(host, 255)}:${port}`;
}

function parseObject(value: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const parsed: unknown = JSON.parse(value);
    return typeof parsed === "object" && parsed !== null && !Array.isArray(parsed)
      ? (parsed as Readonly<Record<string, unknown>>)
      : undefined;
  } catch {
    // The error is not passed on: it quotes the text, which is a secret value.
    return undefined;
  }
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "" && !value.includes("\0");
}

function isPort(value: unknown): boolean {
  const port = typeof value === "number" || isText(value) ? Number(value) : NaN;
  return Number.isInteger(port) && port >= 1 && port <= 65535;
}
