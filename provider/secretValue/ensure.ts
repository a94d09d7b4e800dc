import { soon } from "../../aws/retry";
import type { ObservedSecret } from "../../aws/secret";
import { firstVersionId } from "../../model/values/firstVersion";
import { formSince, formTagValue } from "../../model/values/databaseForm";
import { isSupplied } from "../../model/values/supplied";
import { formOfLogin } from "../../model/values/plannedForm";
import { formTag, restoredTag, unsetTag } from "../../model/values/tags";
import { markSecret, unmarkSecret } from "../aws/secretTags";
import type { Session } from "../aws/session";
import { firstValue } from "./firstValue";
import type { SecretValueInputs } from "./inputs";
import {
  attachCurrent,
  detachFirst,
  hasVersion,
  isLabelledFirst,
  presentSecret,
  putFirstVersion,
} from "./secret";

/**
 * Gives the secret its first value unless it has one, and returns the id of the version that is current afterwards.
 * The next run goes on from wherever a crash stopped this one: the tags come before the value they speak of, the value
 * has an id that exists once, and AWSCURRENT goes only where no version has it.
 */
export async function ensureFirstValue(session: Session, inputs: SecretValueInputs): Promise<string> {
  const { secretId } = inputs;
  const versionId = firstVersionId(secretId);
  let secret = await presentSecret(session, secretId);

  if (secret.current === undefined) {
    const fromOutside = isSupplied(inputs.shape);
    if (fromOutside) await markSecret(session, secretId, firstTags(inputs, hasVersion(secret, versionId)));
    if (!hasVersion(secret, versionId)) {
      secret = await unlessDone(
        session,
        secretId,
        (after) => hasVersion(after, versionId),
        () => putFirstVersion(session, secretId, versionId, firstValue(inputs)),
      );
    }
    if (secret.current === undefined) {
      secret = await unlessDone(
        session,
        secretId,
        (after) => after.current !== undefined,
        () => attachCurrent(session, secretId, versionId),
      );
    }
    // Someone supplied the real value in the same moment.
    const current = secret.current;
    if (fromOutside && current !== undefined && current !== versionId)
      await unmarkSecret(session, secretId, unsetTag);
  }

  if (isLabelledFirst(secret, versionId)) await detachFirst(session, secretId, versionId);
  // That it has come this far says that its import is recorded.
  if (restoredTag in secret.tags) await unmarkSecret(session, secretId, restoredTag);
  return secret.current ?? versionId;
}

/** A version that a crash left behind keeps the note of what it is for: the manifest may have changed since. */
function firstTags(
  { secretId, shape, masterArn }: SecretValueInputs,
  isPut: boolean,
): Readonly<Record<string, string>> {
  const unset = { [unsetTag]: "true" };
  if (isPut || shape.form !== "database") return unset;
  const form = formSince(formOfLogin(shape, masterArn), firstVersionId(secretId));
  return { ...unset, [formTag]: formTagValue(form) };
}

/**
 * Acts, then looks, and looks again where a description lags behind what was done; an error counts only when what it
 * should have brought about is not there.
 */
async function unlessDone(
  session: Session,
  secretId: string,
  isDone: (secret: ObservedSecret) => boolean,
  act: () => Promise<void>,
): Promise<ObservedSecret> {
  const failure = await act().then(
    () => undefined,
    (error: unknown) => ({ error }),
  );
  const look = async (): Promise<ObservedSecret> => {
    const secret = await presentSecret(session, secretId);
    if (failure !== undefined && !isDone(secret)) throw failure.error;
    return secret;
  };
  const shown = await soon(async () => {
    const secret = await look();
    return isDone(secret) ? secret : undefined;
  }, session.retry);
  return shown ?? look();
}
