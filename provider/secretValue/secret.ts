import {
  DescribeSecretCommand,
  PutSecretValueCommand,
  UpdateSecretVersionStageCommand,
} from "@aws-sdk/client-secrets-manager";
import type { JustMade } from "../../aws/justMade";
import { AwsFailure } from "../../aws/failure";
import type { Session } from "../aws/session";
import type { FirstValue } from "./firstValue";

/** A secret's metadata. */
export interface SecretMetadata {
  readonly arn: string;
  /** Scheduled for deletion. */
  readonly deleted: boolean;
  readonly tagKeys: readonly string[];
  /** Staging labels by version id. */
  readonly stages: Readonly<Record<string, readonly string[]>>;
}

/**
 * Label of the first version while it is put. Secrets Manager gives AWSCURRENT as well to the first version a secret
 * ever gets, and leaves AWSCURRENT where it is when a version with a label of its own arrives: so the value of whoever
 * writes in the same moment stays current.
 */
const firstStage = "platform:first";
const currentStage = "AWSCURRENT";

/** Undefined when there is no such secret, which is told at once: there may never have been one. */
export async function describeSecret(
  session: Session,
  secretId: string,
): Promise<SecretMetadata | undefined> {
  try {
    return await describe(session, secretId, []);
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

async function describe(
  session: Session,
  secretId: string,
  justMade: readonly JustMade[],
): Promise<SecretMetadata> {
  const answer = await session.call(
    { action: "secretsmanager:DescribeSecret", target: secretId, justMade },
    () => session.secrets.send(new DescribeSecretCommand({ SecretId: secretId })),
  );
  return {
    arn: answer.ARN ?? secretId,
    deleted: answer.DeletedDate !== undefined,
    tagKeys: (answer.Tags ?? []).map(({ Key }) => Key ?? ""),
    stages: answer.VersionIdsToStages ?? {},
  };
}

function isNotFound(error: unknown): error is AwsFailure {
  return error instanceof AwsFailure && error.code === "ResourceNotFoundException";
}

/**
 * A secret that the program has made, perhaps a moment ago, and that stays; any other is an error that says what to do.
 */
export async function presentSecret(session: Session, secretId: string): Promise<SecretMetadata> {
  const secret = await describe(session, secretId, ["target"]).catch((error: unknown) => {
    if (!isNotFound(error)) throw error;
    const tried = error.tried === undefined ? "" : ` (${error.tried})`;
    throw new Error(
      `there is no secret ${secretId} in account ${session.account}${tried}; run \`pulumi up --refresh\``,
    );
  });
  if (secret.deleted) {
    throw new Error(
      `the secret ${secretId} is scheduled for deletion; restore it ` +
        `(\`aws secretsmanager restore-secret --secret-id ${secretId}\`), then run \`pulumi up --refresh\``,
    );
  }
  return secret;
}

/** Id of the version labelled AWSCURRENT; undefined: the secret has no value yet. */
export function currentVersion(secret: SecretMetadata): string | undefined {
  return Object.entries(secret.stages).find(([, stages]) => stages.includes(currentStage))?.[0];
}

export function hasVersion(secret: SecretMetadata, versionId: string): boolean {
  return versionId in secret.stages;
}

export async function putFirstVersion(
  session: Session,
  secretId: string,
  versionId: string,
  value: FirstValue,
): Promise<void> {
  await session.call(
    {
      action: "secretsmanager:PutSecretValue",
      target: secretId,
      justMade: ["target", "key"],
      hide: [value.text, ...value.parts],
    },
    () =>
      session.secrets.send(
        new PutSecretValueCommand({
          SecretId: secretId,
          ClientRequestToken: versionId,
          SecretString: value.text,
          VersionStages: [firstStage],
        }),
      ),
  );
}

/** Makes the version current; Secrets Manager refuses when another one is, as none is named to take the label from. */
export async function attachCurrent(session: Session, secretId: string, versionId: string): Promise<void> {
  await moveStage(session, secretId, { VersionStage: currentStage, MoveToVersionId: versionId });
}

/** Takes the label of the first version off, so that the version ages like any other. */
export async function detachFirst(session: Session, secretId: string, versionId: string): Promise<void> {
  await moveStage(session, secretId, { VersionStage: firstStage, RemoveFromVersionId: versionId });
}

export function isLabelledFirst(secret: SecretMetadata, versionId: string): boolean {
  return secret.stages[versionId]?.includes(firstStage) ?? false;
}

async function moveStage(
  session: Session,
  secretId: string,
  move: { VersionStage: string; MoveToVersionId?: string; RemoveFromVersionId?: string },
): Promise<void> {
  await session.call(
    { action: "secretsmanager:UpdateSecretVersionStage", target: secretId, justMade: ["target"] },
    () => session.secrets.send(new UpdateSecretVersionStageCommand({ SecretId: secretId, ...move })),
  );
}
