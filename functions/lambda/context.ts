/** What the functions use of Lambda's context object. https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html */
export interface LambdaContext {
  readonly awsRequestId: string;
  readonly functionName: string;
  /** ARN it was called by: with a version or alias behind it, if called so. */
  readonly invokedFunctionArn: string;
  getRemainingTimeInMillis(): number;
}

/** The function's own ARN without version or alias. */
export function unqualifiedFunctionArn(arn: string): string {
  return arn.split(":").slice(0, 7).join(":");
}
