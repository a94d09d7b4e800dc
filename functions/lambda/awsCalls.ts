import type { Clock } from "../../aws/clock";
import { type Call, persist } from "../../aws/call";
import type { JustMade } from "../../aws/justMade";
import { type RetryOptions, soon } from "../../aws/retry";
import type { LambdaContext } from "./context";

/** Calls to AWS of one invocation. */
export interface AwsCalls {
  /**
   * Makes a call, and again while what AWS answers passes by itself. Errors of the SDK pass through. `action`: as IAM
   * names it. `justMade`: what of it AWS may not know everywhere yet, beside what holds for the whole function.
   */
  call<T>(action: string, send: () => Promise<T>, justMade?: readonly JustMade[]): Promise<T>;
  /** The same, as what is shared with others makes calls. */
  readonly asked: Call;
  /** Looks again for what was made a moment ago; undefined where it stays away. */
  soon<T>(look: () => Promise<T | undefined>): Promise<T | undefined>;
}

export interface AwsCallOptions {
  /** Milliseconds that have to be left of the invocation for another try. */
  readonly reserveMs: number;
  /** What holds for every call of the function. @default nothing */
  readonly justMade?: readonly JustMade[];
  readonly clock?: Clock | undefined;
}

/** For one call: a step of a rotation makes several in 60 seconds. */
const patience = { tries: 12, seconds: 8 };

/** For a look: what is never there is an answer too, and not to be long in coming. */
const lookSeconds = 3;

export function awsCalls(context: LambdaContext, options: AwsCallOptions): AwsCalls {
  const { reserveMs, justMade: always = [], clock } = options;
  const isOver = () => context.getRemainingTimeInMillis() < reserveMs;
  const retry: RetryOptions = { patience, clock, isOver };
  const call: AwsCalls["call"] = (action, send, justMade = []) =>
    persist({ action, justMade: [...always, ...justMade] }, retry, send);
  return {
    call,
    asked: ({ action, justMade }, send) => call(action, send, justMade),
    soon: (look) => soon(look, { ...retry, patience: { ...patience, seconds: lookSeconds } }),
  };
}
