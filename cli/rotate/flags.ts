import type { ChangeFlags } from "../operations/options";

export interface RotateFlags extends ChangeFlags {
  readonly allOverdue?: true;
  /** Ends what the user whose password was changed has open in the database. */
  readonly endSessions?: true;
  /** Minutes a rotation may take. */
  readonly wait: number;
}
