import type { ValueForm } from "./value";

/** Where a value goes, looked at and found fit to take it. */
export interface Target {
  readonly form: ValueForm;
  /** What to know before the value is given; with nothing in it, nothing is asked then. */
  readonly beforehand: readonly string[];
  /** What writing it does, for the person who confirms. */
  readonly consequences: readonly string[];
  /** Stores the value; what it says is what came of it. */
  readonly write: (stored: string, parts: readonly string[]) => Promise<Written>;
}

export interface Written {
  /** Id of the secret's version, or number of the parameter's. */
  readonly version: string;
  /** When the value is deleted, for a parameter that expires. */
  readonly expiresAt?: Date | undefined;
  /** It had no value until now. */
  readonly wasUnset: boolean;
  /** What to do or to know next. */
  readonly notes: readonly string[];
}
