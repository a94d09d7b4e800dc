import { randomUUID } from "node:crypto";
import {
  PutSecretValueCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-secrets-manager";
import type { SecretPlan } from "../../model/plan/types";
import { type DatabaseForm, formChanges, formSince, formTagValue } from "../../model/values/databaseForm";
import { formTag, unsetTag } from "../../model/values/tags";
import { itemPath } from "../operations/item";
import { OperationError } from "../operations/operationError";
import { blockingVersion, describeKnownSecret, type ObservedSecret } from "../../aws/secret";
import { moveLabel } from "../operations/secret";
import type { Session } from "../operations/session";

export interface SecretWrite {
  readonly stored: string;
  /** Texts inside it that no message may repeat. */
  readonly parts: readonly string[];
  /** What the value is for; a database's alone has one. */
  readonly form?: DatabaseForm | undefined;
  /** As it was when the consequences were told: the one pending version that may be given up. */
  readonly announced: ObservedSecret;
}

export interface SecretWritten {
  readonly version: string;
  readonly wasUnset: boolean;
  /** Pending version that was given up. */
  readonly gaveUp?: string;
}

/**
 * Puts the value, then gives up a pending version, which is older and would take the value's place at the end of its
 * rotation; then notes what the value is for, and last that it is set. Wherever this is broken off, what was there still
 * holds or `platform status` names what is left to do, and setting once more does it. The other way round would be worse:
 * without the value, the pending version of a single user may hold the only password that works; with the note first, an
 * old form could come back unseen.
 *
 * A rotation long done leaves its label on the current version, where it means nothing, but on the previous one it would
 * bring that back: it goes first.
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RotateSecret.html
 * @throws OperationError when a rotation has begun since the consequences were told; nothing is written then
 */
export async function writeSecret(
  session: Session,
  secret: SecretPlan,
  { stored, parts, form, announced }: SecretWrite,
): Promise<SecretWritten> {
  const before = await describeKnownSecret(session, announced.arn);
  refuseOtherRotation(secret, announced, before);
  const gaveUp = blockingVersion(before);
  if (gaveUp === undefined) await removePending(session, before);
  const version = randomUUID();
  await session.call(
    {
      action: "secretsmanager:PutSecretValue",
      target: secret.name,
      justMade: ["target", "key"],
      hide: parts,
    },
    () =>
      session.secrets.send(
        new PutSecretValueCommand({
          SecretId: before.arn,
          ClientRequestToken: version,
          SecretString: stored,
        }),
      ),
  );
  try {
    if (gaveUp !== undefined) await giveUp(session, secret, before, version);
    if (form !== undefined) await noteForm(session, before, form, version);
    if (before.isUnset) await markAsSet(session, before);
    return { version, wasUnset: before.isUnset, ...(gaveUp !== undefined && { gaveUp }) };
  } catch (error) {
    if (!(error instanceof OperationError)) throw error;
    throw new OperationError(
      `${itemPath(secret)} has its value (version ${version}), but what follows it was not done: ${error.message}; ` +
        "then set the same value once more",
      error.code,
    );
  }
}

function refuseOtherRotation(secret: SecretPlan, announced: ObservedSecret, before: ObservedSecret): void {
  const pending = blockingVersion(before);
  if (pending === undefined || pending === blockingVersion(announced)) return;
  throw new OperationError(
    `a rotation of ${itemPath(secret)} has begun in the meantime (version ${pending}); nothing was written; ` +
      `let it end (npx platform status tells), then set the value`,
  );
}

/** The rotation may have ended by itself in the meantime: then which version is current decides. */
async function giveUp(
  session: Session,
  secret: SecretPlan,
  observed: ObservedSecret,
  version: string,
): Promise<void> {
  await removePending(session, observed);
  const after = await describeKnownSecret(session, observed.arn);
  if (after.current === version) return;
  throw new OperationError(
    `the unfinished rotation of ${itemPath(secret)} ended in this very moment, and its version ${after.current} is ` +
      "current instead",
  );
}

/** Nothing where no version carries the label, or no longer that one. */
async function removePending(session: Session, observed: ObservedSecret): Promise<void> {
  if (observed.pending === undefined) return;
  try {
    await moveLabel(session, observed, "AWSPENDING", { from: observed.pending });
  } catch (error) {
    const isElsewhere = error instanceof OperationError && error.code === "InvalidParameterException";
    if (!isElsewhere) throw error;
  }
}

/**
 * Written only where it says something new, so that `since` stays with the version that a form came with. Versions before
 * it may have another form; of one that was never noted nothing is known, and nothing is claimed.
 */
async function noteForm(
  session: Session,
  { arn, name, form: before, isUnset }: ObservedSecret,
  form: DatabaseForm,
  version: string,
): Promise<void> {
  const isSame = before !== undefined && formChanges(before, form).length === 0;
  // The value just written has whatever connection fields are asked for.
  if (isSame && before.asked === undefined) return;
  const known = before !== undefined || isUnset ? formSince(form, version) : form;
  const noted = isSame ? { ...form, ...(before.since !== undefined && { since: before.since }) } : known;
  const tags = [{ Key: formTag, Value: formTagValue(noted) }];
  await session.call({ action: "secretsmanager:TagResource", target: name, justMade: ["target"] }, () =>
    session.secrets.send(new TagResourceCommand({ SecretId: arn, Tags: tags })),
  );
}

async function markAsSet(session: Session, { arn, name }: ObservedSecret): Promise<void> {
  await session.call({ action: "secretsmanager:UntagResource", target: name, justMade: ["target"] }, () =>
    session.secrets.send(new UntagResourceCommand({ SecretId: arn, TagKeys: [unsetTag] })),
  );
}
