import { readProperties, type Properties } from "./values";

/**
 * For every policy, @pulumi/policy decodes the properties of a resource anew: with 64 policies that costs more than the
 * rules do. Here a message is decoded once, and what rules see of it is made once. Rules change nothing of what they
 * read. Where the package no longer has the function, everything works as before, only slower.
 */
export function decodeOnce(): void {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const decoding = require("@pulumi/policy/deserialize") as { deserializeProperties?: Decode };
  const original = decoding.deserializeProperties;
  if (typeof original !== "function") return;
  const decoded = new WeakMap<object, object>();
  decoding.deserializeProperties = (message, proxySecrets) => {
    if (proxySecrets) return original(message, proxySecrets);
    let properties = decoded.get(message);
    if (properties === undefined) {
      properties = original(message, false);
      Object.defineProperty(properties, identity, { value: properties });
      decoded.set(message, properties);
    }
    return properties;
  };
}

type Decode = (message: object, proxySecrets: boolean) => object;

/** Leads from the proxy that a policy gets to the object behind it; descriptors pass the proxy untouched. */
const identity = Symbol("the decoded properties");

const read = new WeakMap<object, Properties>();

/** What rules see of the properties that a policy got. */
export function readOnce(props: object): Properties {
  const behind = identityOf(props);
  if (behind === undefined) return readProperties(props);
  let properties = read.get(behind);
  if (properties === undefined) read.set(behind, (properties = readProperties(behind)));
  return properties;
}

/** The same object for all policies that look at one message; undefined when messages are decoded anew. */
export function identityOf(props: object): object | undefined {
  return Object.getOwnPropertyDescriptor(props, identity)?.value as object | undefined;
}
