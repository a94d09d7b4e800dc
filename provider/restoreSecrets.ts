import {
  ListSecretsCommand,
  RestoreSecretCommand,
  type SecretListEntry,
} from "@aws-sdk/client-secrets-manager";
import { restoredTag } from "../model/values/tags";
import { markSecret } from "./aws/secretTags";
import type { Session } from "./aws/session";
import type { PluginContext } from "./context";
import type { Failure, FunctionHandler } from "./protocol/handlers";

/** A secret inside its recovery window. */
export interface PendingDeletion {
  readonly name: string;
  readonly arn: string;
  /** End of the window, in ISO 8601. */
  readonly deletionDate: string;
}

/** A secret that was restored and is to be imported. */
export interface RestoredSecret {
  readonly name: string;
  readonly arn: string;
}

/**
 * Finds which of the named secrets are scheduled for deletion and, unless it is a dry run or a preview, restores them:
 * a secret cannot be created under such a name, but a restored one can be imported. Those that an earlier run restored
 * and did not get to import are among the restored ones again.
 */
export function restoreSecretsFunction(context: PluginContext): FunctionHandler {
  return async (args, preview) => {
    const failures = argumentFailures(args);
    if (failures.length > 0) return { failures };
    const names = new Set(args.names as string[]);
    if (names.size === 0) return { result: { pending: [], restored: [] } };

    const session = await context.session();
    const secrets = await listSecrets(session, names);
    const pending = secrets.flatMap(pendingDeletion);
    const restored = secrets.flatMap(restoredBefore);
    if (args.dryRun !== true && !preview) {
      for (const { name, arn } of pending) {
        await restore(session, arn);
        restored.push({ name, arn });
      }
    }
    return { result: { pending, restored } };
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

/** One pass over all secrets, 100 a page: cheaper than a call for each name. In the order of their names. */
async function listSecrets(session: Session, names: ReadonlySet<string>): Promise<SecretListEntry[]> {
  const found: SecretListEntry[] = [];
  let token: string | undefined;
  do {
    const page = await session.call(
      { action: "secretsmanager:ListSecrets", target: `account ${session.account}` },
      () =>
        session.secrets.send(
          new ListSecretsCommand({
            IncludePlannedDeletion: true,
            MaxResults: 100,
            ...(token === undefined ? {} : { NextToken: token }),
          }),
        ),
    );
    found.push(...(page.SecretList ?? []).filter((entry) => names.has(entry.Name ?? "")));
    token = page.NextToken;
  } while (token !== undefined && token !== "");
  return found.sort((a, b) => ((a.Name ?? "") < (b.Name ?? "") ? -1 : 1));
}

function pendingDeletion({ Name, ARN, DeletedDate }: SecretListEntry): PendingDeletion[] {
  if (DeletedDate === undefined || Name === undefined || ARN === undefined) return [];
  return [{ name: Name, arn: ARN, deletionDate: DeletedDate.toISOString() }];
}

function restoredBefore({ Name, ARN, DeletedDate, Tags }: SecretListEntry): RestoredSecret[] {
  const isMarked = Tags?.some(({ Key }) => Key === restoredTag) ?? false;
  if (!isMarked || DeletedDate !== undefined || Name === undefined || ARN === undefined) return [];
  return [{ name: Name, arn: ARN }];
}

/** The mark comes after: AWS takes no tags for a secret that is scheduled for deletion. */
async function restore(session: Session, arn: string): Promise<void> {
  await session.call({ action: "secretsmanager:RestoreSecret", target: arn, justMade: ["target"] }, () =>
    session.secrets.send(new RestoreSecretCommand({ SecretId: arn })),
  );
  await markSecret(session, arn, { [restoredTag]: "true" });
}
