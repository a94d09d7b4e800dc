import { InvokeCommand } from "@aws-sdk/client-lambda";
import type { RotationEvent } from "../../model/functions/rotation";
import type { SecretPlan } from "../../model/plan/types";
import type { Session } from "./session";

/** What a rotation function ended in: an answer, or why it failed, in its own words. */
export type FunctionOutcome = { readonly answer: unknown } | { readonly failure: string };

/**
 * Calls a secret's rotation function with a step of this platform's own, and waits for its end.
 * @throws OperationError when it could not be called
 */
export async function invokeRotation(
  session: Session,
  secret: SecretPlan,
  event: RotationEvent,
): Promise<FunctionOutcome> {
  const { functionArn } = secret.rotation;
  if (functionArn === undefined) throw new Error(`no function rotates ${secret.name}`);
  const { FunctionError, Payload } = await session.call(
    { action: "lambda:InvokeFunction", target: functionArn },
    () =>
      session.lambda.send(
        new InvokeCommand({ FunctionName: functionArn, Payload: Buffer.from(JSON.stringify(event)) }),
      ),
  );
  const answer = parsed(Payload);
  return FunctionError === undefined ? { answer } : { failure: errorMessage(answer) };
}

/** Undefined where it is no JSON: Lambda itself ended it. */
function parsed(payload: Uint8Array | undefined): unknown {
  try {
    return JSON.parse(Buffer.from(payload ?? []).toString("utf8"));
  } catch {
    return undefined;
  }
}

/** The message alone: the trace behind it helps nobody here. */
function errorMessage(answer: unknown): string {
  const { errorMessage: message } = (answer ?? {}) as { readonly errorMessage?: unknown };
  return typeof message === "string" ? message : "the function ended without saying why";
}
