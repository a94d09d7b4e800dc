import { setTimeout as wait } from "node:timers/promises";

/** Time and chance, so that a test can have its own. */
export interface Clock {
  /** Milliseconds of the epoch. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
  /** At least 0, below 1. */
  random(): number;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds) => wait(milliseconds),
  random: () => Math.random(),
};
