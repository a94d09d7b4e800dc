/** What guards values in one account, and what watches them. */
export interface ChangeScope {
  /** `path/name` of those whose changes are a deployment's. */
  readonly deployers: readonly string[];
  /** What the names of our alarms and rules begin with. */
  readonly namePrefix: string;
  /** Log group of the trail. */
  readonly logGroup: string;
  /**
   * The environment of a workload account, which holds things of others too; absent for a security account, which
   * holds nothing else.
   */
  readonly environment?: string;
}
