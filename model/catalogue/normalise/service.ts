import { shortestWarningDays } from "../../limits";
import { canonicalHost } from "../../values/databaseHost";
import { durationIn } from "./durations";
import { entriesOf, type Manifest, placeOf } from "../reading/manifest";
import { normaliseConsumer } from "./consumer";
import { databaseMethod } from "./methods";
import { type Scalar, valueText } from "./parameterValue";
import { parseReference } from "./reference";
import { scheduleOf } from "./schedules";
import type { SecretInput } from "../schema/secret";
import type { ServiceInput } from "../schema/service";
import type { Path } from "../../yaml/tree";
import {
  type Catalogue,
  type Database,
  databaseFields,
  type Expiry,
  managedFields,
  type Parameter,
  type PerEnvironment,
  type Rotation,
  type RotationSchedule,
  type Secret,
  type Service,
} from "../types";

type ParameterInput = NonNullable<ServiceInput["parameters"]>[string];

/** Turns manifests in which nothing is wrong into a catalogue, with every default filled in. */
export function normalise(manifests: readonly Manifest[]): Catalogue {
  const injected = injectedItems(manifests);
  const services = manifests.map((manifest): Service => {
    const input = inputOf(manifest);
    const retire = input.retire ?? false;
    return {
      name: input.service,
      owner: input.owner,
      description: input.description.trim(),
      environments: input.environments,
      ownKey: input.key === "own",
      retire,
      secrets: entriesOf(input.secrets).map(([name, secret]) =>
        normaliseSecret(manifest, name, secret, retire),
      ),
      parameters: entriesOf(input.parameters).map(([name, parameter]) =>
        normaliseParameter(manifest, name, parameter, retire, injected.has(`${input.service}/${name}`)),
      ),
      consumers: entriesOf(input.consumers).map(([name, consumer]) =>
        normaliseConsumer(manifest, name, consumer),
      ),
      at: placeOf(manifest, ["service"]),
    };
  });
  return { services: services.sort((one, other) => (one.name < other.name ? -1 : 1)) };
}

/** A draft from which nothing was left out. */
function inputOf(manifest: Manifest): ServiceInput {
  return manifest.draft as ServiceInput;
}

/** `service/item` of everything that ECS or CodeBuild puts into an environment variable. */
function injectedItems(manifests: readonly Manifest[]): ReadonlySet<string> {
  const references = manifests.flatMap((manifest) =>
    entriesOf(inputOf(manifest).consumers).flatMap(([, consumer]) =>
      "environment" in consumer
        ? Object.values(consumer.environment ?? {}).map((text) => parseReference(text, manifest.service))
        : [],
    ),
  );
  return new Set(references.map(({ service, item }) => `${service}/${item}`));
}

function normaliseSecret(manifest: Manifest, name: string, secret: SecretInput, retire: boolean): Secret {
  const rotation = normaliseRotation(manifest, secret.rotation);
  const database = secret.database === undefined ? undefined : spreadDatabase(manifest, secret.database);
  return {
    kind: "secret",
    name,
    description: secret.description.trim(),
    shareWith: secret.shareWith ?? [],
    retire: retire || (secret.retire ?? false),
    rotation,
    fields:
      rotation.method === "database"
        ? databaseFields
        : rotation.method === "rds-managed"
          ? managedFields
          : (secret.fields ?? []),
    ...(database !== undefined && { database }),
    replicas: secret.replicas ?? [],
    at: placeOf(manifest, ["secrets", name]),
  };
}

function normaliseRotation(manifest: Manifest, input: SecretInput["rotation"]): Rotation {
  switch (input.method) {
    case "generated":
      return { method: "generated", schedule: checkedSchedule(input) };
    case "rds-managed":
      return { method: "rds-managed", arn: spread<string>(manifest, input.arn) };
    case "function":
      return {
        method: "function",
        schedule: checkedSchedule(input),
        arn: spread<string>(manifest, input.arn),
        role: spread<string>(manifest, input.role),
      };
    default: {
      const { engine, strategy } = databaseMethod(input.method)!;
      return {
        method: "database",
        engine,
        strategy,
        schedule: checkedSchedule(input),
        hosted: input.hosted ?? "aws",
        ...(input.admin !== undefined && { admin: parseReference(input.admin, manifest.service) }),
      };
    }
  }
}

