import type { DatabaseEngine } from "../catalogue/types";

/**
 * Name of the second of two users that take turns, as AWS's published functions and the platform's own make it.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets_strategies.html
 */
export function cloneName(engine: DatabaseEngine, username: string): string {
  return `${username}${engine === "oracle" ? "_CLONE" : "_clone"}`;
}
