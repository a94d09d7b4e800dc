import type { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { SSMClient } from "@aws-sdk/client-ssm";
import { type Clock, systemClock } from "../../aws/clock";
import { rotationMetrics } from "../../model/functions/metrics";
import { isSessionStep, type OpenSessions, restoreStep, rotationSteps } from "../../model/functions/rotation";
import type { RotationSettings } from "../../model/functions/settings";
import { awsCalls } from "../lambda/awsCalls";
import type { LambdaContext } from "../lambda/context";
import { describeError } from "../lambda/describeError";
import { jsonLog, type WriteLine } from "../lambda/log";
import { writeMetrics } from "../lambda/metrics";
import { printable } from "../../model/printable";
import { RotationError, triedAgain } from "./errors";
import { type AssumeRole, readAdministrator } from "./administrators";
import { admit, refuseForeignSecret } from "./guard";
import { type Publication, publication } from "./keyPair/publication";
import { parseRequest, type RotationRequest } from "./request";
import type { Rotator } from "./rotator";
import { parseSecretArn } from "./secretArn";
import { lookAtSessions, settleRestored, steps } from "./steps";
import { secretVersions } from "./versions";

export interface RotationDependencies {
  readonly client: SecretsManagerClient;
  /** For the public keys of key pairs. */
  readonly ssm?: SSMClient;
  /** For administrators' logins that a database service manages. */
  readonly assumeRole?: AssumeRole;
  readonly rotator: Rotator;
  readonly settings: RotationSettings;
  readonly write: WriteLine;
  /** @default the machine's */
  readonly clock?: Clock;
}

/** Ends in nothing, but for the steps about sessions. */
export type RotationHandler = (event: unknown, context: LambdaContext) => Promise<OpenSessions | undefined>;

/** Milliseconds left of the invocation below which no call is tried again: for what the step has still to do. */
const reserveMs = 20_000;

/**
 * A Lambda function for Secrets Manager's rotation. Each call does one step, writes one log line and one line of
 * metrics, and fails with a RotationError whose message says the step, the secret and why.
 */
export function rotationHandler(dependencies: RotationDependencies): RotationHandler {
  return async (event, context) => {
    const started = Date.now();
    const request = parseRequest(event);
    const fields = {
      requestId: context.awsRequestId,
      step: request.step,
      secret: printable(parseSecretArn(request.secretArn)?.name ?? request.secretArn),
      version: printable(request.token),
    };
    const log = jsonLog(dependencies.write, fields);
    const measure = (outcome: string | undefined) =>
      writeMetrics(
        dependencies.write,
        context.functionName,
        [
          ...(outcome === undefined ? [] : [{ name: outcome, value: 1, unit: "Count" as const }]),
          { name: rotationMetrics.duration, value: Date.now() - started, unit: "Milliseconds" },
        ],
        fields,
      );
    try {
      const { done, answer } = await perform(request, dependencies, context, (message) => log.info(message));
      log.info(done, { milliseconds: Date.now() - started });
      measure(request.step === "finishSecret" ? rotationMetrics.succeeded : undefined);
      return answer;
    } catch (error) {
      const { reason, remedy } = told(error, request.step);
      log.error(reason, { remedy, milliseconds: Date.now() - started });
      // What is asked beside a rotation is no rotation that failed.
      measure(isSessionStep(request.step) ? undefined : rotationMetrics.failed);
      throw new RotationError(`${request.step} of ${fields.secret}: ${reason}`, remedy);
    }
  };
}

/** Secrets Manager calls a function as soon as it is told of it: its role and its key may be as young. */
async function perform(
  request: RotationRequest,
  { client, ssm, assumeRole, rotator, settings, clock }: RotationDependencies,
  context: LambdaContext,
  note: (message: string) => void,
): Promise<{ readonly done: string; readonly answer?: OpenSessions }> {
  refuseForeignSecret(request, context.invokedFunctionArn, settings.secrets);
  const aws = awsCalls(context, { reserveMs, justMade: ["rights", "key"], clock });
  const versions = secretVersions(client, request.secretArn, aws);
  const secret = await versions.describe();
  const admission = admit(request, secret, context.invokedFunctionArn);
  const work = {
    rotator,
    secret,
    versions,
    token: request.token,
    readAdministrator: (named: string) =>
      readAdministrator(secret, named, {
        ...{ client, assumeRole, settings, aws },
        functionName: context.functionName,
      }),
    note,
    publication: publicationOf(secret.name),
  };
  const { step } = request;
  if (isSessionStep(step)) {
    const answer = await lookAtSessions(work, step);
    const { user, open, ended } = answer;
    const done = `${ended === undefined ? "" : `${ended} sessions of ${user} were ended; `}${open} of ${user} are open`;
    return { done, answer };
  }
  if (admission === "proceed") return { done: await steps[step](work) };
  return { done: step === restoreStep ? await settleRestored(work) : "the version is current already" };

  function publicationOf(name: string): Publication | undefined {
    const { keyPairs = {} } = settings;
    const keyPair = Object.hasOwn(keyPairs, name) ? keyPairs[name] : undefined;
    if (keyPair === undefined) return undefined;
    if (ssm === undefined) throw new Error("this function publishes no keys");
    const remainingMs = () => context.getRemainingTimeInMillis() - reserveMs;
    return publication({ ssm, settings: keyPair, aws, clock: clock ?? systemClock, remainingMs });
  }
}

type Told = Pick<RotationError, "reason" | "remedy">;

/** Nobody but the one at the terminal calls a step again that is none of Secrets Manager's. */
function told(error: unknown, step: RotationRequest["step"]): Told {
  const { reason, remedy } = error instanceof RotationError ? error : unforeseen(error);
  const isItsOwn = (rotationSteps as readonly string[]).includes(step);
  return { reason, remedy: isItsOwn ? remedy : remedy.replace(triedAgain, "then run the command again") };
}

function unforeseen(error: unknown): Told {
  return {
    reason: describeError(error),
    remedy: `${triedAgain}; if it stays so, start with the permissions and network of the function`,
  };
}
