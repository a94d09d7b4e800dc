import { canonicalHost } from "../../values/databaseHost";
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
import { generatedValue } from "./generated";
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
  const { environments } = manifest.accepted;
  return {
    kind: "secret",
    name,
    description: secret.description.trim(),
    shareWith: secret.shareWith ?? [],
    retire: retire || (secret.retire ?? false),
    rotation,
    fields: fieldsOf(rotation, secret.fields ?? []),
    ...(secret.generated !== undefined && {
      generated: generatedValue(secret.generated, secret.fields ?? []),
    }),
    ...(secret.database !== undefined && { database: spreadDatabase(environments, secret.database) }),
    replicas: secret.replicas ?? [],
    at: placeOf(manifest, ["secrets", name]),
  };
}

function fieldsOf({ method }: Rotation, named: readonly string[]): readonly string[] {
  if (method === "database") return databaseFields;
  return method === "rds-managed" ? managedFields : named;
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

function spreadDatabase(
  environments: readonly string[],
  database: NonNullable<SecretOutput["database"]>,
): PerEnvironment<Database> {
  const hosts = spread<string>(environments, database.host);
  const ports = spread<number>(environments, database.port);
  const names = spread<string>(environments, database.name);
  const usernames = spread<string>(environments, database.username);
  return inEach(environments, (environment) => {
    const [host, port] = [hosts[environment], ports[environment]];
    const [name, username] = [names[environment], usernames[environment]];
    if (host === undefined || port === undefined || name === undefined || username === undefined)
      return undefined;
    return { host: canonicalHost(host), port, name, username };
  });
}
