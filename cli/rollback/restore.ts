import { InvokeCommand } from "@aws-sdk/client-lambda";
import { restoreStep, type RotationEvent } from "../../model/functions/rotation";
import type { SecretPlan } from "../../model/plan/types";
import { itemPath } from "../operations/item";
import { OperationError } from "../operations/operationError";
import { describeAgain, type ObservedSecret } from "../operations/secret";
import type { Session } from "../operations/session";
import { lookAt } from "../rotate/rotation";

/**
 * Has the secret's rotation function make a version log in again and become current. Repeating it changes nothing.
 * @throws OperationError with what the function said, which never holds a value
 */
export async function restoreByFunction(
  session: Session,
  secret: SecretPlan,
  observed: ObservedSecret,
  version: string,
): Promise<void> {
  const { functionArn } = secret.rotation;
  const event: RotationEvent = { Step: restoreStep, SecretId: observed.arn, ClientRequestToken: version };
  const answer = await session.call({ action: "lambda:InvokeFunction", target: functionArn }, () =>
    session.lambda.send(
      new InvokeCommand({ FunctionName: functionArn, Payload: Buffer.from(JSON.stringify(event)) }),
    ),
  );
  if (answer.FunctionError !== undefined) {
    throw new OperationError(
      `${itemPath(secret)} was not rolled back: ${errorMessage(answer.Payload)}; ${lookAt(session, secret)}`,
    );
  }
  const now = await describeAgain(session, observed);
  if (now.current === version) return;
  throw new OperationError(
    `the function ${functionArn} ended without an error, yet version ${now.current ?? "none"} is current and not ` +
      `${version}; ${lookAt(session, secret)}`,
  );
}

/** The message alone: the trace behind it helps nobody here. */
function errorMessage(payload: Uint8Array | undefined): string {
  try {
    const { errorMessage: message } = JSON.parse(Buffer.from(payload ?? []).toString("utf8")) as {
      errorMessage?: unknown;
    };
    if (typeof message === "string") return message;
  } catch {
    // No JSON: Lambda itself ended it.
  }
  return "the function ended without saying why";
}
