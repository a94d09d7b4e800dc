import { TagResourceCommand, UntagResourceCommand } from "@aws-sdk/client-secrets-manager";
import type { Session } from "./session";

/** Sets tags that the parts of the platform tell each other something by. */
export async function markSecret(
  session: Session,
  secretId: string,
  tags: Readonly<Record<string, string>>,
): Promise<void> {
  const list = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  await session.call({ action: "secretsmanager:TagResource", target: secretId, justMade: ["target"] }, () =>
    session.secrets.send(new TagResourceCommand({ SecretId: secretId, Tags: list })),
  );
}

export async function unmarkSecret(
  session: Session,
  secretId: string,
  ...tags: readonly string[]
): Promise<void> {
  await session.call({ action: "secretsmanager:UntagResource", target: secretId, justMade: ["target"] }, () =>
    session.secrets.send(new UntagResourceCommand({ SecretId: secretId, TagKeys: [...tags] })),
  );
}
