import { type Clock, systemClock } from "./clock";
import { rememberEffort, sdkTries } from "./effort";

/** How much is done for one call. Whichever ends first. */
export interface Patience {
  /** Requests, the SDK's own repetitions included. */
  readonly tries: number;
  /** From the first request to the beginning of the last; each call has the SDK's own limits. */
  readonly seconds: number;
}

export interface RetryOptions {
  readonly patience: Patience;
  readonly clock?: Clock | undefined;
  /** Told before each pause how long one waits by its end, in milliseconds. */
  readonly onPause?: ((waitedMs: number) => void) | undefined;
  /** Ends it early: where the time of a function runs out, say. */
  readonly isOver?: (() => boolean) | undefined;
}

/** Longest pause before the second try, and before any later one. */
const firstPauseMs = 250;
const longestPauseMs = 4_000;

/**
 * Makes a call again while its error is one that passes, after pauses that double, each drawn evenly from nothing to its
 * longest, so that many callers do not come back at once.
 * https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 * @throws what the last try threw; `effortWords` says what was done before
 */
export async function retried<T>(
  call: () => Promise<T>,
  passes: (error: unknown) => boolean,
  options: RetryOptions,
): Promise<T> {
  const waiting = pauses(options);
  for (;;) {
    try {
      return await call();
    } catch (error) {
      const goesOn = await waiting.pause(sdkTries(error), () => passes(error));
      if (goesOn) continue;
      rememberEffort(error, waiting.effort());
      throw error;
    }
  }
}

/** Looks again, in the same way, for what a list or description may not show yet; undefined where it stays away. */
export async function soon<T>(
  look: () => Promise<T | undefined>,
  options: RetryOptions,
): Promise<T | undefined> {
  const waiting = pauses(options);
  for (;;) {
    const found = await look();
    if (found !== undefined || !(await waiting.pause(1, () => true))) return found;
  }
}

function pauses({ patience, clock = systemClock, onPause, isOver }: RetryOptions) {
  const started = clock.now();
  let tries = 0;
  let rounds = 0;
  return {
    /** Waits and answers true, where another try is to be made. */
    async pause(more: number, isWorthIt: () => boolean): Promise<boolean> {
      tries += more;
      if (tries >= patience.tries || isOver?.() === true || !isWorthIt()) return false;
      const pauseMs = clock.random() * Math.min(firstPauseMs * 2 ** rounds++, longestPauseMs);
      const waitedMs = clock.now() - started + pauseMs;
      if (waitedMs > patience.seconds * 1000) return false;
      onPause?.(waitedMs);
      await clock.sleep(pauseMs);
      return true;
    },
    effort: () => ({ tries, milliseconds: clock.now() - started }),
  };
}
