/**
 * Runtimes that AWS supports, newest first
 * (https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html, as of November 2026).
 */
export const lambdaRuntimes = [
  "nodejs24.x",
  "nodejs22.x",
  "python3.14",
  "python3.13",
  "python3.12",
  "python3.11",
  "java25",
  "java21",
  "java17",
  "java11",
  "java8.al2",
  "dotnet10",
  "ruby3.4",
  "ruby3.3",
  "provided.al2023",
] as const;
export type LambdaRuntime = (typeof lambdaRuntimes)[number];
