import { awsErrorCode, awsErrorStatus } from "./errors";
import type { JustMade } from "./justMade";
import { isPassingStatus, type PassingAnswer, passingAnswers, stayingFaults } from "./passingAnswers";

/** Whether an error of a call is one that goes by itself within seconds. `action`: as IAM names it. */
export function passes(action: string, error: unknown, justMade: readonly JustMade[] = []): boolean {
  const [service = ""] = action.split(":");
  const code = awsErrorCode(error);
  const message = error instanceof Error ? error.message : "";
  if (isRetryable(error) || (isFault(error) && !stayingFaults.includes(code))) return true;
  return passingAnswers.some(
    (answer) =>
      answer.codes.includes(code) &&
      concerns(answer, service) &&
      (answer.after === undefined || justMade.includes(answer.after)) &&
      (answer.saying?.test(message) ?? true) &&
      !(answer.butNot?.test(message) ?? false),
  );
}

/** A status that passes, whatever the error is called: gateways in front of a service have names of their own, or none. */
function isFault(error: unknown): boolean {
  const status = awsErrorStatus(error);
  return status !== undefined && isPassingStatus(status);
}

/** What AWS's own models declare as such. https://smithy.io/2.0/spec/behavior-traits.html#retryable-trait */
function isRetryable(error: unknown): boolean {
  const { $retryable } = (error ?? {}) as { readonly $retryable?: unknown };
  return $retryable !== undefined;
}

function concerns({ services }: PassingAnswer, service: string): boolean {
  return services === undefined || services.includes(service);
}
