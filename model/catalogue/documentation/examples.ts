import { z } from "zod";
import { expectationOfSchema } from "../../yaml/expectation";
import { perEnvironmentValue, unwrapped, wordsIn } from "./walk";

/**
 * Examples of keys whose schema tells none by itself: by path, with the word of the map's alternative where two need their
 * own. Each is held against the schema by a test.
 */
const examples: Readonly<Record<string, string>> = {
  service: "orders",
  description: "Takes and tracks customer orders",
  environments: "[staging, prod]",
  secrets:
    "{ signing-key: { description: Signs our webhooks, rotation: { method: generated, every: 30 days } } }",
  "secrets.NAME": "{ description: Signs our webhooks, rotation: { method: generated, every: 30 days } }",
  "secrets.NAME.description": "Login of the orders database",
  "secrets.NAME.rotation": "{ method: generated, every: 30 days }",
  "secrets.NAME.rotation.schedule": "cron(0 4 ? * SUN *)",
  "secrets.NAME.rotation.window": "2 hours",
  "secrets.NAME.rotation.admin": "database-admin",
  "secrets.NAME.rotation.metadata": "{ apiVersion: v65.0 }",
  "secrets.NAME.rotation.arn rds-managed":
    "arn:aws:secretsmanager:eu-west-1:222222222222:secret:rds!cluster-0f3c1d2e-AbCdEf",
  "secrets.NAME.fields": "[client-id, client-secret]",
  "secrets.NAME.generated": "{ length: 64, alphabet: hex }",
  "secrets.NAME.generated.shareWith": "[catalog]",
  "secrets.NAME.generated.fields": "{ client-id: { uuid: true } }",
  "secrets.NAME.generated.fields.NAME": "{ uuid: true }",
  "secrets.NAME.database": "{ host: db.example.com, port: 5432, name: orders, username: orders }",
  "secrets.NAME.database.host": "db.example.com",
  "secrets.NAME.database.port": "5432",
  "secrets.NAME.database.name": "orders",
  "secrets.NAME.database.username": "orders",
  "secrets.NAME.database.readerHost": "reader.example.com",
  "secrets.NAME.database.url": "true",
  "secrets.NAME.replicas": "[eu-central-1]",
  "secrets.NAME.shareWith": "[notifications]",
  parameters: "{ log-level: { description: Verbosity of the logs, type: String, value: info } }",
  "parameters.NAME": "{ description: Verbosity of the logs, type: String, value: info }",
  "parameters.NAME.description": "Verbosity of the logs",
  "parameters.NAME.value String": "info",
  "parameters.NAME.value StringList": "[https://shop.example.com, https://www.example.com]",
  "parameters.NAME.public": "The partner publishes it on its web site",
  "parameters.NAME.shareWith": "[notifications]",
  "parameters.NAME.expires": "{ after: 60 days, warn: 14 days }",
  "parameters.NAME.expires.reason": "The partner gives out one for the life of the contract",
  consumers: "{ api: { kind: lambda, reads: [database] } }",
  "consumers.NAME": "{ kind: lambda, reads: [database] }",
  "consumers.NAME.reads": "[database, billing/token]",
  "consumers.NAME.namespace": "orders",
  "consumers.NAME.serviceAccount": "orders-api",
  "consumers.NAME.cluster": "main",
  "consumers.NAME.code": "examples/typescript/lambda/dist",
  "consumers.NAME.memory ecs": "1024",
  "consumers.NAME.port": "8080",
  ...ofContainers({
    entryPoint: "[/usr/bin/tini, --]",
    command: "[node, worker.js]",
    writable: "[/tmp]",
    files: "{ /run/tls/tls.key: certificate-key }",
    healthCheck: "{ command: curl -f http://localhost:8080/health }",
    "healthCheck.command": "curl -f http://localhost:8080/health",
    repositoryCredentials: "registry-login",
    environment: "{ DB_USER: database.username, LOG_LEVEL: log-level }",
    variables: "{ NODE_ENV: production }",
  }),
  "consumers.NAME.containers": "{ proxy: { image: public.ecr.aws/nginx/nginx:1.29 } }",
  "consumers.NAME.containers.NAME.init": "true",
  "consumers.NAME.containers.NAME": "{ image: public.ecr.aws/nginx/nginx:1.29 }",
  "consumers.NAME.rollout": "{ cluster: orders, service: worker }",
  "consumers.NAME.rollout.cluster": "orders",
  "consumers.NAME.rollout.service": "worker",
  "consumers.NAME.source": "https://github.com/example/orders",
  "consumers.NAME.buildspec": "{ commands: [npm ci, npm test] }",
  "consumers.NAME.buildspec.commands": "[npm ci, npm test]",
};

/** Of the main container, which a consumer's own keys describe, and of those beside it. */
function ofContainers(own: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    ["consumers.NAME", "consumers.NAME.containers.NAME"].flatMap((path) =>
      Object.entries(own).map(([key, example]) => [`${path}.${key}`, example]),
    ),
  );
}

/** What an example is for. */
export interface ExampleOf {
  readonly path: string;
  /** First word of the map's alternative. */
  readonly word?: string | undefined;
  readonly schema: z.ZodType;
  /** As the schema's metadata have it. */
  readonly standard: string | undefined;
}

/**
 * A value of a key, as YAML on one line: the one written here, else the default, or what the schema's words name. Empty
 * where none of them does.
 */
export function exampleOf({ path, word, schema, standard }: ExampleOf): string {
  const written = examples[`${path} ${word}`] ?? examples[path];
  if (written !== undefined) return written;
  return standard !== undefined && standard !== "false" ? standard : toldBy(schema);
}

function toldBy(schema: z.ZodType): string {
  const inner = unwrapped(schema);
  const single = perEnvironmentValue(inner);
  if (single !== undefined) return toldBy(single);
  const [word] = wordsIn(inner);
  if (word !== undefined) return word;
  if (inner instanceof z.ZodBoolean) return "true";
  if (inner instanceof z.ZodNumber) return String(inner.minValue);
  if (inner instanceof z.ZodArray) {
    const entry = toldBy(inner.element as z.ZodType);
    return entry === "" ? "" : `[${entry}]`;
  }
  const expectation = expectationOfSchema(inner);
  return expectation?.duration?.to ?? /such as `([^`]+)`/.exec(expectation?.allowed ?? "")?.[1] ?? "";
}

/** Paths that have one written here, for the test that each is a key. */
export const writtenExamples: readonly string[] = Object.keys(examples).map((path) => path.split(" ")[0]!);
