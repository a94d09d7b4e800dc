import type { ReadArn } from "./arn";
import type { KeyAsked, Owner, SecretAsked } from "./call";
import type { ReadPolicy } from "./policies";
import type { Subject } from "./subjects";

/** What there is, with its documents read. */

export interface Principal extends Subject {
  readonly identity: readonly ReadPolicy[];
  readonly boundary?: ReadPolicy;
  readonly controls: readonly (readonly ReadPolicy[])[];
}

export interface Key {
  readonly arn: string;
  readonly owner: Owner;
  readonly aliases: readonly string[];
  readonly policy: ReadPolicy;
}

/** An item's key, with what a call of Decrypt for it says. */
export interface UnderKey {
  readonly key: Key;
  readonly asked: KeyAsked;
  /** As which the service calls for a role. */
  readonly services: readonly string[];
}

export interface Item {
  readonly kind: "secret" | "parameter";
  readonly arn: ReadArn;
  readonly owner: Owner;
  readonly policy?: ReadPolicy;
  /** Absent for a parameter in plain text. */
  readonly underKey?: UnderKey;
  /** Of a secret. */
  readonly secret?: SecretAsked;
}

export interface Endpoint {
  readonly account: string;
  readonly service: string;
  readonly policy: ReadPolicy;
}

/** All documents, read. */
export interface AccessModel {
  readonly principals: ReadonlyMap<string, Principal>;
  readonly items: ReadonlyMap<string, Item>;
  readonly endpoints: ReadonlyMap<string, Endpoint>;
}
