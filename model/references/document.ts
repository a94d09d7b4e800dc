import type { ConsumerPlan, ReadableItem, RoleIdentity } from "../plan/types";
import { rolesOf } from "../plan/contents";
import { mainReferences } from "./reference";
import { valueFrom } from "./valueFrom";

/**
 * Where a consumer finds its values, as `/{service}/{environment}/platform/{consumer}` holds it in JSON: names of AWS and
 * plain text of the manifest, nothing sensitive. Keys are added and never renamed, since teams' own programs read them.
 * `secrets` and `environment` are what a container definition of ECS takes under these names
 * (https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html).
 */
export interface ReferencesDocument {
  /** ARNs of its roles: `execution` and `task` of an ECS consumer, `runtime` of any other. */
  readonly roles: Readonly<Partial<Record<"runtime" | "task" | "execution", string>>>;
  /** Variables that AWS fills at start, and what from. */
  readonly secrets: readonly { readonly name: string; readonly valueFrom: string }[];
  /** Variables that say where a value is which the program reads, ARNs; and those in plain text. */
  readonly environment: readonly { readonly name: string; readonly value: string }[];
  /** Of an ECS consumer that pulls from a private registry with a login. */
  readonly repositoryCredentials?: { readonly credentialsParameter: string } | undefined;
}

/** @param arnOf an item's ARN; of a secret its pattern or the full one */
export function referencesDocument(
  consumer: ConsumerPlan,
  arnOf: (item: ReadableItem) => string,
): ReferencesDocument {
  // The same whatever the manifest's order, so that nothing is written anew for it.
  const references = [...mainReferences(consumer)].sort((a, b) => (a.variable < b.variable ? -1 : 1));
  const places = references.flatMap(({ variable, holds, item }) =>
    holds === "arn" ? [{ name: variable, value: arnOf(item) }] : [],
  );
  const plain = Object.entries(consumer.variables).map(([name, value]) => ({ name, value }));
  return {
    roles: Object.fromEntries(rolesOf([consumer]).map(({ use, arn }) => [roleKey(use), arn])),
    secrets: references.flatMap(({ variable, holds, item, field }) => {
      if (holds === "arn") return [];
      const kind = item.kind === "parameter" ? ("parameter" as const) : ("secret" as const);
      const from = { kind, arn: arnOf(item), ...(field !== undefined && { field }) };
      return [{ name: variable, valueFrom: valueFrom(from) }];
    }),
    environment: [...places, ...plain].sort((a, b) => (a.name < b.name ? -1 : 1)),
    ...registryLogin(consumer, arnOf),
  };
}

/** The execution role reads it; of a task that is built here each container has its own. */
function registryLogin(
  { settings, executionRole }: ConsumerPlan,
  arnOf: (item: ReadableItem) => string,
): Pick<ReferencesDocument, "repositoryCredentials"> {
  if (settings.kind !== "ecs" || settings.task !== undefined) return {};
  const [login] = settings.repositoryCredentials;
  const item =
    login &&
    executionRole?.grants.find(({ service, item }) => service === login.service && item === login.item);
  return item === undefined ? {} : { repositoryCredentials: { credentialsParameter: arnOf(item) } };
}

export function roleKey(use: RoleIdentity["use"]): keyof ReferencesDocument["roles"] {
  return use === "ecs-task" ? "task" : use === "ecs-execution" ? "execution" : "runtime";
}

/**
 * As the parameter holds it. Parameter Store refuses double braces, which plain text may have: JSON has another way to write
 * the second one, and has none outside of its texts here.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html#systemsmanager-PutParameter-request-Value
 */
export function referencesText(...of: Parameters<typeof referencesDocument>): string {
  return JSON.stringify(referencesDocument(...of))
    .replaceAll("{{", "{\\u007b")
    .replaceAll("}}", "}\\u007d");
}
