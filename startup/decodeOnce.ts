import { isOff } from "./switches";

/**
 * For every policy, @pulumi/policy decodes the properties of a resource again: with 71 policies that costs more than the
 * rules do. Here a message is decoded once, and what rules see of it is made once. Rules change nothing of what they
 * read. Where the package no longer has the function, everything works as before, only slower.
 */
export function decodeOnce(): void {
  if (isOff("PLATFORM_NO_DECODE_ONCE")) return;
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const decoding = require("@pulumi/policy/deserialize") as { deserializeProperties?: Decode };
  const original = decoding.deserializeProperties;
  if (typeof original !== "function") return;
  decoding.deserializeProperties = (message: Message, proxySecrets) => {
    if (proxySecrets) return original(message, proxySecrets);
    let properties = message[decoded];
    if (properties === undefined) {
      properties = original(message, false);
      const shared: Shared = { behind: properties };
      Object.defineProperty(properties, sharedKey, { value: shared });
      message[decoded] = properties;
    }
    return properties;
  };
}

type Decode = (message: Message, proxySecrets: boolean) => object;

/** Kept on the objects themselves: maps from them, tens of thousands long, would keep the garbage collector busy. */
const decoded = Symbol("the decoded properties");
const sharedKey = Symbol("what all policies share of them");

type Message = object & { [decoded]?: object };

/** What is worked out once for all policies that look at the same message. */
export interface Shared {
  readonly behind: object;
  properties?: unknown;
  /** Worked out from the whole stack, kept with its first resource. */
  stack?: unknown;
}

/** Undefined when messages are decoded again. Descriptors pass the proxy that a policy gets. */
export function sharedOf(props: object): Shared | undefined {
  return Object.getOwnPropertyDescriptor(props, sharedKey)?.value as Shared | undefined;
}
