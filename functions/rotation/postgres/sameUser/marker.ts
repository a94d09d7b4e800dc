import { escapeIdentifier, escapeLiteral } from "pg";
import type { UserPair } from "./observed";

const pattern = /^Takes turns with .* by rotation, which keeps both equal \(settings ([0-9a-f]{32})\)$/su;

/** The fingerprint of the settings both users had when they were last made equal; undefined: nobody knows. */
export function equalAt(comment: string | null): string | undefined {
  return comment === null ? undefined : pattern.exec(comment)?.[1];
}

/**
 * The clone's comment keeps that fingerprint, so that a later rotation knows which of the two has changed: only who
 * administers the role may write it. A comment of somebody else's stays.
 */
export function markStatement(
  { original, clone }: UserPair,
  comment: string | null,
  fingerprint: string,
): string | undefined {
  const wanted = `Takes turns with ${original} by rotation, which keeps both equal (settings ${fingerprint})`;
  if (comment === wanted || (comment !== null && !pattern.test(comment))) return undefined;
  return `COMMENT ON ROLE ${escapeIdentifier(clone)} IS ${escapeLiteral(wanted)}`;
}
