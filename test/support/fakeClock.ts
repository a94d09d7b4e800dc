import type { Clock } from "../../aws/clock";

/** Time that passes only in pauses, and chance that always draws the same. */
export interface FakeClock extends Clock {
  /** Milliseconds of each pause. */
  readonly pauses: number[];
  /** Lets time pass by other means. */
  pass(milliseconds: number): void;
}

/** `chance`: below 1. */
export function fakeClock(chance = 0.999): FakeClock {
  let time = Date.parse("2027-03-01T00:00:00Z");
  const pauses: number[] = [];
  return {
    pauses,
    now: () => time,
    random: () => chance,
    pass: (milliseconds) => void (time += milliseconds),
    sleep(milliseconds) {
      pauses.push(milliseconds);
      time += milliseconds;
      // Later than whatever is under way, as a real pause is.
      return new Promise((resolve) => setImmediate(resolve));
    },
  };
}
