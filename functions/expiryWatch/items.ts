import type { DatabaseForm } from "../../model/values/databaseForm";
import type { ObservedRotation } from "../../model/values/plannedRotation";
import type { ObservedReplica } from "../../model/values/replicas";
import type { RotationDates } from "../../model/values/rotationState";

/** What can be seen of a parameter without reading it. */
export interface WatchedParameter {
  readonly kind: "parameter";
  readonly name: string;
  /** Undefined until somebody asks for it: tags take a call each. */
  readonly owner: string | undefined;
  readonly isUnset: boolean;
  readonly lastModified: Date | undefined;
  /** `PolicyText`s. */
  readonly policies: readonly string[];
}

/** What can be seen of a secret without reading it. */
export interface WatchedSecret {
  readonly kind: "secret";
  readonly name: string;
  /** From its tags. */
  readonly owner: string | undefined;
  readonly isUnset: boolean;
  /** Undefined where none is configured. `last` is its creation while there was no rotation and no next one is known. */
  readonly rotation: RotationDates | undefined;
  /** When and by what Secrets Manager rotates it. */
  readonly rules?: ObservedRotation | undefined;
  /** A version is pending that is not the current one. */
  readonly isPending: boolean;
  /** When anything about it changed last. */
  readonly lastChanged: Date | undefined;
  /** What its value is for; undefined where nobody has noted it. */
  readonly form?: DatabaseForm | undefined;
  /** Its copies in other regions, or why they cannot be seen; undefined where nobody has looked. */
  readonly replicas?: readonly ObservedReplica[] | string;
}

export type WatchedItem = WatchedParameter | WatchedSecret;
