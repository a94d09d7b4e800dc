import type { OpenSessions, SessionStep } from "../../model/functions/rotation";
import type { SecretDescription } from "./versions";

/**
 * What one kind of secret adds to the protocol. Every method may be called again after any failure, a killed process
 * included, and has to end in the same state. Errors of the user's making are RotationErrors.
 */
export interface Rotator {
  /** The value of a new version. `current` is undefined while no version is AWSCURRENT. */
  create(secret: SecretDescription, current: string | undefined): string;

  /**
   * Why a pending value made by an earlier attempt can no longer follow the current one (someone has supplied another
   * value or rolled back since), as a sentence; undefined: it still can.
   */
  misfit(secret: SecretDescription, current: string | undefined, wanted: string): string | undefined;

  /** The same of a pending value that is not of the form asked for by now. Absent: it never has another. */
  outdated?(secret: SecretDescription, pending: string): string | undefined;

  /** Makes the system behind the secret accept the wanted value. */
  set(change: Change): Promise<void>;

  /** Uses the value as a client would, and where it is to take the current one's place, proves that it can. */
  test(secret: SecretDescription, value: string, current: string | undefined): Promise<void>;

  /** Looks at the sessions that the user of the current value has open in a database, or ends them. Absent: none has any. */
  sessions?(secret: SecretDescription, value: string | undefined, step: SessionStep): Promise<OpenSessions>;
}

export interface Change {
  readonly secret: SecretDescription;
  /** Undefined while no version is AWSCURRENT. */
  readonly current: string | undefined;
  /** Value that is to work afterwards. */
  readonly wanted: string;
  /** Values that may still work though the current one does not, the likeliest first; read one by one. */
  earlier(): AsyncIterable<string>;
  /**
   * Current value of the administrator's secret, by the ARN or name that the secret's value gives; undefined when it has
   * none. Fails with a RotationError for any but the one this function was deployed with for the secret.
   */
  readAdministrator(named: string): Promise<string | undefined>;
  /**
   * Asks Secrets Manager whether this change is still to be made. To be called last before the change takes effect,
   * while holding the lock that keeps other invocations out: a call that was held up for hours must not undo what
   * its successors did.
   */
  stillWanted(): Promise<boolean>;
  /** Says in the log what was done beside the change. */
  note(message: string): void;
}
