import type { TlsMode } from "../functions/rotation";

/**
 * How a connection address is written. `uri`: RFC 3986, as libpq, node-postgres, Go and Rust read it; `jdbc`: pgJDBC;
 * `sqlalchemy`: the same as `uri` with SQLAlchemy's name of psycopg 3; `prisma`: the same with the TLS words of Prisma's own
 * engine, which takes others for `prefer` and then trusts any certificate; `dsn`: libpq's `keyword='value'`.
 * https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING
 * https://jdbc.postgresql.org/documentation/use/#connecting-to-the-database
 * https://docs.sqlalchemy.org/en/20/core/engines.html#database-urls
 * https://www.prisma.io/docs/orm/overview/databases/postgresql#arguments
 */
export const addressForms = ["uri", "jdbc", "sqlalchemy", "prisma", "dsn"] as const;
export type AddressForm = (typeof addressForms)[number];

/** What a PostgreSQL login's value says beside the login itself, for programs that connect. */
export interface Connection {
  /** Keeps `url`, and with a `readerHost` also `readerUrl`, in this form. */
  readonly url?: AddressForm;
  /** Where reads may go; kept as a field. Rotation always goes to `host`. */
  readonly readerHost?: string;
  /** What the addresses ask of the connection: the modes are libpq's `sslmode` by the same names. */
  readonly tls: TlsMode;
}

/** The part of a value that its connection fields are made of. */
export interface ConnectionLogin {
  readonly host: string;
  readonly port: number;
  readonly dbname: string;
  readonly username: string;
  readonly password: string;
}

/** Fields of the JSON that only repeat others: made anew with every value, so that none outlives its password. */
export interface ConnectionFields {
  readonly readerHost?: string;
  readonly url?: string;
  readonly readerUrl?: string;
}

export const connectionFieldNames = ["readerHost", "url", "readerUrl"] as const;

/** Those that hold the password. */
export const addressFieldNames = ["url", "readerUrl"] as const;

/** Names of the fields that a value has by its manifest. */
export function namesOfConnection({
  url,
  readerHost,
}: Pick<Connection, "url" | "readerHost">): readonly (keyof ConnectionFields)[] {
  return [
    ...(readerHost === undefined ? [] : (["readerHost"] as const)),
    ...(url === undefined ? [] : (["url"] as const)),
    ...(url === undefined || readerHost === undefined ? [] : (["readerUrl"] as const)),
  ];
}

export function connectionFields(
  login: ConnectionLogin,
  { url, readerHost, tls }: Connection,
): ConnectionFields {
  return {
    ...(readerHost !== undefined && { readerHost }),
    ...(url !== undefined && { url: address(url, login, tls) }),
    ...(url !== undefined &&
      readerHost !== undefined && { readerUrl: address(url, { ...login, host: readerHost }, tls) }),
  };
}

/** Names of databases that every driver reads alike: of others not all undo the encoding. */
export const plainDatabaseName = /^[A-Za-z0-9._~-]+$/;

function address(form: AddressForm, login: ConnectionLogin, sslmode: TlsMode): string {
  const { host, port, dbname, username, password } = login;
  const [user, secret, database] = [username, password, dbname].map(percentEncoded);
  const server = `${host.includes(":") ? `[${host}]` : percentEncoded(host)}:${port}`;
  switch (form) {
    case "uri":
      return `postgresql://${user}:${secret}@${server}/${database}?sslmode=${sslmode}`;
    case "sqlalchemy":
      return `postgresql+psycopg://${user}:${secret}@${server}/${database}?sslmode=${sslmode}`;
    case "prisma":
      return `postgresql://${user}:${secret}@${server}/${database}?${prismaTls[sslmode]}`;
    case "jdbc":
      return `jdbc:postgresql://${server}/${database}?user=${user}&password=${secret}&sslmode=${sslmode}`;
    case "dsn":
      return Object.entries({ host, port, dbname, user: username, password, sslmode })
        .map(([keyword, value]) => `${keyword}='${String(value).replace(/[\\']/g, "\\$&")}'`)
        .join(" ");
  }
}

/** It knows no certificate that is checked but not for its host. */
const prismaTls: Readonly<Record<TlsMode, string>> = {
  disable: "sslmode=disable",
  require: "sslmode=require&sslaccept=accept_invalid_certs",
  "verify-ca": "sslmode=require&sslaccept=strict",
  "verify-full": "sslmode=require&sslaccept=strict",
};

/**
 * Every byte but those that mean themselves everywhere: `encodeURIComponent` leaves quotes and brackets, and refuses half
 * a surrogate pair.
 * https://www.rfc-editor.org/rfc/rfc3986#section-2.3
 */
function percentEncoded(text: string): string {
  return Array.from(Buffer.from(text), (byte) => {
    const character = String.fromCharCode(byte);
    return /[A-Za-z0-9._~-]/.test(character)
      ? character
      : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }).join("");
}
