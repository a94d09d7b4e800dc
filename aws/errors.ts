import { writtenForms } from "./writtenForms";

/** What an error of AWS, or of the way to it, comes down to for whoever has to do something about it. */
export type AwsErrorKind =
  | "denied"
  | "no-credentials"
  | "expired-credentials"
  | "unknown-credentials"
  | "throttled"
  | "busy"
  | "missing"
  | "limit"
  | "key"
  | "unreachable"
  | "aws-fault"
  | "other";

/** AWS's own name of the error, or the network's; `HTTP 503` for an answer of that status without one. */
export function awsErrorCode(error: unknown): string {
  if (typeof error !== "object" || error === null) return "Error";
  const status = awsErrorStatus(error);
  if (status !== undefined && (isUnreadableAnswer(error) || isUnnamed(error))) return `HTTP ${status}`;
  // Network errors are named Error and carry a code.
  const { name, code } = error as { name?: unknown; code?: unknown };
  if (typeof code === "string" && (name === "Error" || name === "AggregateError")) return code;
  return typeof name === "string" ? name : "Error";
}

/** Status of the HTTP answer behind an error of the SDK; undefined where there was none. */
export function awsErrorStatus(error: unknown): number | undefined {
  const { $metadata } = (error ?? {}) as { readonly $metadata?: { readonly httpStatusCode?: unknown } };
  const status = $metadata?.httpStatusCode;
  return typeof status === "number" ? status : undefined;
}

/** What a parser throws; each error that the SDK makes of an answer it can read has a name of its own. */
const parserErrors: readonly unknown[] = ["Error", "RangeError", "SyntaxError", "TypeError"];

/**
 * Whether an answer came in another form than the service's, such as a gateway's page. The SDK throws on what its parser
 * threw, whose message quotes the answer.
 */
export function isUnreadableAnswer(error: unknown): boolean {
  const { name } = (error ?? {}) as { readonly name?: unknown };
  return awsErrorStatus(error) !== undefined && parserErrors.includes(name);
}

/** What the SDK calls an error whose answer has no name in it, such as one without a body. */
function isUnnamed({ name }: { readonly name?: unknown }): boolean {
  return name === "Unknown" || name === "UnknownError";
}

/** The names by which AWS's services call each, and the network's own. */
export const awsErrorCodes: Readonly<Record<Exclude<AwsErrorKind, "other">, readonly string[]>> = {
  denied: ["AccessDenied", "AccessDeniedException", "UnauthorizedOperation"],
  "no-credentials": ["CredentialsProviderError", "TokenProviderError"],
  "expired-credentials": ["ExpiredToken", "ExpiredTokenException", "RequestExpired"],
  "unknown-credentials": [
    "InvalidClientTokenId",
    "UnrecognizedClientException",
    "InvalidSignatureException",
    "SignatureDoesNotMatch",
  ],
  throttled: [
    "BandwidthLimitExceeded",
    "KMSThrottling",
    "KMSThrottlingException",
    "PriorRequestNotComplete",
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
    "RequestThrottled",
    "RequestThrottledException",
    "SlowDown",
    "Throttling",
    "ThrottledException",
    "ThrottlingException",
    "TooManyRequestsException",
    "TransactionInProgressException",
  ],
  busy: ["ResourceConflictException", "ResourceNotReadyException", "TooManyUpdates"],
  missing: ["InvalidResourceId", "ParameterNotFound", "ResourceNotFoundException"],
  limit: ["LimitExceededException", "ParameterLimitExceeded", "ParameterMaxVersionLimitExceeded"],
  key: [
    "DecryptionFailure",
    "EncryptionFailure",
    "InvalidKeyId",
    "KMSAccessDeniedException",
    "KMSDisabledException",
    "KMSInvalidStateException",
    "KMSNotFoundException",
    "NotFoundException",
  ],
  unreachable: [
    "ECONNREFUSED",
    "ECONNRESET",
    "EAI_AGAIN",
    "EHOSTUNREACH",
    "ENETUNREACH",
    "ENOTFOUND",
    "EPIPE",
    "ETIMEDOUT",
    "TimeoutError",
  ],
  "aws-fault": [
    "DependencyTimeoutException",
    "InternalError",
    "InternalErrorException",
    "InternalFailure",
    "InternalServerError",
    "InternalServerException",
    "InternalServiceError",
    "InternalServiceFailure",
    "KMSInternalException",
    "KeyUnavailableException",
    "RequestTimeout",
    "RequestTimeoutException",
    "ServerException",
    "ServiceException",
    "ServiceUnavailable",
    "ServiceUnavailableException",
  ],
};

const kindOf = new Map(
  Object.entries(awsErrorCodes).flatMap(([kind, codes]) =>
    codes.map((code) => [code, kind as AwsErrorKind] as const),
  ),
);

/**
 * `message`: single sign-on reports an expired session under the name of missing credentials. `status`: of the HTTP
 * answer, for names that are not known.
 */
export function awsErrorKind(code: string, message = "", status?: number): AwsErrorKind {
  const kind = kindOf.get(code) ?? kindOfStatus(status ?? statusNamed(code));
  return kind === "no-credentials" && /expired/i.test(message) ? "expired-credentials" : kind;
}

function kindOfStatus(status: number | undefined): AwsErrorKind {
  if (status === 429) return "throttled";
  return status !== undefined && status >= 500 ? "aws-fault" : "other";
}

/** As `awsErrorCode` names an answer that has a status alone. */
function statusNamed(code: string): number | undefined {
  const status = /^HTTP (\d{3})$/.exec(code)?.[1];
  return status === undefined ? undefined : Number(status);
}

/** The status of a fault on the server's side, in words: ` (HTTP 503)`; empty for others, and where the code says it. */
export function awsFaultWords(error: unknown): string {
  const status = awsErrorStatus(error);
  if (status === undefined || status < 500 || statusNamed(awsErrorCode(error)) !== undefined) return "";
  return ` (HTTP ${status})`;
}

/** What AWS says of an error beside its name; empty where it says nothing, for which the SDK puts a text of its own. */
export function awsErrorMessage(error: unknown): string {
  if (isUnreadableAnswer(error))
    return "the answer is not in the form of AWS's, as that of a gateway or proxy in between";
  const said = (error instanceof Error ? error.message : String(error)).trim();
  return said === awsErrorCode(error) || said === "UnknownError" ? "" : said;
}

/** The text without the given values, however an answer writes them. */
export function withoutValues(text: string, values: readonly string[]): string {
  return values
    .filter((value) => value !== "")
    .flatMap(writtenForms)
    .sort((a, b) => b.length - a.length)
    .reduce((hidden, value) => hidden.replaceAll(value, "[hidden]"), text);
}
