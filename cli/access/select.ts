import { nearest } from "../../model/yaml/nearest";
import { consumerOf } from "../audit/rows";
import { itemPath } from "../operations/item";
import { UsageError } from "../usageError";
import type { AccessFlags } from "./flags";
import type { NamedItem, NamedRole, Names } from "./names";

/** What was asked about. */
export interface Asked {
  readonly roles: readonly NamedRole[];
  readonly items: readonly NamedItem[];
  /** A pair has to have the service on one of its sides. */
  readonly service?: string;
  /** Refused pairs too: where both sides were named, an answer is due for each. */
  readonly refused: boolean;
  readonly explain: boolean;
}

/** @throws UsageError for a name that nothing has, with the nearest that something has, and for names that exclude each other */
export function select(
  { who, what, service, environment, explain = false }: Omit<AccessFlags, "format" | "organisationPolicy">,
  { roles, items }: Names,
): Asked {
  const services = [...new Set(items.map(({ place }) => place.service))];
  const environments = [...new Set(items.map(({ place }) => place.environment))];
  if (service !== undefined) known(service, services, "service");
  if (environment !== undefined) known(environment, environments, "environment");
  const askedRoles = who === undefined ? roles : named(who, roles, rolesBy, "role");
  const askedItems = what === undefined ? items : named(what, items, itemsBy, "secret or parameter");
  const isOf = ({ place }: NamedItem) => environment === undefined || place.environment === environment;
  // Nothing would be left, and to say that nobody can read it would be wrong.
  if (what !== undefined && !askedItems.some(isOf))
    throw new UsageError(
      `what --what names is not of the environment ${environment ?? ""}; leave one of both out`,
    );
  if (who !== undefined && what !== undefined && service !== undefined) {
    const isOfService = [
      ...askedRoles.map(({ role }) => role?.service),
      ...askedItems.map(({ place }) => place.service),
    ].includes(service);
    if (!isOfService)
      throw new UsageError(
        `what --who and --what name is not of the service ${service}; leave --service out`,
      );
  }
  return {
    roles: askedRoles,
    items: askedItems.filter(isOf),
    ...(service !== undefined && { service }),
    refused: who !== undefined && what !== undefined,
    explain,
  };
}

/** Every name that a role answers to. */
function rolesBy({ principal, name, role }: NamedRole): readonly string[] {
  const { arn } = principal;
  return [name, arn, arn.slice(arn.lastIndexOf("/") + 1), ...(role === undefined ? [] : [consumerOf(role)])];
}

function itemsBy({ item, name, place }: NamedItem): readonly string[] {
  const { service, item: own } = place;
  return [name, item.arn.text, itemPath(place), `${service}/${own}`];
}

function named<T>(
  asked: string,
  all: readonly T[],
  namesOf: (one: T) => readonly string[],
  what: string,
): readonly T[] {
  // A parameter's own name begins with a slash.
  const name = asked.replace(/^\//, "");
  const found = all.filter((one) => namesOf(one).includes(name));
  if (found.length > 0) return found;
  throw unknown(name, new Set(all.flatMap(namesOf)), what);
}

function known(name: string, names: readonly string[], what: string): void {
  if (!names.includes(name)) throw unknown(name, names, what);
}

function unknown(name: string, names: Iterable<string>, what: string): UsageError {
  const near = nearest(name, names);
  const hint = near === undefined ? "npx platform access lists them" : `did you mean ${near}?`;
  // What was typed may be anything, a value for a prompt as well.
  const shown = /^[\w/@:.+=,!-]{1,160}$/.test(name) ? ` ${name}` : " of that name";
  return new UsageError(`there is no ${what}${shown}; ${hint}`);
}
