import { covers, hasWildcard } from "../aws/patterns";

/** Whether a text is one of a list. */
export type Matcher = (text: string) => boolean;

/** Texts compared as they are, such as by `StringEquals`. */
export function oneOf(values: readonly string[]): Matcher {
  if (values.length === 1) return (text) => text === values[0];
  const set = new Set(values);
  return (text) => set.has(text);
}

/** Patterns over the whole text, such as by `StringLike`, or in `Resource`, where a wildcard may go beyond a colon. */
export function likeOneOf(patterns: readonly string[]): Matcher {
  return exactOrBy(patterns, (pattern) => (text) => covers(pattern, text));
}

/**
 * Patterns of ARNs in conditions, part by part: a wildcard stays within the part between two colons.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
 */
export function arnLikeOneOf(patterns: readonly string[]): Matcher {
  return exactOrBy(patterns, (pattern) => {
    const wanted = parts(pattern);
    return (text) => {
      // What the whole does not cover, its parts do not.
      if (!covers(pattern, text)) return false;
      const found = parts(text);
      return found.length === wanted.length && wanted.every((part, at) => covers(part, found[at] ?? ""));
    };
  });
}

/** The six parts of an ARN; the last takes the colons that follow. */
export function parts(arn: string): readonly string[] {
  const all = arn.split(":");
  return all.length <= 6 ? all : [...all.slice(0, 5), all.slice(5).join(":")];
}

function exactOrBy(patterns: readonly string[], make: (pattern: string) => Matcher): Matcher {
  if (patterns.includes("*")) return () => true;
  const exact = patterns.filter((pattern) => !hasWildcard(pattern));
  const others = patterns.filter(hasWildcard).map(make);
  if (others.length === 0) return oneOf(exact);
  const named = new Set(exact);
  // Few texts are asked for often: every item of a boundary, every role of a key's policy.
  const known = new Map<string, boolean>();
  return (text) => {
    const found = known.get(text) ?? (named.has(text) || others.some((matches) => matches(text)));
    known.set(text, found);
    return found;
  };
}
