import { PutSecretValueCommand, UpdateSecretVersionStageCommand } from "@aws-sdk/client-secrets-manager";
import { AwsFailure } from "../../aws/failure";
import { describeKnownSecret, type ObservedSecret } from "../../aws/secret";
import type { Session } from "../aws/session";
import type { FirstValue } from "./firstValue";

/**
 * Label of the first version while it is put. Secrets Manager gives AWSCURRENT as well to the first version a secret
 * ever gets, and leaves AWSCURRENT where it is when a version with a label of its own arrives: so the value of whoever
 * writes in the same moment stays current.
 */
const firstStage = "platform:first";
const currentStage = "AWSCURRENT";

function isNotFound(error: unknown): error is AwsFailure {
  return error instanceof AwsFailure && error.code === "ResourceNotFoundException";
}

/**
 * A secret that the program has made, perhaps a moment ago, and that stays; any other is an error that says what to do.
 */
export async function presentSecret(session: Session, secretId: string): Promise<ObservedSecret> {
  const secret = await describeKnownSecret(session, secretId).catch((error: unknown) => {
    if (!isNotFound(error)) throw error;
    const tried = error.tried === undefined ? "" : ` (${error.tried})`;
    throw new Error(
      `there is no secret ${secretId} in account ${session.account}${tried}; run \`pulumi up --refresh --policy-pack policies\``,
    );
  });
  if (secret.deletedAt !== undefined) {
    throw new Error(
      `the secret ${secretId} is scheduled for deletion; restore it ` +
        `(\`aws secretsmanager restore-secret --secret-id ${secretId}\`), then run \`pulumi up --refresh --policy-pack policies\``,
    );
  }
  return secret;
}

export function hasVersion(secret: ObservedSecret, versionId: string): boolean {
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

export function isLabelledFirst(secret: ObservedSecret, versionId: string): boolean {
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
