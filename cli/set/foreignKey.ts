import type { SecretPlan } from "../../model/plan/types";
import { itemPath } from "../operations/item";
import { keyArn } from "../operations/keyArn";
import { OperationError } from "../operations/operationError";
import type { ObservedSecret } from "../../aws/secret";
import type { Session } from "../operations/session";

/**
 * Refuses a secret under another customer key than the manifest's: a name proves nothing, and whoever has that key could
 * read what is put there. A caller who may not ask which key an alias leads to is not told of one.
 * @throws OperationError
 */
export async function refuseForeignKey(
  session: Session,
  secret: SecretPlan,
  { keyId, arn }: ObservedSecret,
  stack: string,
): Promise<void> {
  if (keyId === undefined) return;
  const planned = await keyArn(session, secret.key.alias);
  if (planned === undefined || planned === keyId || planned.endsWith(`:key/${keyId}`)) return;
  throw new OperationError(
    `${itemPath(secret)} (${arn}) is under the key ${keyId}, and not under ${secret.key.alias} (${planned}) as in the ` +
      `manifest; nothing was written; where the key was changed there, pulumi up --stack ${stack} --policy-pack policies comes first; otherwise ` +
      "find out who made that secret",
  );
}
