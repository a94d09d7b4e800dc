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

export interface RestoredSecrets {
  /** Of the named secrets, those that were scheduled for deletion. */
  readonly pending: readonly PendingDeletion[];
  /**
   * Those to be imported: restored now, which a preview or a dry run does not do, or by an earlier run that ended before
   * the import was recorded. Making the SecretValue of such a secret ends that.
   */
  readonly restored: readonly RestoredSecret[];
}

/**
 * Restores those of the named secrets that are scheduled for deletion: AWS lets none be created under such a name
 * before its recovery window ends. A preview restores nothing, whatever `dryRun` says.
 */
export async function restoreSecrets(
  args: { readonly names: readonly string[]; readonly dryRun: boolean },
  opts?: InvokeOptions,
): Promise<RestoredSecrets> {
  const answer = (await runtime.invoke("secrets-platform:index:restoreSecrets", { ...args }, opts ?? {})) as
    Partial<RestoredSecrets> | undefined;
  // A provider whose configuration is not known yet answers nothing.
  return { pending: answer?.pending ?? [], restored: answer?.restored ?? [] };
}
