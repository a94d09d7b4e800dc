import {
  DescribeSecretCommand,
  type DescribeSecretCommandOutput,
  paginateListSecrets,
  paginateListSecretVersionIds,
  type SecretListEntry,
  type SecretsManagerClient,
  type SecretVersionsListEntry,
} from "@aws-sdk/client-secrets-manager";
import { ownerTag } from "../model/functions/tags";
import { type DatabaseForm, parseFormTag } from "../model/values/databaseForm";
import { type ObservedRotation, observedRotation } from "../model/values/plannedRotation";
import { type ObservedReplica, observedReplicas } from "../model/values/replicas";
import { daysOfRate, type RotationDates } from "../model/values/rotationState";
import { formTag, unsetTag } from "../model/values/tags";
import type { Call } from "./call";
import { itemsOf, withCalls } from "./pages";
import type { JustMade } from "./justMade";

/** Secrets Manager, and how calls to it are made. */
export interface SecretCalls {
  readonly secrets: SecretsManagerClient;
  readonly call: Call;
}

/** What can be seen of a secret without reading it. */
export interface ObservedSecret {
  readonly name: string;
  /** Full, with the six characters AWS puts at its end. */
  readonly arn: string;
  /** ARN or id of the key it is under; undefined for AWS's own. */
  readonly keyId?: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  /** Whom the daily watch tells of it. */
  readonly owner?: string | undefined;
  /** Its value from outside has not been supplied yet. */
  readonly isUnset: boolean;
  /** What its value is for; undefined where nobody has noted it. */
  readonly form?: DatabaseForm | undefined;
  /** When somebody asked for its deletion. */
  readonly deletedAt?: Date | undefined;
  readonly rotates: boolean;
  readonly functionArn?: string | undefined;
  /** When and by what Secrets Manager rotates it. */
  readonly rules?: ObservedRotation;
  /** `last` is its creation while there was no rotation and no next one is known. */
  readonly dates: RotationDates;
  readonly lastRotated?: Date | undefined;
  /** When anything about it changed last. */
  readonly lastChanged?: Date | undefined;
  /** Its copies in other regions; undefined where it comes from a list, which does not tell. */
  readonly replicas?: readonly ObservedReplica[] | undefined;
  /** Labels of each version that has any, by the version's id. */
  readonly stages: Readonly<Record<string, readonly string[]>>;
  /** Ids of the versions with the labels AWSCURRENT, AWSPREVIOUS and AWSPENDING. */
  readonly current?: string | undefined;
  readonly previous?: string | undefined;
  readonly pending?: string | undefined;
}

/** DescribeSecret and ListSecrets tell the same under different names. */
function observedSecret(entry: DescribeSecretCommandOutput | SecretListEntry): ObservedSecret {
  const stages =
    ("VersionIdsToStages" in entry ? entry.VersionIdsToStages : undefined) ??
    ("SecretVersionsToStages" in entry ? entry.SecretVersionsToStages : undefined) ??
    {};
  const labelled = (label: string) => Object.keys(stages).find((version) => stages[version]?.includes(label));
  const { ScheduleExpression = "", AutomaticallyAfterDays, Duration = "" } = entry.RotationRules ?? {};
  const tags = Object.fromEntries((entry.Tags ?? []).map(({ Key = "", Value = "" }) => [Key, Value]));
  const hours = /^(\d+)h$/.exec(Duration)?.[1];
  return {
    name: entry.Name ?? "",
    arn: entry.ARN ?? "",
    keyId: entry.KmsKeyId,
    tags,
    owner: tags[ownerTag],
    isUnset: unsetTag in tags,
    form: parseFormTag(tags[formTag]),
    deletedAt: entry.DeletedDate ?? undefined,
    rotates: entry.RotationEnabled ?? false,
    functionArn: entry.RotationLambdaARN,
    rules: observedRotation(entry),
    dates: {
      next: entry.NextRotationDate ?? undefined,
      // One that never rotated may have got its value long after it was made; its next date counts from then.
      last: entry.LastRotatedDate ?? (entry.NextRotationDate ? undefined : entry.CreatedDate),
      everyDays: AutomaticallyAfterDays ?? daysOfRate(ScheduleExpression),
      windowHours: hours === undefined ? undefined : Number(hours),
    },
    lastRotated: entry.LastRotatedDate ?? undefined,
    lastChanged: entry.LastChangedDate ?? undefined,
    stages,
    current: labelled("AWSCURRENT"),
    previous: labelled("AWSPREVIOUS"),
    pending: labelled("AWSPENDING"),
  };
}

