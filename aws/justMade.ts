/**
 * What of a call is so young that AWS may not know it everywhere yet. Only the caller can tell, so it says so; what
 * merely may be missing is not named here, and its absence is told at once.
 */
export type JustMade =
  /** What is acted on was made, restored or seen there a moment ago. */
  | "target"
  /** The key that encrypts, its alias or its policy. */
  | "key"
  /** The role that calls, or its policies. */
  | "rights";
