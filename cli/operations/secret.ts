import { UpdateSecretVersionStageCommand } from "@aws-sdk/client-secrets-manager";
import { soon } from "../../aws/retry";
import { describeSecret, type ObservedSecret } from "../../aws/secret";
import type { SecretPlan } from "../../model/plan/types";
import { secondLook } from "./call";
import { itemPath } from "./item";
import { OperationError } from "./operationError";
import type { Session } from "./session";

/** @throws OperationError for a secret that was never deployed or is being deleted */
export async function presentSecret(
  session: Session,
  secret: SecretPlan,
  stack: string,
): Promise<ObservedSecret> {
  const observed = await soon(() => describeSecret(session, secret.name), secondLook);
  if (observed === undefined) {
    throw new OperationError(
      `${itemPath(secret)} is not in account ${session.account} yet; make it first: pulumi up --refresh --stack ${stack} --policy-pack policies`,
    );
  }
  if (observed.deletedAt !== undefined) {
    throw new OperationError(
      `${itemPath(secret)} is being deleted since ${observed.deletedAt.toISOString().slice(0, 10)}; ` +
        `restore it first, with its values: pulumi up --refresh --stack ${stack} --policy-pack policies`,
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
