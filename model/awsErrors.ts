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

/** AWS's own name of the error, or the network's. */
export function awsErrorCode(error: unknown): string {
  if (typeof error !== "object" || error === null) return "Error";
  // Network errors are named Error and carry a code.
  const { name, code } = error as { name?: unknown; code?: unknown };
  if (typeof code === "string" && (name === "Error" || name === "AggregateError")) return code;
  return typeof name === "string" ? name : "Error";
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
    "KMSThrottling",
    "KMSThrottlingException",
    "RequestLimitExceeded",
    "RequestThrottled",
    "RequestThrottledException",
    "Throttling",
    "ThrottledException",
    "ThrottlingException",
    "TooManyRequestsException",
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
    "ServerException",
    "ServiceException",
    "ServiceUnavailable",
  ],
};

const kindOf = new Map(
  Object.entries(awsErrorCodes).flatMap(([kind, codes]) =>
    codes.map((code) => [code, kind as AwsErrorKind] as const),
  ),
);

/** `message`: single sign-on reports an expired session under the name of missing credentials. */
export function awsErrorKind(code: string, message = ""): AwsErrorKind {
  const kind = kindOf.get(code) ?? "other";
  return kind === "no-credentials" && /expired/i.test(message) ? "expired-credentials" : kind;
}

/** What AWS says of an error beside its name; empty where it says nothing, for which the SDK puts a text of its own. */
export function awsErrorMessage(error: unknown): string {
  const said = (error instanceof Error ? error.message : String(error)).trim();
  return said === awsErrorCode(error) || said === "UnknownError" ? "" : said;
}

/** The text without the given values, however an answer quotes them. */
export function withoutValues(text: string, values: readonly string[]): string {
  return values
    .filter((value) => value !== "")
    .flatMap((value) => [value, JSON.stringify(value).slice(1, -1)])
    .sort((a, b) => b.length - a.length)
    .reduce((hidden, value) => hidden.replaceAll(value, "[hidden]"), text);
}
