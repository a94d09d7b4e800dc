import { restoreStep } from "../../model/functions/rotation";
import type { SecretPlan } from "../../model/plan/types";
import { invokeRotation } from "../operations/invokeFunction";
import { itemPath } from "../operations/item";
import { OperationError } from "../operations/operationError";
import { describeKnownSecret, type ObservedSecret } from "../../aws/secret";
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
  const outcome = await invokeRotation(session, secret, {
    Step: restoreStep,
    SecretId: observed.arn,
    ClientRequestToken: version,
  });
  if ("failure" in outcome) {
    throw new OperationError(
      `${itemPath(secret)} was not rolled back: ${outcome.failure}; ${lookAt(session, secret)}`,
    );
  }
  const now = await describeKnownSecret(session, observed.arn);
  if (now.current === version) return;
  throw new OperationError(
    `the function ${secret.rotation.functionArn} ended without an error, yet version ${now.current ?? "none"} is ` +
      `current and not ${version}; ${lookAt(session, secret)}`,
  );
}
