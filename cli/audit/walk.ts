import type { Auditor } from "../../model/audit/auditor";
import type { AuditorSession } from "./auditorSession";
import type { AuditFlags } from "./options";
import type { Progress } from "./progress";
import { shellWord } from "../shellWord";

/** What to take, and from where on. */
export interface Walk<Stopped extends Progress> {
  readonly flags: AuditFlags;
  readonly session: AuditorSession;
  /** Where an earlier audit stopped. */
  readonly before: Stopped | undefined;
  readonly taking: Pick<Auditor, "add">;
  readonly show: (step: string) => void;
  /** Keeps what an audit that fails later can go on from. */
  readonly keep: (progress: Stopped) => void;
}

/** What was taken, and where it stopped before the end. */
export interface Walked {
  readonly stopped: Progress | undefined;
  readonly notes: readonly string[];
}

/** What was read beside the report itself, in words. */
export interface Gathered {
  /** False where records of the time asked for are known to be missing. */
  readonly covered: boolean;
  /** True where some were left for another audit to take. */
  readonly stopped: boolean;
  readonly notes: readonly string[];
}

/** How to take what was left. */
export function goOn({ resume }: AuditFlags): string {
  return resume === undefined
    ? "take more with --limit, or part by part with --resume FILE"
    : `go on with --resume ${shellWord(resume)}`;
}
