import { effortWords } from "../../aws/effort";
import type { JustMade } from "../../aws/passing";
import {
  awsErrorCode,
  type AwsErrorKind,
  awsErrorKind,
  awsErrorMessage,
  awsErrorStatus,
  awsFaultWords,
  withoutValues,
} from "../../model/awsErrors";

/** A call to AWS that failed, told for the person at the terminal: which action, on what, as whom, what to do. */
export class AwsFailure extends Error {
  constructor(
    message: string,
    /** AWS's own name of the error, or the network's. */
    readonly code: string,
    /** What was done before, as ` (tried 5 times in 12 s)`; empty where one request was all. */
    readonly tried = "",
  ) {
    super(message);
    this.name = "AwsFailure";
  }
}

/** One call, as a failure names it. */
export interface Attempt {
  /** IAM action, e.g. `ssm:PutParameter`. */
  readonly action: string;
  /** What it acts on: a name or ARN. */
  readonly target: string;
  /** ARN of the caller; absent while not known. */
  readonly as?: string;
  /** What of it is so young that AWS may not know it everywhere yet. */
  readonly justMade?: readonly JustMade[];
  /** Values that no message may repeat, whatever AWS answers. */
  readonly hide?: readonly string[];
}

/**
 * Makes the failure. What the SDK threw is not kept as its cause: it carries the whole request and response.
 */
export function awsFailure(attempt: Attempt, error: unknown): AwsFailure {
  const code = awsErrorCode(error);
  const as = attempt.as === undefined ? "" : ` as ${attempt.as}`;
  const said = withoutValues(awsErrorMessage(error), attempt.hide ?? []);
  const name = `${code}${awsFaultWords(error)}`;
  const what = said === "" ? name : `${name}: ${said.replace(/[.\s]+$/, "")}`;
  const words = effortWords(error);
  const tried = words === undefined ? "" : ` (${words})`;
  const message = `${attempt.action} on ${attempt.target}${as} failed with ${what}${tried}; ${remedy(awsErrorKind(code, said, awsErrorStatus(error)), attempt, said)}`;
  return new AwsFailure(message, code, tried);
}

function remedy(kind: AwsErrorKind, attempt: Attempt, said: string): string {
  // The SDK throws a plain Error for this one.
  if (said.startsWith("Region is missing")) return "name the region (aws:region in the stack's file)";
  return remedies[kind](attempt);
}

const remedies: Readonly<Record<AwsErrorKind, (attempt: Attempt) => string>> = {
  denied: ({ action }) => `allow this caller ${action} on it, and use of its key where the message names KMS`,
  "no-credentials": () => "sign in, or name a profile (AWS_PROFILE, or aws:profile in the stack's file)",
  "expired-credentials": () => "the credentials have expired: sign in again and repeat the command",
  "unknown-credentials": () =>
    "AWS does not know these credentials: check the profile or the environment they come from",
  throttled: () => "AWS kept throttling: repeat the command, with a lower --parallel",
  busy: () => "another update of it is under way: repeat the command once that is over",
  missing: ({ justMade = [] }) =>
    justMade.includes("target")
      ? "it was there a moment ago: repeat the command; if it stays so, run `pulumi up --refresh`"
      : "correct what the message names and repeat the command",
  limit: () =>
    "a limit of the account is reached: remove what is no longer used, or ask AWS for a higher quota",
  key: () => "check that the key exists, is enabled, and lets this caller use it",
  unreachable: () =>
    "AWS cannot be reached from here: check the network, the region and any endpoint set for it",
  "aws-fault": () => "AWS reports a fault of its own: repeat the command",
  other: () => "correct what the message names and repeat the command",
};
