import { nearest } from "../../model/yaml/nearest";
import type {
  ManagedSecretPlan,
  ParameterPlan,
  Plan,
  ReadableItem,
  SecretPlan,
} from "../../model/plan/types";
import { UsageError } from "../usageError";
import { OperationError } from "./operationError";
import { itemsOf } from "../../model/plan/contents";

/** `orders/prod/database`, as every operation takes it. */
export function itemPath({
  service,
  environment,
  item,
}: Pick<ReadableItem, "service" | "environment" | "item">): string {
  return `${service}/${environment}/${item}`;
}

/**
 * The item of the Plan that an argument names, with or without the slash a parameter's own name begins with.
 * @throws UsageError for anything else. What does not look like the name of an item is not repeated: it may be a value
 * that was meant for the prompt.
 */
export function findItem(plan: Plan, argument: string): ReadableItem {
  const path = argument.replace(/^\//, "");
  const items = itemsOf(plan);
  const found = items.find((item) => itemPath(item) === path);
  if (found !== undefined) return found;
  const segments = path.split("/");
  if (
    segments.length < 2 ||
    segments.length > 3 ||
    !segments.every((name) => /^[a-z0-9-]{1,32}$/.test(name))
  ) {
    throw new UsageError("an item is named SERVICE/ENVIRONMENT/NAME, such as orders/prod/database");
  }
  throw new UsageError(`no manifest has ${path}; ${suggestion(items, segments)}`);
}

/** Fixes one part of the name after the other, as far as they are near to something that exists. */
function suggestion(items: readonly ReadableItem[], segments: readonly string[]): string {
  const services = distinct(items.map((item) => item.service));
  const service = closest(segments[0], services);
  if (service === undefined) return `the services are ${services.join(", ")}`;
  const ofService = items.filter((item) => item.service === service);
  const environments = distinct(ofService.map((item) => item.environment));
  const environment = closest(segments[1], environments);
  if (environment === undefined) return `${service} is in ${environments.join(", ")}`;
  const names = ofService.filter((item) => item.environment === environment).map(({ item }) => item);
  const name = closest(segments[2], names);
  return name === undefined
    ? `${service} has in ${environment}: ${names.join(", ")}`
    : `did you mean ${service}/${environment}/${name}?`;
}

function closest(word: string | undefined, candidates: readonly string[]): string | undefined {
  if (word === undefined) return undefined;
  return candidates.includes(word) ? word : nearest(word, candidates);
}

function distinct(names: readonly string[]): string[] {
  return [...new Set(names)];
}

/**
 * The secret of ours that an argument names.
 * @param verb what is to be done: `rotated`
 * @throws OperationError for a parameter, and for what a database service makes and rotates itself
 */
export function findSecret(plan: Plan, argument: string, verb: string): SecretPlan {
  const item = findItem(plan, argument);
  if (item.kind === "secret") return item;
  throw new OperationError(
    item.kind === "parameter" ? notForParameter(item, verb) : notForManaged(item, verb),
  );
}

function notForParameter(item: ParameterPlan, verb: string): string {
  return (
    `${itemPath(item)} is a parameter, and only secrets are ${verb}; ` +
    (item.type === "SecureString"
      ? `put a value with npx platform set ${itemPath(item)}`
      : item.keysOf !== undefined
        ? `its value goes with the key pair ${item.service}/${item.environment}/${item.keysOf}`
        : `its value stands in ${item.at.file}:${item.at.line}`)
  );
}

function notForManaged(item: ManagedSecretPlan, verb: string): string {
  return (
    `${itemPath(item)} is made and rotated by the database service itself (${item.arn}), so it is not ${verb} here; ` +
    "use that service, such as aws rds modify-db-cluster --rotate-master-user-password"
  );
}
