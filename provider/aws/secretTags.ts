import { TagResourceCommand, UntagResourceCommand } from "@aws-sdk/client-secrets-manager";
import type { Session } from "./session";

/** Sets a tag, with the value `true`, that the parts of the platform tell each other something by. */
export async function markSecret(session: Session, secretId: string, tag: string): Promise<void> {
  await session.call({ action: "secretsmanager:TagResource", target: secretId, justMade: ["target"] }, () =>
    session.secrets.send(new TagResourceCommand({ SecretId: secretId, Tags: [{ Key: tag, Value: "true" }] })),
  );
}

export async function unmarkSecret(session: Session, secretId: string, tag: string): Promise<void> {
  await session.call({ action: "secretsmanager:UntagResource", target: secretId, justMade: ["target"] }, () =>
    session.secrets.send(new UntagResourceCommand({ SecretId: secretId, TagKeys: [tag] })),
  );
}
