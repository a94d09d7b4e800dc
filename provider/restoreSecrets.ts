import {
  ListSecretsCommand,
  RestoreSecretCommand,
  type SecretListEntry,
} from "@aws-sdk/client-secrets-manager";
import { attempt, type Session } from "./aws/session";
import type { PluginContext } from "./context";
import type { Failure, FunctionHandler } from "./protocol/handlers";

/** A secret inside its recovery window. */
export interface PendingDeletion {
  readonly name: string;
  readonly arn: string;
  /** End of the window, in ISO 8601. */
  readonly deletionDate: string;
}

/**
 * Finds which of the named secrets are scheduled for deletion and, unless it is a dry run or a preview, restores them:
 * a secret cannot be created under such a name, but a restored one can be imported.
 */
export function restoreSecretsFunction(context: PluginContext): FunctionHandler {
  return async (args, preview) => {
    const failures = argumentFailures(args);
    if (failures.length > 0) return { failures };
    const names = new Set(args.names as string[]);
    if (names.size === 0) return { result: { pending: [], restored: [] } };

    const session = await context.session();
    const pending = await pendingDeletions(session, names);
    const restoring = args.dryRun === true || preview ? [] : pending;
    for (const { arn } of restoring) await restore(session, arn);
    return { result: { pending, restored: restoring } };
  };
}

function argumentFailures({ names, dryRun }: Readonly<Record<string, unknown>>): Failure[] {
  const failures: Failure[] = [];
  if (!Array.isArray(names) || names.some((name) => typeof name !== "string"))
    failures.push({
      property: "names",
      reason: "must be a list of the names of secrets, without their ARNs",
    });
  if (dryRun !== undefined && typeof dryRun !== "boolean")
    failures.push({ property: "dryRun", reason: "must be true or false" });
  return failures;
}

/** One pass over all secrets, 100 a page: cheaper than a call for each name. */
async function pendingDeletions(session: Session, names: ReadonlySet<string>): Promise<PendingDeletion[]> {
  const found: PendingDeletion[] = [];
  let token: string | undefined;
  do {
    const page = await attempt(
      { action: "secretsmanager:ListSecrets", target: `account ${session.account}`, as: session.as },
      () =>
        session.secrets.send(
          new ListSecretsCommand({
            IncludePlannedDeletion: true,
            MaxResults: 100,
            ...(token === undefined ? {} : { NextToken: token }),
          }),
        ),
    );
    found.push(...(page.SecretList ?? []).filter((entry) => names.has(entry.Name ?? "")).flatMap(asPending));
    token = page.NextToken;
  } while (token !== undefined && token !== "");
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function asPending({ Name, ARN, DeletedDate }: SecretListEntry): PendingDeletion[] {
  if (DeletedDate === undefined || Name === undefined || ARN === undefined) return [];
  return [{ name: Name, arn: ARN, deletionDate: DeletedDate.toISOString() }];
}

async function restore(session: Session, arn: string): Promise<void> {
  await attempt({ action: "secretsmanager:RestoreSecret", target: arn, as: session.as }, () =>
    session.secrets.send(new RestoreSecretCommand({ SecretId: arn })),
  );
}
