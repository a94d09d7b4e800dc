import { deletionWindowDays } from "../limits";
import type { Catalogue, ExternalRotation, Parameter, Rotation, Secret, Service } from "../catalogue/types";
import type { Organisation } from "../organisation/types";
import { parameterArn, type Place, roleArn, secretArnPattern } from "./arns";
import type { Environments } from "./environments";
import type { Keys } from "./keys";
import { type Connection, namesOfConnection } from "../values/connectionFields";
import { demandsTls } from "../values/databaseSecret";
import { defaultTlsMode } from "../functions/rotation";
import { parameterName, partnerRoleName, platformPath, publicKeysSuffix, secretName } from "./names";
import { itemKey, type Roles } from "./roles";
import type { Rotators } from "./rotators";
import type {
  EnvironmentPlan,
  ManagedSecretPlan,
  ParameterPlan,
  ReadableItem,
  SecretPlan,
  SecretShape,
} from "./types";

export interface Items {
  readonly secrets: readonly SecretPlan[];
  readonly managedSecrets: readonly ManagedSecretPlan[];
  readonly parameters: readonly ParameterPlan[];
  named(service: string, environment: string, item: string): ReadableItem;
}

/** What of the Plan is known before its items. */
interface Holders {
  readonly environments: Environments;
  readonly keys: Keys;
  readonly rotators: Rotators;
  readonly roles: Roles;
}

/** An item in one environment. */
interface Wanted {
  readonly service: Service;
  readonly environment: EnvironmentPlan;
}

export function planItems(
  catalogue: Catalogue,
  organisation: Organisation,
  { environments, keys, rotators, roles }: Holders,
): Items {
  const secrets: SecretPlan[] = [];
  const managedSecrets: ManagedSecretPlan[] = [];
  const parameters: ParameterPlan[] = [];
  const byName = new Map<string, ReadableItem>();
  for (const service of catalogue.services) {
    for (const name of service.environments) {
      const environment = environments.named(name);
      for (const secret of service.secrets) {
        const planned = planSecret({ service, secret, environment });
        if (planned.kind === "secret") secrets.push(planned);
        else managedSecrets.push(planned);
        byName.set(itemKey(service.name, name, secret.name), planned);
      }
      for (const parameter of service.parameters) {
        const planned = planParameter({ service, parameter, environment });
        parameters.push(planned);
        byName.set(itemKey(service.name, name, parameter.name), planned);
      }
    }
  }
  return {
    secrets,
    managedSecrets,
    parameters,
    named(service, environment, item) {
      const found = byName.get(itemKey(service, environment, item));
      if (found === undefined) throw new Error(`no item ${service}/${item} in ${environment}`);
      return found;
    },
  };

  function planSecret({
    service,
    secret,
    environment,
  }: Wanted & { readonly secret: Secret }): SecretPlan | ManagedSecretPlan {
    const { rotation } = secret;
    if (rotation.method === "rds-managed") {
      const arn = inEnvironment(rotation.arn, environment);
      const administratorsRole = rotators.administratorsRole(arn);
      return {
        ...identity(service, secret, environment, "workload"),
        readers: roles.readersOf(service.name, environment.name, secret.name),
        kind: "managed-secret",
        arn,
        ...(administratorsRole !== undefined && { administratorsRole }),
      };
    }
    const name = secretName(service.name, environment.name, secret.name);
    const rotator = rotators.of(service, environment.name, secret);
    const administered = rotators.administeredBy(name).map(({ role }) => role);
    return {
      ...identity(service, secret, environment, "security"),
      readers: roles.readersOf(service.name, environment.name, secret.name),
      kind: "secret",
      name,
      arnPattern: secretArnPattern(placeOf(environment, "security", organisation), name),
      key: keys.over(service, environment.name, "security"),
      shape: shapeOf(service.name, secret, environment, rotator),
      ...(rotation.method === "external"
        ? atPartner(rotation, name, placeOf(environment, "security", organisation))
        : byFunction(rotation, environment, {
            rotator,
            administered,
            admin: rotators.adminOf(rotation, environment.name),
          })),
      replicas: secret.replicas,
      protected: environment.production && !secret.retire,
      recoveryWindowDays: deletionWindowDays(environment),
    };
  }

  function planParameter({
    service,
    parameter,
    environment,
  }: Wanted & { readonly parameter: Parameter }): ParameterPlan {
    const name = parameterName(service.name, environment.name, parameter.name);
    const secure = parameter.type === "SecureString";
    return {
      ...identity(service, parameter, environment, parameter.home),
      readers: roles.readersOf(service.name, environment.name, parameter.name),
      kind: "parameter",
      name,
      arn: parameterArn(placeOf(environment, parameter.home, organisation), name),
      home: parameter.home,
      type: parameter.type,
      tier: parameter.tier,
      ...(parameter.value && { value: inEnvironment(parameter.value, environment) }),
      ...(parameter.keysOf && { keysOf: parameter.keysOf }),
      ...(parameter.public && { public: parameter.public }),
      ...(secure && { key: keys.over(service, environment.name, parameter.home) }),
      ...(parameter.expires && { expires: parameter.expires }),
      protected: (secure || parameter.keysOf !== undefined) && environment.production && !parameter.retire,
    };
  }
}

