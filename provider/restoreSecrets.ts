import { RestoreSecretCommand } from "@aws-sdk/client-secrets-manager";
import { lockSecret } from "../aws/lockSecret";
import { soon } from "../aws/retry";
import { describeSecret, listSecrets } from "../aws/secret";
import { restoredTag } from "../model/values/tags";
import { markSecret } from "./aws/secretTags";
import type { Session } from "./aws/session";
import type { PluginContext } from "./context";
import { foreignReasons } from "./ownership";
import type { InputProblem, FunctionHandler } from "./protocol/handlers";

/** A secret that may be taken over, as AWS describes it now. */
interface Candidate {
  readonly name: string;
  readonly arn: string;
  /** End of the recovery window, in ISO 8601, while it is scheduled for deletion. */
  readonly deletionDate?: string;
  /** Why it is not known to be this platform's. */
  readonly reasons: readonly string[];
}

/**
 * Finds which of the named secrets are scheduled for deletion and, unless it is a dry run or a preview, restores them:
 * a secret cannot be created under such a name, but a restored one can be imported. Those that an earlier run restored
 * and did not get to import are among the restored ones again. One that this platform did not make is refused, and then
 * none is restored.
 */
export function restoreSecretsFunction(context: PluginContext): FunctionHandler {
  return async (args, preview) => {
    const problems = argumentProblems(args);
    if (problems.length > 0) return { problems };
    const names = new Set(args.names as string[]);
    if (names.size === 0) return { result: { pending: [], restored: [] } };

    const session = await context.session();
    const keyArns = (args.keyArns ?? {}) as Readonly<Record<string, readonly string[]>>;
    const candidates = await findCandidates(session, names, keyArns);
    const pending = candidates.filter(({ deletionDate }) => deletionDate !== undefined);
    const refused = candidates.filter(({ reasons }) => reasons.length > 0);
    const own = candidates.filter(({ reasons }) => reasons.length === 0);
    const restored = own.filter(({ deletionDate }) => deletionDate === undefined);
    if (args.dryRun !== true && !preview && refused.length === 0) {
      for (const secret of pending) {
        await restore(session, secret.arn);
        restored.push(secret);
      }
    }
    return {
      result: {
        pending: pending.map(({ name, arn, deletionDate }) => ({ name, arn, deletionDate })),
        restored: restored.map(({ name, arn }) => ({ name, arn })),
        ...(refused.length > 0 && { refused }),
      },
    };
  };
}

function argumentProblems({ names, keyArns, dryRun }: Readonly<Record<string, unknown>>): InputProblem[] {
  const problems: InputProblem[] = [];
  if (!isTexts(names))
    problems.push({
      property: "names",
      reason: "must be a list of the names of secrets, without their ARNs",
    });
  if (keyArns !== undefined && !isMapOfTexts(keyArns))
    problems.push({
      property: "keyArns",
      reason: "must map names of secrets to lists of the ARNs of the keys they may be under",
    });
  if (dryRun !== undefined && typeof dryRun !== "boolean")
    problems.push({ property: "dryRun", reason: "must be true or false" });
  return problems;
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((each) => typeof each === "string");
}

function isMapOfTexts(value: unknown): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every(isTexts)
  );
}

/**
 * One pass over all secrets, 100 a page, is cheaper than a call for each name; but lists lag behind by minutes, so what
 * they show is looked at before anything is done. In the order of their names.
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ListSecrets.html
 */
async function findCandidates(
  session: Session,
  names: ReadonlySet<string>,
  keyArns: Readonly<Record<string, readonly string[]>>,
): Promise<Candidate[]> {
  const found: Candidate[] = [];
  const { account, region } = session;
  const listed = await listSecrets(session, { region, target: `account ${account}`, deleted: true });
  for (const { name, arn, deletedAt, tags } of listed.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (!names.has(name) || (deletedAt === undefined && !(restoredTag in tags))) continue;
    // Undefined for one that the list still shows and that is gone for good.
    const secret = await describeSecret(session, arn);
    if (secret === undefined) continue;
    found.push({
      name,
      arn,
      ...(secret.deletedAt !== undefined && { deletionDate: secret.deletedAt.toISOString() }),
      reasons: foreignReasons({ tags: secret.tags, keyId: secret.keyId }, keyArns[name] ?? []),
    });
  }
  return found;
}

/**
 * The program attaches the secret's own policy later in its update; until then it would have whatever policy it had.
 * Lock and mark come after: AWS takes neither for a secret that is scheduled for deletion.
 */
async function restore(session: Session, arn: string): Promise<void> {
  await session.call({ action: "secretsmanager:RestoreSecret", target: arn, justMade: ["target"] }, () =>
    session.secrets.send(new RestoreSecretCommand({ SecretId: arn })),
  );
  await lockSecret(session.secrets, session.call, arn);
  await markSecret(session, arn, { [restoredTag]: "true" });
  // The import that follows takes a secret that is to be deleted for none.
  await soon(async () => {
    const secret = await describeSecret(session, arn);
    return secret?.deletedAt === undefined || undefined;
  }, session.retry);
}
