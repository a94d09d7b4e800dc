import type { ModelledAction } from "./actions";
import type { Subject } from "./subjects";

/** One call to AWS by a role, with all that statements may ask about it. */
export interface Call {
  readonly by: Subject;
  readonly action: ModelledAction;
  /** ARN that statements have to name. */
  readonly resource: string;
  readonly region: string;
  readonly owner: Owner;
  /** Service that calls for the role, as `kms:ViaService` names it. */
  readonly via?: string | undefined;
  /** Endpoint that the role's own call goes through. */
  readonly endpoint?: string | undefined;
  readonly secret?: SecretAsked;
  readonly key?: KeyAsked;
}

/** Account of what is called for, and its organisation. */
export interface Owner {
  readonly account: string;
  readonly organisation?: string;
}

export interface SecretAsked {
  readonly arn: string;
  readonly rotationFunction?: string;
}

export interface KeyAsked {
  readonly aliases: readonly string[];
  /** Encryption context, by lower-case name; a value that nobody knows beforehand is undefined. */
  readonly encryptionContext: ReadonlyMap<string, { readonly name: string; readonly value?: string }>;
}
