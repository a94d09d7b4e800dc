import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { RotateSecretCommand } from "@aws-sdk/client-secrets-manager";
import type { SecretPlan } from "../../model/plan/types";
import { manifestKeys, strategyChange } from "../../model/values/formKeys";
import { itemPath } from "../operations/item";
import { OperationError } from "../operations/operationError";
import { blockingVersion, describeKnownSecret, type ObservedSecret } from "../../aws/secret";
import { failureLookup, failureRecord } from "../operations/rotatorOf";
import type { Session } from "../operations/session";
import { changesWaiting } from "../operations/wantedForm";
import { foreignFunction } from "../status/rotationFinding";

export interface WaitOptions {
  /** Milliseconds after which a rotation counts as failed; it may still end by itself. 0: not waited for. */
  readonly timeoutMs: number;
  /** Milliseconds before the first look; each later one comes half as late again, up to 5 s. */
  readonly firstLookMs?: number;
  /** No longer waited for once it is aborted; the rotation goes on. */
  readonly signal?: AbortSignal;
}

export interface Rotated {
  /** Id of the version that is current, or will be. */
  readonly version: string;
  readonly finished: boolean;
  readonly seconds: number;
}

/**
 * Starts a rotation, or goes on with an unfinished one, and waits until its version is current.
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RotateSecret.html
 * @throws OperationError when it is given up, or not over in time, with the log to look into
 */
export async function rotate(
  session: Session,
  secret: SecretPlan,
  observed: ObservedSecret,
  options: WaitOptions,
): Promise<Rotated> {
  const started = Date.now();
  const version = await start(session, secret, observed);
  const seconds = () => Number(((Date.now() - started) / 1000).toFixed(1));
  if (options.timeoutMs === 0) return { version, finished: false, seconds: seconds() };

  let pause = options.firstLookMs ?? 1000;
  let wasPending = false;
  while (Date.now() - started < options.timeoutMs) {
    const isBrokenOff = await pausedOrAborted(pause, options.signal);
    if (isBrokenOff) return { version, finished: false, seconds: seconds() };
    pause = Math.min(pause * 1.5, 5000);
    const now = await describeKnownSecret(session, observed.arn);
    // Current already, or current and rotated again.
    if (now.current === version || now.previous === version) {
      return { version, finished: true, seconds: seconds() };
    }
    const isPending = now.pending === version;
    // What was begun may show late; once it showed it is pending until it is over.
    if (wasPending && !isPending) {
      throw new OperationError(
        `the rotation of ${itemPath(secret)} was given up: version ${version} is no longer pending; ${lookAt(session, secret)}`,
      );
    }
    wasPending ||= isPending;
  }
  throw new OperationError(
    `the rotation of ${itemPath(secret)} is not over after ${seconds()} s: version ${version} is still pending, and ` +
      `Secrets Manager tries again by itself; ${lookAt(session, secret)}; then npx platform rotate ${itemPath(secret)} ` +
      "goes on with it, or npx platform unstick gives it up",
  );
}

async function pausedOrAborted(milliseconds: number, signal: AbortSignal | undefined): Promise<boolean> {
  await wait(milliseconds, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);
  return signal?.aborted === true;
}

/** Version the rotation is about. */
async function start(session: Session, secret: SecretPlan, observed: ObservedSecret): Promise<string> {
  const token = randomUUID();
  const pending = blockingVersion(observed);
  return session.call(
    { action: "secretsmanager:RotateSecret", target: secret.name, justMade: ["target"] },
    async () => {
      try {
        const answer = await session.secrets.send(
          new RotateSecretCommand({ SecretId: observed.arn, ClientRequestToken: token }),
        );
        return answer.VersionId ?? token;
      } catch (error) {
        // "A previous rotation isn't complete. That rotation will be reattempted."
        const isReattempted = error instanceof Error && error.name === "InvalidRequestException";
        if (isReattempted && pending !== undefined) return pending;
        throw error;
      }
    },
  );
}

/** Where the reason stands; Secrets Manager itself does not tell it. */
export function lookAt({ region }: Session, secret: SecretPlan): string {
  return `${failureRecord(secret)} says why: ${failureLookup(secret, "1h")} --region ${region}`;
}

/**
 * Why it cannot be rotated as it is; undefined where it can.
 * @param stack that holds it
 */
export function rotationObstacle(
  secret: SecretPlan,
  observed: ObservedSecret,
  stack: string,
): string | undefined {
  const path = itemPath(secret);
  if (observed.isUnset) {
    return `${path} has no value yet, so there is nothing to log in with and rotate: npx platform set ${path}`;
  }
  if (!observed.rotates) {
    return `the rotation of ${path} is switched off: pulumi up --refresh --stack ${stack} --policy-pack policies switches it on`;
  }
  // AWS's function reads the administrator's ARN out of the value and ends without it.
  const strategy = strategyChange(changesWaiting(secret, observed, undefined) ?? []);
  if (strategy === "to alternating users" && secret.rotation.rotator?.hosted === "aws") {
    return (
      `the value of ${path} is a single user's still, and the function for alternating users finds no administrator in it: ` +
      `npx platform set ${path} puts it there`
    );
  }
  return foreignFunction(secret, observed, stack);
}

/** What a rotation does not change, though the manifest has: undefined where nothing waits. */
export function copiedOn(secret: SecretPlan, observed: ObservedSecret): string | undefined {
  const keys = manifestKeys(changesWaiting(secret, observed, undefined) ?? []);
  return keys.length === 0
    ? undefined
    : `Its value is not what the manifest says now in ${keys.join(", ")}, and a rotation copies it on as it is: ` +
        `npx platform set ${itemPath(secret)} changes that.`;
}
