import type { z } from "zod";
import { either, type Expectation, flag, integer, list, oneOf, section, text } from "../../yaml/expectation";
import { generated } from "./generated";
import { description, fieldName, regionName, serviceName } from "./names";
import { perEnvironment } from "./perEnvironment";
import { addressForms } from "../../values/connectionFields";
import { scheduledRotation } from "./rotation";

export const shareWith = list("services", serviceName())
  .optional()
  .describe("Other services whose consumers may name it, as `service/item`.");

export const retire = flag()
  .optional()
  .meta({ default: false })
  .describe("Lifts the protection against deletion. Merge and deploy this before the removal itself.");

/** Host name, which may end in a dot, or address of a database. */
const host = text(
  /^(?=.{1,254}$)(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*\.?|[0-9a-fA-F:]*:[0-9a-fA-F:]+)$/,
  "must be a host name or an IP address, without a scheme or port",
);
/** Names stand in statements, connection settings and lines that people paste. */
const name = text(
  /^[^\s\u0000-\u001f\u007f-\u009f'"`;:,&<>|{}[\]\\^]{1,128}$/,
  "must be 1 to 128 letters, digits and signs such as `_ - . @ $ #`, without spaces, quotes, braces and signs of a shell",
);

/** `true` is the form that most programs want. */
const urlWords = addressForms.filter((form) => form !== "uri") as ["jdbc", "sqlalchemy", "prisma", "dsn"];

const url = either(
  [flag(), oneOf(urlWords)],
  `must be \`true\`, or the form of a driver: ${urlWords.map((word) => `\`${word}\``).join(", ")}`,
);

export const database = section("`database`", {
  host: perEnvironment("a host name", host).describe(
    "Host name of the database's writer, as its certificate names it; by environment if it differs. No reader and no proxy: a rotation changes the password there.",
  ),
  port: perEnvironment("a port number", integer(1, 65_535, "a port")).describe("TCP port of the database."),
  name: perEnvironment("a name", name).describe("Name of the database to log in to."),
  username: perEnvironment("a name", name).describe(
    "User whose password rotates; with alternating users also the name the second one is made from.",
  ),
  readerHost: perEnvironment("a host name", host)
    .optional()
    .describe(
      "Host name where reads may go, such as a cluster's reader or a proxy: kept as the field `readerHost`. Rotation goes to `host`.",
    ),
  url: url
    .optional()
    .meta({ default: false })
    .describe(
      "Keeps a connection address as the field `url`, user and password included, for `hosted: platform`: `true` for `postgresql://…`, or a driver's own form. With `readerHost` also `readerUrl`.",
    ),
}).describe("Where the login is valid. Required for the database methods, refused for the others.");

export const secret = section("a secret", {
  description: description().describe("What it is for, in a sentence; AWS shows it."),
  rotation: scheduledRotation,
  fields: list("field names", fieldName())
    .optional()
    .describe(
      "Names of the JSON fields of a `generated` or `function` secret. None: the value is one plain string.",
    ),
  generated: generated.optional(),
  database: database.optional(),
  replicas: list("regions", regionName())
    .optional()
    .describe("Regions that hold a copy, each under that region's own key."),
  shareWith,
  retire,
})
  .meta({
    if: {
      properties: {
        rotation: {
          properties: { method: { pattern: "-(?:single-user|alternating-users)$" } },
          required: ["method"],
        },
      },
      required: ["rotation"],
    },
    then: { required: ["database"], properties: { fields: false } },
    else: { properties: { database: false } },
  })
  .describe("A value that rotates, in Secrets Manager, in the security account.");

/** What a secret without a rotation is told. */
export const missingRotation = {
  allowed: "a secret must have a `rotation`",
  remedy: "add one, or move it to `parameters` as a SecureString if the value does not rotate",
} as const satisfies Expectation;

export type SecretInput = z.input<typeof secret>;
export type SecretOutput = z.output<typeof secret>;
