import { type AwsErrorKind, awsErrorKind } from "../../aws/errors";
import type { SecretPlan } from "../../model/plan/types";
import { isRotationOverdue } from "../../model/values/rotationState";
import { itemPath } from "../operations/item";
import { inParallel } from "../operations/inParallel";
import { OperationError } from "../operations/operationError";
import { describeSecret, type ObservedSecret } from "../../aws/secret";
import type { Session } from "../operations/session";
import { rotate, rotationObstacle, type WaitOptions } from "./rotation";

/** What became of one secret. */
export interface RotationResult {
  readonly item: string;
  readonly result: "rotated" | "started" | "failed" | "not overdue any more" | "not begun";
  readonly version?: string;
  readonly seconds?: number;
  /** Why it failed, was not begun or not waited for, and what to do. */
  readonly message?: string;
}

export interface OverdueSecret {
  readonly secret: SecretPlan;
  readonly stack: string;
}

export interface RotateAllOptions extends WaitOptions {
  /** Told how many are done. */
  readonly progress: (done: number) => void;
  readonly now: Date;
}

/**
 * Rotations under way at once. Each calls a function, and that a database; a region's functions share 1,000 calls at
 * once among all that the account does.
 */
const rotationsAtOnce = 10;

/** After so many failures of one function in a row the others wait until somebody has looked. */
const failuresInRow = 3;

/** Secrets whose rotation is overdue; those that were never set cannot be rotated and are not counted. */
export function isOverdue(observed: ObservedSecret, now: Date): boolean {
  return observed.deletedAt === undefined && !observed.isUnset && isRotationOverdue(observed.dates, now);
}

/**
 * Rotates all of them, a few at once. Each is looked at again before it is begun, so that a second run goes on where
 * the first one stopped. One failure does not keep the others; failures of the same function in a row do, and
 * credentials that end.
 */
export async function rotateAll(
  session: Session,
  overdue: readonly OverdueSecret[],
  options: RotateAllOptions,
): Promise<RotationResult[]> {
  const results = new Map<SecretPlan, RotationResult>();
  const failures = new Map<string, number>();
  let stopped: string | undefined;
  await inParallel(overdue, rotationsAtOnce, async (each) => {
    const by = each.secret.rotation.functionArn ?? each.secret.rotation.partner.type;
    const inRow = () => failures.get(by) ?? 0;
    const isBrokenOff = options.signal?.aborted === true;
    const reason =
      stopped ??
      (isBrokenOff ? "broken off" : undefined) ??
      (inRow() >= failuresInRow
        ? `${each.secret.rotation.partner === undefined ? "its function" : "rotating at its partner"} failed ${inRow()} times in a row (${by})`
        : undefined);
    const item = itemPath(each.secret);
    const attempted: Attempted =
      reason === undefined
        ? await rotateIfOverdue(session, each, options)
        : { result: "not begun", message: reason };
    const { isHopeless, ...result } = attempted;
    results.set(each.secret, { item, ...result });
    if (result.result === "failed") failures.set(by, inRow() + 1);
    if (result.result === "rotated") failures.set(by, 0);
    if (isHopeless) stopped = "the calls before it were refused";
    options.progress(results.size);
  });
  return overdue.flatMap(({ secret }) => results.get(secret) ?? []);
}

type Attempted = Omit<RotationResult, "item"> & {
  /** What refused this refuses the others as well. */
  readonly isHopeless?: boolean;
};

async function rotateIfOverdue(
  session: Session,
  { secret, stack }: OverdueSecret,
  options: RotateAllOptions,
): Promise<Attempted> {
  try {
    const observed = await describeSecret(session, secret.name);
    if (observed === undefined || !isOverdue(observed, options.now))
      return { result: "not overdue any more" };
    const obstacle = rotationObstacle(secret, observed, stack);
    if (obstacle !== undefined) return { result: "failed", message: obstacle };
    const { version, seconds, finished } = await rotate(session, secret, observed, options);
    if (finished) return { result: "rotated", version, seconds };
    const isBrokenOff = options.signal?.aborted === true;
    return { result: "started", version, seconds, ...(isBrokenOff && { message: unwaited }) };
  } catch (error) {
    if (!(error instanceof OperationError)) throw error;
    const isHopeless = hopeless.includes(awsErrorKind(error.code ?? ""));
    return { result: "failed", message: error.message, isHopeless };
  }
}

const unwaited =
  "broken off: it was not waited for, and goes on by itself; npx platform status tells how it ends";

const hopeless: readonly AwsErrorKind[] = [
  "denied",
  "no-credentials",
  "expired-credentials",
  "unknown-credentials",
  "unreachable",
];
