import { type Attempt, type AwsFailure, awsFailure as failureOf, type Remedies } from "../../aws/failure";

/** A call that failed in an update; `as`: ARN of the caller, absent while not known. */
export function awsFailure(attempt: Attempt & { readonly as?: string }, error: unknown): AwsFailure {
  return failureOf(attempt, { as: attempt.as, remedies }, error);
}

/** Where the settings of the stack's provider say how AWS is reached. */
const remedies: Partial<Remedies> = {
  "no-credentials": "sign in, or name a profile (AWS_PROFILE, or aws:profile in the stack's file)",
  "unknown-credentials":
    "check the profile (AWS_PROFILE, or aws:profile in the stack's file) or the environment they come from",
  throttled: "AWS kept throttling: repeat the command, with a lower --parallel",
  unreachable: "check the network, the region and any endpoint set for it",
  // The SDK throws a plain Error for this one.
  other: (_, said) =>
    said.startsWith("Region is missing")
      ? "name the region (aws:region in the stack's file)"
      : "correct what the message names and repeat the command",
};
