import { type Clock, systemClock } from "../../aws/clock";
import { persistOr } from "../../aws/call";
import type { Attempt } from "../../aws/failure";
import type { RetryOptions } from "../../aws/retry";
import { changing, endIfAsked, stopped } from "../interrupt";
import { attempts } from "../../aws/session";
import { type ProgressLine, progressLine } from "../check/progressLine";
import { awsFailure, type CallerAdvice } from "./awsFailure";

/** Seconds that one call waits for what passes by itself: somebody is watching. */
const patience = { tries: attempts, seconds: 8 };

/** Of a look for what may never have been made: long enough for what was made this moment. */
export const secondLook: RetryOptions = { patience: { tries: attempts, seconds: 2 } };

/** Milliseconds of waiting after which a line on the terminal says so. */
const noticeMs = 2_000;

/** Actions that change nothing; a query of records is none either. */
const reading = /:(Describe|Get|List|Lookup|StartQuery|StopQuery)/;

interface Surroundings {
  readonly clock?: Clock;
  readonly progress?: ProgressLine;
}

/**
 * Makes a call, and again while what AWS answers passes by itself.
 * @throws OperationError that names the attempt and what was done
 */
export async function call<T>(
  attempt: Attempt,
  advice: CallerAdvice,
  send: () => Promise<T>,
  { clock = systemClock, progress = progressLine() }: Surroundings = {},
): Promise<T> {
  const { action, target } = attempt;
  let isShown = false;
  const onPause = (waitedMs: number) => {
    if (waitedMs < noticeMs) return;
    isShown = true;
    progress.show(`AWS is not ready for ${action} on ${target} yet: trying for up to ${patience.seconds} s`);
  };
  endIfAsked();
  const retry = { patience, clock: untilStopped(clock), onPause, isOver: () => stopped.aborted };
  const sent = () => persistOr(attempt, retry, send, (error) => awsFailure(attempt, advice, error));
  try {
    return await (reading.test(action) ? sent() : changing(`${action} on ${target}`, sent));
  } finally {
    if (isShown) progress.clear();
  }
}

/** Its pauses end where the command is asked to stop; one more try, and the answer to that stands. */
function untilStopped(clock: Clock): Clock {
  return { ...clock, sleep: (milliseconds) => Promise.race([clock.sleep(milliseconds), stopping]) };
}

const stopping = new Promise<void>((resolve) => {
  stopped.addEventListener("abort", () => resolve(), { once: true });
});
