import type { Session } from "./aws/session";
import type { EngineLog } from "./protocol/engineLog";

/** What resources and functions work with. */
export interface PluginContext {
  /** Opens the session at the first use; fails alike at every use when it cannot be opened. */
  session(): Promise<Session>;
  /** Accounts the configuration allows; known without calling AWS. */
  allowedAccountIds(): readonly string[];
  region(): string | undefined;
  readonly log: EngineLog;
}
