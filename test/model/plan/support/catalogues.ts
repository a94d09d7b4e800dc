import type {
  Catalogue,
  Consumer,
  EcsConsumerSettings,
  ItemReference,
  LambdaConsumerSettings,
  Parameter,
  Rotation,
  Secret,
  Service,
} from "../../../../model/catalogue/types";
import type { Position } from "../../../../model/yaml/problem";

/** Catalogues as the loader would give them, for tests that need many or long names rather than manifests. */

const at: Position = { file: "services/orders.yaml", line: 3, column: 5 };

export function catalogue(...services: readonly Service[]): Catalogue {
  return { services };
}

export function service(name: string, rest: Partial<Service> = {}): Service {
  return {
    name,
    owner: `${name}-team@example.com`,
    description: `What ${name} does`,
    environments: ["prod"],
    ownKey: false,
    retire: false,
    secrets: [],
    parameters: [],
    consumers: [],
    at,
    ...rest,
  };
}

export const everyMonth = { expression: "rate(30 days)", longestDays: 30 };

export function secret(name: string, rest: Partial<Secret> = {}): Secret {
  return {
    kind: "secret",
    name,
    description: "Signs what we send",
    shareWith: [],
    retire: false,
    rotation: { method: "generated", schedule: everyMonth },
    fields: [],
    replicas: [],
    at,
    ...rest,
  };
}

/** Rotated by a function of the team's own. `role` is the name of its role, path included. */
export function ownRotation(role: string, account = "111111111111"): Rotation {
  return {
    method: "function",
    schedule: everyMonth,
    arn: { prod: `arn:aws:lambda:eu-west-1:${account}:function:rotate` },
    role: { prod: `arn:aws:iam::${account}:role/${role}` },
  };
}

export function secureString(name: string, rest: Partial<Parameter> = {}): Parameter {
  return {
    kind: "parameter",
    name,
    description: "Token the partner gave us",
    shareWith: [],
    retire: false,
    type: "SecureString",
    tier: "Advanced",
    expires: { never: false, afterDays: 90, warnDays: 14 },
    home: "security",
    at,
    ...rest,
  };
}

export function plainText(
  name: string,
  value = "info",
  environments: readonly string[] = ["prod"],
): Parameter {
  return {
    kind: "parameter",
    name,
    description: "Verbosity of the logs",
    shareWith: [],
    retire: false,
    type: "String",
    tier: "Standard",
    value: Object.fromEntries(environments.map((environment) => [environment, value])),
    home: "workload",
    at,
  };
}

export function reads(owner: string, item: string): ItemReference {
  return { service: owner, item };
}

export function lambda(name: string, items: readonly ItemReference[]): LambdaConsumerSettings {
  return {
    kind: "lambda",
    name,
    reads: items,
    environment: [],
    variables: [],
    at,
  };
}

export function ecs(
  name: string,
  items: readonly ItemReference[],
  environment: Consumer["environment"] = [],
): EcsConsumerSettings {
  return {
    kind: "ecs",
    name,
    reads: items,
    environment,
    variables: [],
    repositories: [],
    repositoryCredentials: [],
    task: {
      ...{ image: "public.ecr.aws/nginx/nginx:1.29", imageAt: at, ports: [], writable: [] },
      ...{ cpu: 256, memoryMiB: 512, architecture: "x86_64", sidecars: {} },
    },
    at,
  };
}
