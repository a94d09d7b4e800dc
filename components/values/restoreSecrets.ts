import { type InvokeOptions, runtime } from "@pulumi/pulumi";

/** A secret inside its recovery window. */
export interface PendingDeletion {
  readonly name: string;
  readonly arn: string;
  /** End of the window, in ISO 8601. */
  readonly deletionDate: string;
}

/** A secret that was restored and is to be imported by its ARN. */
export interface RestoredSecret {
  readonly name: string;
  readonly arn: string;
}

/** A secret under one of the names that is not known to be this platform's. */
export interface RefusedSecret {
  readonly name: string;
  readonly arn: string;
  /** End of the window, in ISO 8601; absent for one that is there, marked as restored. */
  readonly deletionDate?: string;
  /** As sentences. */
  readonly reasons: readonly string[];
}

export interface RestoredSecrets {
  /** Of the named secrets, those that were scheduled for deletion. */
  readonly pending: readonly PendingDeletion[];
  /**
   * Those to be imported: restored now, which a preview or a dry run does not do, or by an earlier run that ended before
   * the import was recorded. Making the SecretValue of such a secret ends that.
   */
  readonly restored: readonly RestoredSecret[];
  /** Where there is any, nothing was restored: their names are planned, and somebody else may have made them. */
  readonly refused?: readonly RefusedSecret[];
}

export interface RestoreSecretsArgs {
  readonly names: readonly string[];
  /** ARNs of the keys that each of them may be under; a secret under any other was not made by this program. */
  readonly keyArns: Readonly<Record<string, readonly string[]>>;
  readonly dryRun: boolean;
}

/**
 * Restores those of the named secrets that are scheduled for deletion: AWS lets none be created under such a name
 * before its recovery window ends. A preview restores nothing, whatever `dryRun` says. What is restored nobody may read
 * until its own policy is attached.
 */
export async function restoreSecrets(
  args: RestoreSecretsArgs,
  opts?: InvokeOptions,
): Promise<RestoredSecrets> {
  const answer = (await runtime.invoke("secrets-platform:index:restoreSecrets", { ...args }, opts ?? {})) as
    Partial<RestoredSecrets> | undefined;
  // A provider whose configuration is not known yet answers nothing.
  return { pending: [], restored: [], ...answer };
}
