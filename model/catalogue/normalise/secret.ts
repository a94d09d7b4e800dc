import { keptFields } from "../../aws/externalSecrets";
import { canonicalHost } from "../../values/databaseHost";
import { type AddressForm, namesOfConnection } from "../../values/connectionFields";
import { keyPairFields } from "../../values/keyPair";
import { type AcceptedManifest, placeOf } from "../reading/manifest";
import type { SecretOutput } from "../schema/secret";
import {
  type Database,
  databaseFields,
  managedFields,
  type PerEnvironment,
  type Rotation,
  type Secret,
} from "../types";
import { databaseMethods } from "./methods";
import { generatedValue, keyPairOf } from "./generated";
import { inEach, spread } from "./perEnvironment";
import { parseReference } from "./reference";

interface NamedSecret {
  readonly name: string;
  readonly secret: SecretOutput;
  /** The service's own. */
  readonly retire: boolean;
}

export function normaliseSecret(manifest: AcceptedManifest, { name, secret, retire }: NamedSecret): Secret {
  const rotation = normaliseRotation(manifest, secret.rotation);
  const keyPair = secret.generated && keyPairOf(secret.generated);
  const { environments } = manifest.accepted;
  return {
    kind: "secret",
    name,
    description: secret.description.trim(),
    shareWith: secret.shareWith ?? [],
    retire: retire || (secret.retire ?? false),
    rotation,
    fields: keyPair === undefined ? fieldsOf(rotation, secret) : keyPairFields,
    ...(keyPair !== undefined && { keyPair }),
    ...(secret.generated !== undefined &&
      keyPair === undefined && {
        generated: generatedValue(secret.generated, secret.fields ?? []),
      }),
    ...(secret.database !== undefined && { database: spreadDatabase(environments, secret.database) }),
    ...urlOf(secret),
    replicas: secret.replicas ?? [],
    at: placeOf(manifest, ["secrets", name]),
  };
}

function fieldsOf(rotation: Rotation, { fields = [], database }: SecretOutput): readonly string[] {
  if (rotation.method === "database") return databaseFieldsOf(database);
  if (rotation.method === "external") return keptFields(rotation.type, rotation.metadata);
  return rotation.method === "rds-managed" ? managedFields : fields;
}

/** The fields of a database login: those that every one has, and those that its manifest asks for. */
export function databaseFieldsOf(database: ConnectionDraft | undefined): readonly string[] {
  const url = addressForm(database?.url);
  const readerHost = database?.readerHost === undefined ? undefined : "asked for";
  return [
    ...databaseFields,
    ...namesOfConnection({ ...(url && { url }), ...(readerHost && { readerHost }) }),
  ];
}

/** What of a manifest says which connection fields there are. */
interface ConnectionDraft {
  readonly url?: boolean | Exclude<AddressForm, "uri"> | undefined;
  readonly readerHost?: unknown;
}

function urlOf({ database }: SecretOutput): Pick<Secret, "url"> {
  const url = addressForm(database?.url);
  return url === undefined ? {} : { url };
}

function addressForm(url: ConnectionDraft["url"]): AddressForm | undefined {
  if (url === true) return "uri";
  return url === false ? undefined : url;
}

function normaliseRotation(
  { accepted, service }: AcceptedManifest,
  input: SecretOutput["rotation"],
): Rotation {
  const { environments } = accepted;
  switch (input.method) {
    case "generated":
      return { method: "generated", schedule: input.schedule };
    case "rds-managed":
      return { method: "rds-managed", arn: spread<string>(environments, input.arn) };
    case "function":
      return {
        method: "function",
        schedule: input.schedule,
        arn: spread<string>(environments, input.arn),
        role: spread<string>(environments, input.role),
      };
    case "external":
      return {
        method: "external",
        schedule: input.schedule,
        type: input.type,
        metadata: metadataOf(input.metadata ?? {}),
      };
    default:
      return {
        method: "database",
        ...databaseMethods[input.method],
        schedule: input.schedule,
        hosted: input.hosted ?? "aws",
        ...(input.admin !== undefined && { admin: parseReference(input.admin, service) }),
      };
  }
}

/** In words as RotateSecret takes them; a flag as AWS's page on Snowflake writes it. */
function metadataOf(
  given: Readonly<Record<string, string | boolean | undefined>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(given).flatMap(([key, value]): [string, string][] => {
      if (value === undefined) return [];
      return [[key, typeof value === "string" ? value : value ? "True" : "False"]];
    }),
  );
}

function spreadDatabase(
  environments: readonly string[],
  database: NonNullable<SecretOutput["database"]>,
): PerEnvironment<Database> {
  const hosts = spread<string>(environments, database.host);
  const ports = spread<number>(environments, database.port);
  const names = spread<string>(environments, database.name);
  const usernames = spread<string>(environments, database.username);
  const readers = database.readerHost === undefined ? {} : spread<string>(environments, database.readerHost);
  return inEach(environments, (environment) => {
    const [host, port] = [hosts[environment], ports[environment]];
    const [name, username] = [names[environment], usernames[environment]];
    if (host === undefined || port === undefined || name === undefined || username === undefined)
      return undefined;
    const reader = readers[environment];
    const readerHost = reader === undefined ? {} : { readerHost: canonicalHost(reader) };
    return { host: canonicalHost(host), port, name, username, ...readerHost };
  });
}
