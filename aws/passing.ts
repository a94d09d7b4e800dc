import { awsErrorCode } from "../model/awsErrors";
import { type PassingAnswer, passingAnswers } from "./passingAnswers";

/**
 * What of a call is so young that AWS may not know it everywhere yet. Only the caller can tell, so it says so; what
 * merely may be missing is not named here, and its absence is told at once.
 */
export type JustMade =
  /** What is acted on was made, restored or seen there a moment ago. */
  | "target"
  /** The key that encrypts, its alias or its policy. */
  | "key"
  /** The role that calls, or its policies. */
  | "rights";

/** Whether an error of a call is one that goes by itself within seconds. `action`: as IAM names it. */
export function passes(action: string, error: unknown, justMade: readonly JustMade[] = []): boolean {
  const [service = ""] = action.split(":");
  const code = awsErrorCode(error);
  const message = error instanceof Error ? error.message : "";
  return passingAnswers.some(
    (answer) =>
      answer.codes.includes(code) &&
      concerns(answer, service) &&
      (answer.after === undefined || justMade.includes(answer.after)) &&
      (answer.saying?.test(message) ?? true) &&
      !(answer.butNot?.test(message) ?? false),
  );
}

function concerns({ services }: PassingAnswer, service: string): boolean {
  return services === undefined || services.includes(service);
}