function checkedSchedule(cadence: Parameters<typeof scheduleOf>[0]): RotationSchedule {
  const result = scheduleOf(cadence);
  if ("problem" in result)
    throw new Error(`a schedule was not checked before it was used: ${result.problem.found}`);
  return result.schedule;
}

function spread<Value extends string | number>(
  manifest: Manifest,
  value: Value | Readonly<Record<string, Value>>,
): PerEnvironment<Value> {
  const byEnvironment = (environment: string): Value =>
    typeof value === "object" ? value[environment]! : value;
  return Object.fromEntries(inputOf(manifest).environments.map((name) => [name, byEnvironment(name)]));
}

function spreadDatabase(
  manifest: Manifest,
  database: NonNullable<SecretInput["database"]>,
): PerEnvironment<Database> {
  const host = spread<string>(manifest, database.host);
  const port = spread<number>(manifest, database.port);
  const name = spread<string>(manifest, database.name);
  const username = spread<string>(manifest, database.username);
  return Object.fromEntries(
    inputOf(manifest).environments.map((environment) => [
      environment,
      {
        host: canonicalHost(host[environment]!),
        port: port[environment]!,
        name: name[environment]!,
        username: username[environment]!,
      },
    ]),
  );
}

function normaliseParameter(
  manifest: Manifest,
  name: string,
  parameter: ParameterInput,
  retire: boolean,
  injected: boolean,
): Parameter {
  const common = {
    kind: "parameter",
    name,
    description: parameter.description.trim(),
    shareWith: parameter.shareWith ?? [],
    retire: retire || (parameter.retire ?? false),
    at: placeOf(manifest, ["parameters", name]),
  } as const;
  if (parameter.type === "SecureString") {
    return {
      ...common,
      type: "SecureString",
      // Both kinds of policy, expiry and the reminder of a value that stays, need the Advanced tier.
      tier: "Advanced",
      expires: normaliseExpiry(parameter.expires),
      home: parameter.home ?? (injected ? "workload" : "security"),
    };
  }
  return {
    ...common,
    type: parameter.type,
    tier: parameter.tier === "advanced" ? "Advanced" : "Standard",
    value: parameterValues(manifest, ["parameters", name, "value"], parameter.value),
    ...(parameter.public !== undefined && {
      public: {
        reason: parameter.public.trim(),
        at: placeOf(manifest, ["parameters", name, "public"]),
      },
    }),
    home: "workload",
  };
}

type ExpiryInput = Extract<ParameterInput, { type: "SecureString" }>["expires"];

function normaliseExpiry(expires: ExpiryInput): Expiry {
  return "never" in expires
    ? { never: true, reason: expires.reason.trim(), remindDays: durationIn("day", expires.remind) }
    : {
        never: false,
        afterDays: durationIn("day", expires.after),
        warnDays: expires.warn === undefined ? shortestWarningDays : durationIn("day", expires.warn),
      };
}

type ValueInput = Scalar | readonly Scalar[] | Readonly<Record<string, Scalar | readonly Scalar[]>>;

/** The values that Parameter Store will hold: as written, lists joined by commas. */
function parameterValues(manifest: Manifest, path: Path, value: ValueInput): PerEnvironment<string> {
  const isMap = typeof value === "object" && !Array.isArray(value);
  return Object.fromEntries(
    inputOf(manifest).environments.map((environment) => {
      const here = isMap ? [...path, environment] : path;
      const own = isMap
        ? (value as Readonly<Record<string, Scalar | readonly Scalar[]>>)[environment]!
        : value;
      return [environment, valueText(manifest, here, own as Scalar | readonly Scalar[])];
    }),
  );
}
