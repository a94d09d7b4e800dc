import {
  DescribeSecretCommand,
  type DescribeSecretCommandOutput,
  type SecretListEntry,
  UpdateSecretVersionStageCommand,
} from "@aws-sdk/client-secrets-manager";
import { soon } from "../../aws/retry";
import type { SecretPlan } from "../../model/plan/types";
import { type DatabaseForm, parseFormTag } from "../../model/values/databaseForm";
import { type ObservedRotation, observedRotation } from "../../model/values/plannedRotation";
import { type ObservedReplica, observedReplicas } from "../../model/values/replicas";
import { daysOfRate, type RotationDates } from "../../model/values/rotationState";
import { formTag, unsetTag } from "../../model/values/tags";
import { secondLook } from "./call";
import { itemPath } from "./item";
import { OperationError } from "./operationError";
import type { Session } from "./session";

/** What can be seen of a secret without reading it. */
export interface ObservedSecret {
  readonly name: string;
  /** Full, with the six characters AWS puts at its end. */
  readonly arn: string;
  /** ARN or id of the key it is under; undefined for AWS's own. */
  readonly keyId?: string | undefined;
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
  readonly dates: RotationDates;
  readonly lastRotated?: Date | undefined;
  /** When anything about it changed last. */
  readonly lastChanged?: Date | undefined;
  /** Its copies in other regions; undefined where it comes from a list, which does not tell. */
  readonly replicas?: readonly ObservedReplica[] | undefined;
  /** Ids of the versions with the labels AWSCURRENT, AWSPREVIOUS and AWSPENDING. */
  readonly current?: string | undefined;
  readonly previous?: string | undefined;
  readonly pending?: string | undefined;
}

/** DescribeSecret and ListSecrets tell the same under different names. */
export function observedSecret(entry: DescribeSecretCommandOutput | SecretListEntry): ObservedSecret {
  const stages =
    ("VersionIdsToStages" in entry ? entry.VersionIdsToStages : undefined) ??
    ("SecretVersionsToStages" in entry ? entry.SecretVersionsToStages : undefined) ??
    {};
  const labelled = (label: string) => Object.keys(stages).find((version) => stages[version]?.includes(label));
  const { ScheduleExpression = "", AutomaticallyAfterDays, Duration = "" } = entry.RotationRules ?? {};
  const tags = new Map((entry.Tags ?? []).map(({ Key, Value }) => [Key, Value]));
  const hours = /^(\d+)h$/.exec(Duration)?.[1];
  return {
    name: entry.Name ?? "",
    arn: entry.ARN ?? "",
    keyId: entry.KmsKeyId,
    isUnset: tags.has(unsetTag),
    form: parseFormTag(tags.get(formTag)),
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
    current: labelled("AWSCURRENT"),
    previous: labelled("AWSPREVIOUS"),
    pending: labelled("AWSPENDING"),
  };
}

function described(answer: DescribeSecretCommandOutput): ObservedSecret {
  return { ...observedSecret(answer), replicas: observedReplicas(answer.ReplicationStatus) };
}

/** The version that blocks rotations: pending, and not current. */
export function blockingVersion({ pending, current }: ObservedSecret): string | undefined {
  return pending === current ? undefined : pending;
}

/** Undefined where there is none of that name or ARN, which is told at once. */
export async function describeSecret(session: Session, id: string): Promise<ObservedSecret | undefined> {
  return session.call({ action: "secretsmanager:DescribeSecret", target: id }, async () => {
    try {
      return described(await session.secrets.send(new DescribeSecretCommand({ SecretId: id })));
    } catch (error) {
      if (error instanceof Error && error.name === "ResourceNotFoundException") return undefined;
      throw error;
    }
  });
}

/** One that was there a moment ago. */
export async function describeAgain(session: Session, { arn }: ObservedSecret): Promise<ObservedSecret> {
  return session.call(
    { action: "secretsmanager:DescribeSecret", target: arn, justMade: ["target"] },
    async () => described(await session.secrets.send(new DescribeSecretCommand({ SecretId: arn }))),
  );
}

/** @throws OperationError for a secret that was never deployed or is being deleted */
export async function presentSecret(
  session: Session,
  secret: SecretPlan,
  stack: string,
): Promise<ObservedSecret> {
  const observed = await soon(() => describeSecret(session, secret.name), secondLook);
  if (observed === undefined) {
    throw new OperationError(
      `${itemPath(secret)} is not in account ${session.account} yet; make it first: pulumi up --refresh --stack ${stack}`,
    );
  }
  if (observed.deletedAt !== undefined) {
    throw new OperationError(
      `${itemPath(secret)} is being deleted since ${observed.deletedAt.toISOString().slice(0, 10)}; ` +
        `restore it first, with its values: pulumi up --refresh --stack ${stack}`,
    );
  }
  return observed;
}

/** Moves a label between versions, or takes it off one; whoever loses AWSCURRENT gets AWSPREVIOUS by itself. */
export async function moveLabel(
  session: Session,
  secret: ObservedSecret,
  label: "AWSCURRENT" | "AWSPENDING",
  versions: { readonly from: string | undefined; readonly to?: string },
): Promise<void> {
  await session.call(
    { action: "secretsmanager:UpdateSecretVersionStage", target: secret.name, justMade: ["target"] },
    () =>
      session.secrets.send(
        new UpdateSecretVersionStageCommand({
          SecretId: secret.arn,
          VersionStage: label,
          ...(versions.from !== undefined && { RemoveFromVersionId: versions.from }),
          ...(versions.to !== undefined && { MoveToVersionId: versions.to }),
        }),
      ),
  );
}
