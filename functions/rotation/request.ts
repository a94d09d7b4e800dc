import { restoreStep, rotationSteps, type RotationEvent, sessionSteps } from "../../model/functions/rotation";
import { RotationError } from "./errors";

/** A rotation event, checked in form only. */
export interface RotationRequest {
  readonly step: RotationEvent["Step"];
  readonly secretArn: string;
  /** Id of the version the step is about. */
  readonly token: string;
}

/** @throws RotationError for anything but an event of Secrets Manager, `platform rollback` or `platform rotate`. */
export function parseRequest(event: unknown): RotationRequest {
  const { Step, SecretId, ClientRequestToken } = (event ?? {}) as Readonly<Record<string, unknown>>;
  const step = ([...rotationSteps, restoreStep, ...sessionSteps] as const).find((known) => known === Step);
  if (step === undefined || typeof SecretId !== "string" || typeof ClientRequestToken !== "string") {
    throw new RotationError(
      "the event is not a rotation event",
      `only Secrets Manager calls this function, with Step (${rotationSteps.join(", ")}), SecretId and ClientRequestToken`,
    );
  }
  return { step, secretArn: SecretId, token: ClientRequestToken };
}
