import type { OpenSessions, RestoreStep, RotationStep, SessionStep } from "../../model/functions/rotation";
import { RotationError } from "./errors";
import { publishLabelled } from "./keyPair/labelled";
import type { Publication } from "./keyPair/publication";
import type { Change, Rotator } from "./rotator";
import { versionLabelled, type SecretDescription, type SecretVersions } from "./versions";

/** One invocation's work on a version that may be touched. */
export interface Work {
  readonly rotator: Rotator;
  readonly secret: SecretDescription;
  readonly versions: SecretVersions;
  /** Id of the version the step is about. */
  readonly token: string;
  readonly readAdministrator: Change["readAdministrator"];
  readonly note: Change["note"];
  /** Of a key pair: where its public keys are published. */
  readonly publication?: Publication | undefined;
}

/** Ends in a few words for the log on what was done. */
export type Step = (work: Work) => Promise<string>;

export const steps: Readonly<Record<RotationStep | RestoreStep, Step>> = {
  createSecret,
  setSecret,
  testSecret,
  finishSecret,
  restoreSecret,
};

async function createSecret(work: Work): Promise<string> {
  const { rotator, secret, versions, token } = work;
  const current = await readCurrent(work);
  const made = await versions.read("AWSPENDING", token);
  if (made !== undefined) return keepPending(work, current, made);
  if (await versions.putPending(token, rotator.create(secret, current))) return "a new value is pending";
  // Another invocation of the same step was quicker.
  const others = await versions.readStored("AWSPENDING", token);
  if (others === undefined) throw pendingGone(token);
  return keepPending(work, current, others);
}

async function keepPending(work: Work, current: string | undefined, made: string): Promise<string> {
  await giveUpMisfit(work, current, made);
  return "the value made by an earlier call is kept";
}

/**
 * A version's value cannot be changed, so one that cannot become current would fail every rotation from now on.
 * Without its label the next rotation starts afresh. One that was current before, whose rotation had left it the label,
 * must not become so again: a value was supplied in its place.
 */
async function giveUpMisfit(work: Work, current: string | undefined, pending: string): Promise<void> {
  const misfit =
    work.secret.stages[work.token]?.includes("AWSPREVIOUS") === true
      ? "it was current before, and another value has been supplied since"
      : (work.rotator.misfit(work.secret, current, pending) ?? work.rotator.outdated?.(work.secret, pending));
  if (misfit === undefined) return;
  await work.versions.removePending(work.token);
  throw new RotationError(
    `the pending version ${work.token} can no longer become current: ${misfit}`,
    "it has been given up; the next rotation starts afresh, at once with npx platform rotate",
  );
}

async function setSecret(work: Work): Promise<string> {
  const { rotator, versions, token } = work;
  const wanted = await versions.readStored("AWSPENDING", token);
  if (wanted === undefined) throw pendingGone(token);
  const current = await readCurrent(work);
  await giveUpMisfit(work, current, wanted);
  await rotator.set(change(work, current, wanted, "AWSPENDING"));
  if (work.publication !== undefined) await publishLabelled(versions, work.publication);
  return "the pending value is set";
}

/**
 * With RotateImmediately off, Secrets Manager calls this step alone, on a pending version it makes for the purpose
 * and removes again. Whether that one holds a value is not documented; if not, it is the current value that is tried.
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RotateSecret.html
 */
async function testSecret(work: Work): Promise<string> {
  const { rotator, secret, versions, token } = work;
  const pending = await versions.read("AWSPENDING", token);
  const current = await readCurrent(work);
  const value = pending ?? current;
  if (value === undefined) throw pendingGone(token);
  await rotator.test(secret, value, current);
  if (pending !== undefined) await work.publication?.known(pending);
  return pending === undefined ? "the current value works" : "the pending value works";
}

/**
 * AWSPENDING stays on the version: removing it by a call of its own can make Secrets Manager take the rotation for
 * failed.
 */
async function finishSecret({ versions, token, publication }: Work): Promise<string> {
  const pending = await versions.readStored("AWSPENDING", token);
  if (pending === undefined) throw pendingGone(token);
  await publication?.known(pending);
  await makeCurrent(versions, token);
  return "the pending version is current";
}

