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
  readonly rotation: WatchedRotation | undefined;
  /** A version is pending that is not the current one. */
  readonly isPending: boolean;
  /** When anything about it changed last. */
  readonly lastChanged: Date | undefined;
}

export interface WatchedRotation {
  /** When Secrets Manager means to rotate at the latest; in the past after failures. */
  readonly next: Date | undefined;
  /** Last rotation; creation while there was none and no next one is known. */
  readonly last: Date | undefined;
  /** Days between two rotations, for a rate. */
  readonly everyDays: number | undefined;
  /** Hours the window is open after the due date begins. */
  readonly windowHours: number;
}

export type WatchedItem = WatchedParameter | WatchedSecret;
