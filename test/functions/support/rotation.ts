import { randomUUID } from "node:crypto";
import { rotationSteps, type RotationEvent } from "../../../model/functions/rotation";
import type { LambdaContext } from "../../../functions/lambda/context";
import type { Secrets, StoredSecret } from "./secrets";

export const rotationFunctionArn = "arn:aws:lambda:eu-west-1:111111111111:function:rotation-prod-postgres";

export function lambdaContext(functionArn = rotationFunctionArn, remaining = 60_000): LambdaContext {
  return {
    awsRequestId: randomUUID(),
    functionName: functionArn.split(":")[6] ?? "",
    invokedFunctionArn: functionArn,
    getRemainingTimeInMillis: () => remaining,
  };
}

export type Invoke = (event: RotationEvent) => Promise<unknown>;

/**
 * Starts a rotation as RotateSecret does and returns the version it is about: a new, empty one with AWSPENDING; but
 * where a rotation was left unfinished, that one's, to be attempted again.
 */
export function startRotation(secrets: Secrets, secret: StoredSecret): string {
  const pending = secrets.holder(secret, "AWSPENDING");
  if (pending !== undefined && !pending.stages.has("AWSCURRENT")) return pending.id;
  return secrets.put(secret, randomUUID(), undefined, ["AWSPENDING"]).id;
}

/** Calls the steps in order and stops at the first that fails, as Secrets Manager does; that error is thrown. */
export async function runSteps(secret: StoredSecret, token: string, invoke: Invoke): Promise<void> {
  for (const Step of rotationSteps) {
    await invoke({ Step, SecretId: secret.arn, ClientRequestToken: token });
  }
}

/** One whole rotation; the error of a step that failed is thrown. */
export async function rotate(secrets: Secrets, secret: StoredSecret, invoke: Invoke): Promise<string> {
  const token = startRotation(secrets, secret);
  await runSteps(secret, token, invoke);
  return token;
}
