import { partitionOf, partitions } from "./partitions";
import { type ServicePlace, servicePrincipals, type ServiceUse, type SourceKey } from "./servicePrincipals";

type Table = typeof servicePrincipals;
export type ServiceName = keyof Table;

/** Services that the table knows at that place. */
export type ServiceAt<Place extends ServicePlace> = {
  [Name in ServiceName]: Place extends keyof Table[Name] ? Name : never;
}[ServiceName];

/** Keys that a service sends at a place. */
export type Sent<Name extends ServiceName, Place extends ServicePlace> =
  Table[Name] extends Readonly<Record<Place, { readonly sends: readonly (infer Key)[] }>>
    ? Key & SourceKey
    : never;

/** What is known of a service at a place; undefined where the table has nothing. */
export function serviceUse(name: string, place: ServicePlace): ServiceUse | undefined {
  const places: Readonly<Partial<Record<ServicePlace, ServiceUse>>> | undefined = Object.hasOwn(
    servicePrincipals,
    name,
  )
    ? servicePrincipals[name as ServiceName]
    : undefined;
  return places?.[place];
}

const domains = [...new Set(Object.values(partitions).map(({ dnsSuffix }) => dnsSuffix))];

/**
 * Name of a service in front of its principal's domain, without a region: `logs` of `logs.eu-west-1.amazonaws.com`.
 * Undefined for what is no service's principal.
 */
export function serviceName(principal: string): string | undefined {
  const domain = domains.find((one) => principal.endsWith(`.${one}`));
  if (domain === undefined) return undefined;
  const parts = principal.slice(0, -domain.length - 1).split(".");
  return (partitionOf(parts.at(-1) ?? "") === undefined ? parts : parts.slice(0, -1)).join(".");
}