function identity(
  service: Service,
  item: Secret | Parameter,
  environment: EnvironmentPlan,
  home: "security" | "workload",
) {
  return {
    service: service.name,
    environment: environment.name,
    item: item.name,
    owner: service.owner,
    description: item.description,
    account: environment[home].account,
    shareWith: item.shareWith,
    ...(item.retire && { retired: true as const }),
    at: item.at,
  };
}

function shapeOf(
  service: string,
  secret: Secret,
  environment: EnvironmentPlan,
  rotator: ReturnType<Rotators["of"]>,
): SecretShape {
  if (secret.database !== undefined && secret.rotation.method === "database") {
    const { engine } = secret.rotation;
    const ssl = demandsTls(engine, rotator?.network?.tls);
    const { readerHost, ...server } = inEnvironment(secret.database, environment);
    const reader = readerHost === undefined ? {} : { readerHost };
    const tlsField = ssl === undefined ? {} : { ssl };
    // AWS's functions copy every field on as it is.
    if (secret.rotation.hosted === "aws")
      return { form: "database", engine, database: { ...server, ...reader }, ...tlsField };
    const tls = rotator?.network?.tls ?? defaultTlsMode;
    const connection: Connection = { ...(secret.url && { url: secret.url }), ...reader, tls };
    const isAsked = namesOfConnection(connection).length > 0;
    return { form: "database", engine, database: server, ...tlsField, ...(isAsked && { connection }) };
  }
  const { fields, generated = {}, keyPair, rotation } = secret;
  if (rotation.method === "external") return { form: "external", type: rotation.type, fields };
  if (keyPair !== undefined) {
    const { kind, tokenSeconds } = keyPair;
    const publicKeys = parameterName(service, environment.name, `${secret.name}${publicKeysSuffix}`);
    return { form: "key-pair", kind, tokenSeconds, publicKeys };
  }
  return fields.length > 0
    ? { form: "fields", fields, ...(generated.fields && { generated: generated.fields }) }
    : { form: "string", ...(generated.form && { generated: generated.form }) };
}

type Rotating = Pick<SecretPlan, "rotation" | "rotatorRoles">;

interface RotatedBy {
  readonly rotator: ReturnType<Rotators["of"]>;
  /** Roles of functions that read it as an administrator's login. */
  readonly administered: readonly string[];
  readonly admin: string | undefined;
}

function byFunction(
  rotation: FunctionRotated,
  environment: EnvironmentPlan,
  { rotator, administered, admin }: RotatedBy,
): Rotating {
  const { arn, role } = rotatingFunction(rotation, environment, rotator);
  return {
    rotation: {
      ...(rotator && { rotator }),
      functionArn: arn,
      schedule: rotation.schedule,
      immediately: rotation.method === "generated",
      ...(admin !== undefined && { admin }),
    },
    rotatorRoles: [...new Set([role, ...administered])],
  };
}

/** A value that was not supplied yet logs in nowhere, so that nothing is rotated at once. */
function atPartner({ type, metadata, schedule }: ExternalRotation, name: string, place: Place): Rotating {
  const roleName = partnerRoleName(name);
  const role = roleArn(place, platformPath, roleName);
  return {
    rotation: { partner: { type, metadata, roleName, role }, schedule, immediately: false },
    rotatorRoles: [role],
  };
}

type FunctionRotated = Exclude<Rotation, { method: "rds-managed" | "external" }>;

/** The function that rotates a secret, and its role: the team's own, or this platform's. */
function rotatingFunction(
  rotation: FunctionRotated,
  environment: EnvironmentPlan,
  rotator: ReturnType<Rotators["of"]>,
): { readonly arn: string; readonly role: string } {
  if (rotation.method === "function") {
    return {
      arn: inEnvironment(rotation.arn, environment),
      role: inEnvironment(rotation.role, environment),
    };
  }
  if (rotator === undefined) throw new Error(`no function rotates by ${rotation.method}`);
  return { arn: rotator.functionArn, role: rotator.role };
}

function placeOf(
  environment: EnvironmentPlan,
  home: "security" | "workload",
  { partition, region }: Organisation,
): Place {
  return { partition, region, account: environment[home].account };
}

function inEnvironment<T>(values: Readonly<Record<string, T>>, environment: EnvironmentPlan): T {
  const value = values[environment.name];
  if (value === undefined) throw new Error(`no value for ${environment.name}`);
  return value;
}
