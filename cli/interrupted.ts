/** What a command was at when it was ended. */
export interface Interrupted {
  /** Changes without an answer yet. */
  readonly underWay: readonly string[];
  /** Changes that were made, in their order. */
  readonly done: readonly string[];
  /** What to do next. @default to see what the same command would do now */
  readonly advice?: string | undefined;
}

/** Says what was done, what may be, and that the rest was not. */
export function endingWords({ underWay, done, advice = dryRun }: Interrupted): string {
  if (underWay.length === 0 && done.length === 0) return "broken off; nothing was written";
  const after = done.length === 0 ? "" : ` after ${done.join(", ")}`;
  return underWay.length === 0
    ? `broken off${after}; nothing else was done; ${advice}`
    : `broken off${after}, while ${underWay.join(", ")} had no answer, and so may be done or not; ${advice}`;
}

const dryRun = "the same command with --dry-run says what is left to do";
