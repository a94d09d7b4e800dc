import type { Attempt } from "./failure";
import { passes } from "./passing";
import { retried, type RetryOptions } from "./retry";

/** Makes one call as its caller makes them all. */
export type Call = <T>(attempt: Attempt, send: () => Promise<T>) => Promise<T>;

/** What of an attempt says whether an answer to it passes. */
type Tried = Pick<Attempt, "action" | "justMade">;

/** Makes a call, and again while what AWS answers passes by itself. Errors of the SDK pass through. */
export function persist<T>(
  { action, justMade }: Tried,
  retry: RetryOptions,
  send: () => Promise<T>,
): Promise<T> {
  return retried(send, (error) => passes(action, error, justMade), retry);
}

/**
 * The same for people.
 * @param failure what is thrown in place of the SDK's last error, which carries the whole request
 */
export async function persistOr<T>(
  attempt: Tried,
  retry: RetryOptions,
  send: () => Promise<T>,
  failure: (error: unknown) => Error,
): Promise<T> {
  try {
    return await persist(attempt, retry, send);
  } catch (error) {
    throw failure(error);
  }
}
