import { sharedOf } from "../../startup/decodeOnce";
import { readProperties, type Properties } from "../view/values";

/**
 * What rules see of the properties that a policy got: a proxy that throws at a plain read of an unknown value, and lets
 * descriptors through.
 */
export function readOnce(props: object): Properties {
  const shared = sharedOf(props);
  if (shared === undefined) return readProperties(withoutProxy(props));
  return (shared.properties ??= readProperties(shared.behind)) as Properties;
}

function withoutProxy(props: object): object {
  const entries = Object.entries(Object.getOwnPropertyDescriptors(props));
  return Object.fromEntries(entries.map(([key, { value }]) => [key, value as unknown]));
}
