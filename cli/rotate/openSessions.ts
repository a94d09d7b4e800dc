import type { OpenSessions, SessionStep } from "../../model/functions/rotation";
import { endingStatements } from "../../model/functions/sessionStatements";
import type { SecretPlan } from "../../model/plan/types";
import { alternateUser } from "../../model/values/databaseUsers";
import { invokeRotation } from "../operations/invokeFunction";
import { itemPath } from "../operations/item";
import { OperationError } from "../operations/operationError";
import type { ObservedSecret } from "../../aws/secret";
import type { Session } from "../operations/session";
import type { DatabaseShape } from "../../model/values/plannedForm";

/** What a rotation leaves open: sessions that began with the old password go on with it. */
export interface SessionsOutcome {
  readonly lines: readonly string[];
  readonly sessions?: OpenSessions;
  /** Nothing is left to do that was asked for. */
  readonly clean: boolean;
}

export interface RotatedLogin {
  /** Full ARN of the secret. */
  readonly arn: string;
  /** Version that is current now. */
  readonly version: string;
}

/** Why the end of sessions cannot be asked for with this secret; undefined where it can. */
export function sessionsObstacle(secret: SecretPlan): string | undefined {
  return secret.shape.form === "database"
    ? undefined
    : `${itemPath(secret)} is no database's login, so nothing has sessions open by it; leave --end-sessions out`;
}

/**
 * What the end of sessions will do, for whoever confirms it.
 * @param open what is open now, where the function could be asked
 */
export function sessionsConsequence({ rotation }: SecretPlan, open?: OpenSessions | string): string {
  if (rotation.rotator?.hosted !== "platform") {
    return "AWS's functions end no sessions; what to run in the database instead is told afterwards.";
  }
  const then =
    "Then the sessions of the user whose password was changed are ended: its clients connect again.";
  if (open === undefined) return then;
  return typeof open === "string"
    ? `${then} How many are open now is not known: ${open}.`
    : `${then} ${open.user}, the current user, has ${plural(open.open)} open now.`;
}

/** Sessions of the current version's user, or why they are not known; undefined where no function can be asked. */
export async function currentSessions(
  session: Session,
  secret: SecretPlan,
  { arn, current: version }: ObservedSecret,
): Promise<OpenSessions | string | undefined> {
  if (secret.rotation.rotator?.hosted !== "platform" || version === undefined) return undefined;
  return asked(session, secret, { arn, version }, "countSessions");
}

/**
 * Tells that sessions outlive the rotation, and has the platform's own function end them if asked to; of AWS's functions,
 * which cannot, what to run instead.
 */
export async function openSessions(
  session: Session,
  secret: SecretPlan,
  rotated: RotatedLogin,
  end: boolean,
): Promise<SessionsOutcome> {
  const { shape, rotation } = secret;
  if (shape.form !== "database") return { lines: [], clean: true };
  const isOwn = rotation.rotator?.hosted === "platform";
  if (end) return isOwn ? ended(session, secret, shape, rotated) : endedByHand(secret, shape);
  const line =
    "sessions that were open before stay so until they end; after a leak, " +
    `npx platform rotate ${itemPath(secret)} --end-sessions ${isOwn ? "ends them" : "says how to end them"}`;
  return { lines: [line], clean: true };
}

async function ended(
  session: Session,
  secret: SecretPlan,
  shape: DatabaseShape,
  rotated: RotatedLogin,
): Promise<SessionsOutcome> {
  const sessions = await asked(session, secret, rotated, "endSessions");
  if (typeof sessions === "string") {
    return { lines: [`its sessions were not ended: ${sessions}`, ...byHand(secret, shape)], clean: false };
  }
  const { user, ended: count = 0, open } = sessions;
  return {
    lines: [
      `${plural(count)} of ${user} ended`,
      ...(open === 0
        ? []
        : [`${plural(open)} of ${user} did not end in time, and may still`, ...byHand(secret, shape)]),
      ...otherUser(secret, shape, user),
    ],
    sessions,
    clean: open === 0,
  };
}

/** Of two users that take turns only one got another password. */
function otherUser(secret: SecretPlan, { engine, database }: DatabaseShape, user: string): readonly string[] {
  if (secret.rotation.admin === undefined) return [];
  const { username } = database;
  const other = user === username ? alternateUser(engine, username) : username;
  return [
    `${other} still logs in, with the version before, and keeps its sessions: to lock it out and end them, once more ` +
      `npx platform rotate ${itemPath(secret)} --end-sessions`,
  ];
}

function endedByHand(secret: SecretPlan, shape: DatabaseShape): SessionsOutcome {
  const both =
    secret.rotation.admin === undefined ? [] : ["only the second rotation from now locks out both users"];
  return {
    lines: ["AWS's rotation functions end no sessions", ...byHand(secret, shape), ...both],
    clean: false,
  };
}

function byHand({ rotation }: SecretPlan, { engine, database: { host, port, username } }: DatabaseShape) {
  const users = rotation.admin === undefined ? [username] : [username, alternateUser(engine, username)];
  return [
    `as an administrator of ${host}:${port}:`,
    ...endingStatements(engine, users).map((line) => `  ${line}`),
  ];
}

/** What the function says of the sessions, or why it says nothing: the rotation is done either way. */
async function asked(
  session: Session,
  secret: SecretPlan,
  { arn, version }: RotatedLogin,
  step: SessionStep,
): Promise<OpenSessions | string> {
  try {
    const outcome = await invokeRotation(session, secret, {
      Step: step,
      SecretId: arn,
      ClientRequestToken: version,
    });
    if ("failure" in outcome) return outcome.failure;
    return isOpenSessions(outcome.answer) ? outcome.answer : "the function ended without an answer";
  } catch (error) {
    if (error instanceof OperationError) return error.message;
    throw error;
  }
}

function isOpenSessions(answer: unknown): answer is OpenSessions {
  return typeof answer === "object" && answer !== null && "user" in answer && "open" in answer;
}

function plural(count: number): string {
  return `${count} session${count === 1 ? "" : "s"}`;
}
