import { itemsOf } from "../../model/plan/contents";
import type { ConsumerPlan, Plan, ReadableItem } from "../../model/plan/types";
import { nearest } from "../../model/yaml/nearest";
import { UsageError } from "../usageError";

/** What of a service was asked about, in one environment. */
export interface Selected {
  readonly service: string;
  readonly environment: string;
  /** The service's own, or only the one asked about. */
  readonly items: readonly ReadableItem[];
  readonly consumers: readonly ConsumerPlan[];
}

const form =
  "name a SERVICE, a SERVICE/ENVIRONMENT or a SERVICE/ENVIRONMENT/CONSUMER, such as orders/prod/api";

/**
 * By environment, in the order of the organisation. The third part may be a secret or parameter too.
 * @throws UsageError for anything that the manifests do not have. What does not look like a name is not repeated.
 */
export function select(plan: Plan, argument: string): readonly Selected[] {
  const parts = argument.replace(/^\//, "").split("/");
  const [service = "", environment, name] = parts;
  if (parts.length > 3 || !parts.every((part) => /^[\w.-]{1,64}$/.test(part))) throw new UsageError(form);
  const all = everythingIn(plan);
  known(
    service,
    all.map((one) => one.service),
    "service",
    "",
  );
  const ofService = all.filter((one) => one.service === service);
  if (environment === undefined) return ofService;
  known(
    environment,
    ofService.map((one) => one.environment),
    "environment",
    ` of ${service}`,
  );
  const ofEnvironment = ofService.filter((one) => one.environment === environment);
  if (name === undefined) return ofEnvironment;
  const found = ofEnvironment.map((one) => ({
    ...one,
    items: one.items.filter(({ item }) => item === name),
    consumers: one.consumers.filter(({ consumer }) => consumer === name),
  }));
  const names = ofEnvironment.flatMap(({ items, consumers }) => [
    ...consumers.map(({ consumer }) => consumer),
    ...items.map(({ item }) => item),
  ]);
  known(name, names, "consumer or item", ` of ${service} in ${environment}`);
  return found;
}

/** Every service in each of its environments. */
function everythingIn(plan: Plan): readonly Selected[] {
  const items = itemsOf(plan);
  const services = [...new Set([...items, ...plan.consumers].map(({ service }) => service))].sort();
  return services.flatMap((service) =>
    plan.environments.flatMap(({ name: environment }): Selected[] => {
      const isIn = (one: { readonly service: string; readonly environment: string }) =>
        one.service === service && one.environment === environment;
      const here = { items: items.filter(isIn), consumers: plan.consumers.filter(isIn) };
      return here.items.length + here.consumers.length > 0 ? [{ service, environment, ...here }] : [];
    }),
  );
}

/** Of so many names all are told where none is near. */
const listed = 12;

function known(name: string, all: readonly string[], what: string, where: string): void {
  const names = [...new Set(all)];
  if (names.includes(name)) return;
  const near = nearest(name, names);
  const more = names.length > listed ? ` and ${names.length - listed} more` : "";
  const hint =
    near !== undefined
      ? `did you mean ${near}?`
      : names.length === 0
        ? "there is none"
        : `there ${names.length === 1 ? "is" : "are"} ${names.slice(0, listed).join(", ")}${more}`;
  // What was typed may be anything, a value for a prompt as well.
  const shown = /^[a-z0-9.-]{1,32}$/i.test(name) ? ` ${name}` : " of that name";
  throw new UsageError(`there is no ${what}${shown}${where}; ${hint}`);
}
