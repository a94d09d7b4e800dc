/**
 * Characters that Lambda takes as a function's environment variables, written as a JSON object, which is how it measures
 * them. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
export const longestLambdaEnvironment = 4_096;

export function lambdaEnvironmentSize(variables: Readonly<Record<string, string>>): number {
  return JSON.stringify(variables).length;
}
