import { effortWords } from "../../aws/effort";
import { awsErrorCode, awsErrorMessage, awsErrorStatus, isUnreadableAnswer } from "../../aws/errors";
import { printable } from "../../model/printable";

/** Errors whose messages are about names and permissions; validation messages are not among them: they quote input. */
const tellableServiceErrors: readonly string[] = [
  "AccessDeniedException",
  "ClusterNotFoundException",
  "DecryptionFailure",
  "EncryptionFailure",
  "LimitExceededException",
  "ResourceNotFoundException",
  "ServiceNotActiveException",
  "ServiceNotFoundException",
];

/**
 * One line about an error nobody foresaw, safe to log: messages of unknown errors are left out, since they may quote
 * what they failed on (JSON.parse does, and so do AWS's validation errors).
 */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return `a ${typeof error} was thrown`;
  if (isServiceError(error)) return describeServiceError(error);
  const code = "code" in error && typeof error.code === "string" ? ` ${error.code}` : "";
  const tried = effortWords(error);
  return printable(`${error.name}${code}${tried === undefined ? "" : ` (${tried})`}${place(error)}`);
}

/** What the AWS SDK throws for an error answer; its class is one of its own for each service, or its parser's. */
interface ServiceError extends Error {
  readonly $metadata: { readonly httpStatusCode: number; readonly requestId?: string };
}

function isServiceError(error: Error): error is ServiceError {
  return awsErrorStatus(error) !== undefined;
}

function describeServiceError(error: ServiceError): string {
  const { httpStatusCode, requestId } = error.$metadata;
  const name = awsErrorCode(error);
  const status = `HTTP ${httpStatusCode}`;
  const isUnnamed = name === status;
  const tried = effortWords(error);
  const known = [
    ...(isUnnamed ? [] : [status]),
    ...(requestId === undefined ? [] : [`request ${requestId}`]),
    ...(tried === undefined ? [] : [tried]),
  ];
  const told =
    isUnreadableAnswer(error) || tellableServiceErrors.includes(name) ? awsErrorMessage(error) : "";
  const around = known.length === 0 ? "" : ` (${known.join(", ")})`;
  return printable(`${name}${around}${told === "" ? "" : `: ${told}`}`, 1_000);
}

/** The innermost frame, so that a bug can be found without its message; that stands before it and may look like one. */
function place({ stack = "", message }: Error): string {
  const start = stack.indexOf(message);
  const frame = start < 0 ? undefined : /\n\s+(at .+)/.exec(stack.slice(start + message.length))?.[1];
  return frame === undefined ? "" : ` ${frame}`;
}