async function restoreSecret(work: Work): Promise<string> {
  const { rotator, secret, versions, token } = work;
  const wanted = await versions.readStored("AWSPREVIOUS", token);
  if (wanted === undefined) throw previousGone(token);
  const current = await readCurrent(work);
  const misfit = rotator.misfit(secret, current, wanted);
  if (misfit !== undefined) {
    throw new RotationError(
      `the previous version cannot take the current one's place: ${misfit}`,
      "supply the value that is to hold (npx platform set)",
    );
  }
  await rotator.set(change(work, current, wanted, "AWSPREVIOUS"));
  await rotator.test(secret, wanted, current);
  if (work.publication !== undefined) {
    await publishLabelled(versions, work.publication);
    await work.publication.known(wanted);
  }
  await makeCurrent(versions, token);
  return settleRestored(work);
}

/**
 * A label AWSPENDING left on the version that was rolled back would block every later rotation. That version is the
 * previous one now; a pending one without that label belongs to a rotation of its own.
 */
export async function settleRestored({ versions }: Work): Promise<string> {
  const secret = await versions.describe();
  const pending = versionLabelled(secret, "AWSPENDING");
  if (pending !== undefined && pending === versionLabelled(secret, "AWSPREVIOUS")) {
    await versions.removePending(pending);
  }
  return "the previous version is current again";
}

/** Neither a version nor a label changes. */
export async function lookAtSessions(
  { rotator, secret, versions, token }: Work,
  step: SessionStep,
): Promise<OpenSessions> {
  const current = await versions.readStored("AWSCURRENT", token);
  if (rotator.sessions !== undefined) return rotator.sessions(secret, current, step);
  throw new RotationError(
    "this secret is no database's login, so nothing has sessions open by it",
    "leave it out",
  );
}

async function makeCurrent(versions: SecretVersions, token: string): Promise<void> {
  const holder = versionLabelled(await versions.describe(), "AWSCURRENT");
  if (holder === token) return;
  try {
    await versions.makeCurrent(token, holder);
  } catch (error) {
    // Another invocation may have moved it between the two calls.
    if (versionLabelled(await versions.describe(), "AWSCURRENT") !== token) throw error;
  }
}

function change(
  { versions, secret, token, readAdministrator, note }: Work,
  current: string | undefined,
  wanted: string,
  label: "AWSPENDING" | "AWSPREVIOUS",
): Change {
  return {
    secret,
    current,
    wanted,
    earlier: () => earlierValues(versions, secret, token),
    readAdministrator,
    note,
    async stillWanted() {
      const stages = (await versions.describe()).stages[token] ?? [];
      return stages.includes(label) && !stages.includes("AWSCURRENT");
    },
  };
}

/** Most versions without labels that are tried; AWS keeps up to about 100. */
const deprecatedTried = 5;

/**
 * AWSPREVIOUS; then another pending version; then versions that lost their labels: a rotation given up after it had
 * changed the password leaves the only working one in one of those.
 */
async function* earlierValues(
  versions: SecretVersions,
  secret: SecretDescription,
  token: string,
): AsyncGenerator<string> {
  for (const label of ["AWSPREVIOUS", "AWSPENDING"] as const) {
    const version = versionLabelled(secret, label);
    if (version === undefined || version === token) continue;
    const value = await versions.read(label, version);
    if (value !== undefined) yield value;
  }
  for (const version of (await versions.deprecated()).slice(0, deprecatedTried)) {
    const value = await versions.readVersion(version);
    if (value !== undefined) yield value;
  }
}

/** A secret that nobody has given a value has no version with the label, and needs no second look. */
function readCurrent({ versions, secret }: Work): Promise<string | undefined> {
  return versionLabelled(secret, "AWSCURRENT") === undefined
    ? versions.read("AWSCURRENT")
    : versions.readStored("AWSCURRENT");
}

function previousGone(token: string): RotationError {
  return new RotationError(
    `version ${token} holds no previous value any more`,
    "roll back again (npx platform rollback); if it stays so, supply the value that is to hold (npx platform set)",
  );
}

function pendingGone(token: string): RotationError {
  return new RotationError(
    `version ${token} holds no value`,
    "rotate again (npx platform rotate); if it stays so, give the pending version up (npx platform unstick)",
  );
}
