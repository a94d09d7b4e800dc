/** In bytes, as a JSON object, which is how Lambda measures them. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export function lambdaEnvironmentSize(variables: Readonly<Record<string, string>>): number {
  return Buffer.byteLength(JSON.stringify(variables));
}
