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
import { OperationError } from "./operationError";

/** One call, as a failure names it. */
export interface Attempt {
  /** IAM action, such as `ssm:PutParameter`. */
  readonly action: string;
  /** What it acts on: a name or ARN. */
  readonly target: string;
  /** What of it is so young that AWS may not know it everywhere yet. */
  readonly justMade?: readonly JustMade[];
  /** Values that no message may repeat, whatever AWS answers. */
  readonly hide?: readonly string[];
}

/** Who calls, and who should. */
export interface CallerAdvice {
  /** ARN of the caller; absent while not known. */
  readonly as?: string;
  /** ARN of the role that may do what is being done. */
  readonly role: string;
  /** Stack whose update gives that role its rights. */
  readonly stack: string;
}

/**
 * The failure in words: what was refused to whom, what AWS said, what to do. What the SDK threw is not kept as its
 * cause: it carries the whole request.
 */
export function awsFailure(attempt: Attempt, advice: CallerAdvice, error: unknown): OperationError {
  const code = awsErrorCode(error);
  const raw = awsErrorMessage(error);
  const kind = awsErrorKind(code, raw, awsErrorStatus(error));
  const said = withoutValues(raw, attempt.hide ?? []).replace(/[.\s]+$/, "");
  const words = effortWords(error);
  const answer = `${code}${awsFaultWords(error)}${said === "" ? "" : `: ${said}`}${words === undefined ? "" : `, ${words}`}`;
  return new OperationError(`${matter(kind, attempt, advice, said, answer)}; ${remedy(kind, advice)}`, code);
}

function matter(
  kind: AwsErrorKind,
  { action, target }: Attempt,
  { as }: CallerAdvice,
  said: string,
  answer: string,
): string {
  switch (kind) {
    case "denied": {
      const [, refused = action, resource = target] = denial.exec(said) ?? [];
      return `${caller(as)} may not ${refused} on ${resource} (${answer})`;
    }
    case "no-credentials":
      return `there are no AWS credentials here (${answer})`;
    case "expired-credentials":
      return `the AWS credentials have expired (${answer})`;
    case "unknown-credentials":
      return `AWS does not know these credentials (${answer})`;
    case "unreachable":
      return `AWS cannot be reached from here for ${action} (${answer})`;
    default:
      return `${action} on ${target}${as === undefined ? "" : ` as ${as}`} failed (${answer})`;
  }
}

/** How AWS words a denial: `User: … is not authorized to perform: ACTION on resource: ARN because …`. */
const denial = /is not authorized to perform: (\S+)(?: on resource: (\S+))?/;

/** `role platform-deployer (arn:…)` for an assumed role's session. */
function caller(as: string | undefined): string {
  if (as === undefined) return "this caller";
  const role = /:assumed-role\/(.+)\/[^/]+$/.exec(as)?.[1];
  return role === undefined ? as : `role ${role} (${as})`;
}

function remedy(kind: AwsErrorKind, { role, stack }: CallerAdvice): string {
  switch (kind) {
    case "denied":
      return `use ${role}; where that is the caller, its rights are older than the manifests, or were changed: pulumi up --refresh --stack ${stack}`;
    case "no-credentials":
      return "sign in (aws sso login), and name the profile in AWS_PROFILE";
    case "expired-credentials":
      return "sign in again (aws sso login) and repeat the command";
    case "unknown-credentials":
      return "check the profile (AWS_PROFILE) or the environment they come from";
    case "throttled":
      return "AWS kept throttling: repeat the command later; it goes on where it stopped";
    case "busy":
      return "another update of it is under way: repeat the command once that is over";
    case "limit":
      return "a limit of the account is reached: remove what is no longer used, or ask AWS for a higher quota";
    case "key":
      return `check that the key exists and is enabled, and that its policy lets ${role} use it: pulumi up --refresh --stack ${stack}`;
    case "unreachable":
      return "check the network, a proxy in between, and any AWS_ENDPOINT_URL";
    case "aws-fault":
      return "AWS reports a fault of its own: repeat the command";
    case "missing":
    case "other":
      return "correct what the message names and repeat the command";
  }
}
