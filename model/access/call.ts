import type { ModelledAction } from "./actions";
import type { Subject } from "./subjects";

/** One call to AWS by a role, with all that statements may ask about it. */
export interface Call {
  readonly by: Subject;
  readonly action: ModelledAction;
  /** ARN that statements have to name. */
  readonly resource: string;
  readonly region: string;
  /** Account of what is called for, and its organisation. */
  readonly owner: { readonly account: string; readonly organisation?: string };
  /** Service that calls for the role, as `kms:ViaService` names it. */
  readonly via?: string;
  /** Endpoint that the role's own call goes through. */
  readonly endpoint?: string;
  readonly secret?: { readonly arn: string; readonly rotationFunction?: string };
  readonly key?: {
    readonly aliases: readonly string[];
    /** Encryption context, by lower-case name; a value that nobody knows beforehand is undefined. */
    readonly encryptionContext: ReadonlyMap<string, { readonly name: string; readonly value?: string }>;
  };
}
