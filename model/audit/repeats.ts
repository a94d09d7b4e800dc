/**
 * Recognises records that come more than once: CloudTrail may deliver one again, and the files of two trails hold the
 * same records. The two accounts' records of one call are no repeats, each has an `eventID` of its own.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/shared-event-ID.html
 */
export interface Repeats {
  /** Whether it came before; if not, it is remembered. A record without an id is never taken for another one. */
  known(eventID: string | undefined): boolean;
}

/** @param capacity ids remembered: at least the last so many, at most twice as many */
export function repeats(capacity: number): Repeats {
  // Two halves, so that the oldest are forgotten without looking for them one by one.
  let recent = new Set<string>();
  let before = new Set<string>();
  return {
    known(eventID) {
      if (eventID === undefined) return false;
      if (recent.has(eventID) || before.has(eventID)) return true;
      recent.add(eventID);
      if (recent.size >= capacity) {
        before = recent;
        recent = new Set();
      }
      return false;
    },
  };
}
