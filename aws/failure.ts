import { effortWords } from "./effort";
import {
  awsErrorCode,
  type AwsErrorKind,
  awsErrorKind,
  awsErrorMessage,
  awsErrorStatus,
  awsFaultWords,
  withoutValues,
} from "./errors";
import type { JustMade } from "./justMade";

/** A call to AWS that failed, told for the person at the terminal: who may not do what, AWS's answer, what to do. */
export class AwsFailure extends Error {
  constructor(
    message: string,
    /** AWS's own name of the error, or the network's. */
    readonly code: string,
    /** What was done before, as `tried 5 times in 12 s`; undefined where one request was all. */
    readonly tried?: string,
  ) {
    super(message);
    this.name = "AwsFailure";
  }
}

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

/** What to do about each kind of failure, in words that follow a semicolon. `said`: by AWS. */
export type Remedies = Readonly<Record<AwsErrorKind, string | ((attempt: Attempt, said: string) => string)>>;

/** Who calls, and what there is to do about it. */
export interface Caller {
  /** ARN; absent while not known. */
  readonly as?: string | undefined;
  /** What its surroundings know better than `usualRemedies`. */
  readonly remedies: Partial<Remedies>;
}

/**
 * Makes the failure. What the SDK threw is not kept as its cause: it carries the whole request and response.
 */
export function awsFailure(attempt: Attempt, { as, remedies }: Caller, error: unknown): AwsFailure {
  const code = awsErrorCode(error);
  const raw = awsErrorMessage(error);
  const kind = awsErrorKind(code, raw, awsErrorStatus(error));
  const said = withoutValues(raw, attempt.hide ?? []).replace(/[.\s]+$/, "");
  const tried = effortWords(error);
  const answer = `${code}${awsFaultWords(error)}${said === "" ? "" : `: ${said}`}${tried === undefined ? "" : `, ${tried}`}`;
  const remedy = remedies[kind] ?? usualRemedies[kind];
  const toDo = typeof remedy === "string" ? remedy : remedy(attempt, said);
  return new AwsFailure(`${matter(kind, attempt, { as, said, answer })}; ${toDo}`, code, tried);
}

function matter(
  kind: AwsErrorKind,
  { action, target }: Attempt,
  { as, said, answer }: { readonly as: string | undefined; readonly said: string; readonly answer: string },
): string {
  switch (kind) {
    case "denied": {
      const [, refused = action, resource = target] = denial.exec(said) ?? [];
      return `${callerWords(as)} may not ${refused} on ${resource} (${answer})`;
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
function callerWords(as: string | undefined): string {
  if (as === undefined) return "this caller";
  const role = /:assumed-role\/(.+)\/[^/]+$/.exec(as)?.[1];
  return role === undefined ? as : `role ${role} (${as})`;
}

const correct = "correct what the message names and repeat the command";

const usualRemedies: Remedies = {
  denied: ({ action }) => `allow this caller ${action} on it, and use of its key where the message names KMS`,
  "no-credentials": "sign in (aws sso login), and name the profile in AWS_PROFILE",
  "expired-credentials": "sign in again (aws sso login) and repeat the command",
  "unknown-credentials": "check the profile (AWS_PROFILE) or the environment they come from",
  throttled: "AWS kept throttling: repeat the command later; it goes on where it stopped",
  busy: "another update of it is under way: repeat the command once that is over",
  missing: ({ justMade = [] }) =>
    justMade.includes("target")
      ? "it was there a moment ago: repeat the command; if it stays so, run `pulumi up --refresh --policy-pack policies`"
      : correct,
  limit: "a limit of the account is reached: remove what is no longer used, or ask AWS for a higher quota",
  key: "check that the key exists, is enabled, and lets this caller use it",
  unreachable: "check the network, a proxy in between, and any AWS_ENDPOINT_URL",
  "aws-fault": "AWS reports a fault of its own: repeat the command",
  other: correct,
};