/** The version that blocks rotations: pending, and not current. */
export function blockingVersion({ pending, current }: ObservedSecret): string | undefined {
  return pending === current ? undefined : pending;
}

/** Undefined where there is none of that name or ARN, which is told at once: there may never have been one. */
export async function describeSecret(
  { secrets, call }: SecretCalls,
  id: string,
): Promise<ObservedSecret | undefined> {
  return call({ action: "secretsmanager:DescribeSecret", target: id }, async () => {
    try {
      return described(await secrets.send(new DescribeSecretCommand({ SecretId: id })));
    } catch (error) {
      if (error instanceof Error && error.name === "ResourceNotFoundException") return undefined;
      throw error;
    }
  });
}

/**
 * One that is known to be there.
 * @param justMade none where whoever asks does not wait for it
 */
export async function describeKnownSecret(
  { secrets, call }: SecretCalls,
  id: string,
  justMade: readonly JustMade[] = ["target"],
): Promise<ObservedSecret> {
  return call({ action: "secretsmanager:DescribeSecret", target: id, justMade }, async () =>
    described(await secrets.send(new DescribeSecretCommand({ SecretId: id }))),
  );
}

function described(answer: DescribeSecretCommandOutput): ObservedSecret {
  return { ...observedSecret(answer), replicas: observedReplicas(answer.ReplicationStatus) };
}

/** Of whom and where secrets are listed. */
export interface SecretList {
  readonly region: string;
  /** As a failure names it. */
  readonly target: string;
  /** Those scheduled for deletion as well. @default they are left out */
  readonly deleted?: boolean;
}

/**
 * Every secret whose home is the region, 100 a page; replicas follow theirs. The list may lag behind by five minutes;
 * DescribeSecret does not.
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ListSecrets.html
 */
export async function listSecrets(
  { secrets, call }: SecretCalls,
  { region, target, deleted }: SecretList,
): Promise<ObservedSecret[]> {
  const client = withCalls(secrets, (send) => call({ action: "secretsmanager:ListSecrets", target }, send));
  const input = { MaxResults: 100, ...(deleted === true && { IncludePlannedDeletion: true }) };
  const listed = await itemsOf(paginateListSecrets({ client }, input), ({ SecretList: list }) => list);
  return listed
    .filter(({ PrimaryRegion = region }) => PrimaryRegion === region)
    .map((entry) => ({ ...observedSecret(entry), name: entry.Name ?? entry.ARN ?? "" }));
}

/**
 * The versions of a secret that is there, page by page; those without a label only where asked for.
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ListSecretVersionIds.html
 */
export async function* secretVersions(
  { secrets, call }: SecretCalls,
  {
    arn,
    target = arn,
    deprecated,
  }: { readonly arn: string; readonly target?: string; readonly deprecated: boolean },
): AsyncGenerator<SecretVersionsListEntry> {
  const client = withCalls(secrets, (send) =>
    call({ action: "secretsmanager:ListSecretVersionIds", target, justMade: ["target"] }, send),
  );
  const input = { SecretId: arn, ...(deprecated && { IncludeDeprecated: true }) };
  for await (const { Versions = [] } of paginateListSecretVersionIds({ client }, input)) yield* Versions;
}
