import { holdsUnseen } from "./unseen";

/** What a text may hold that is refused elsewhere. */
export interface Openings {
  /** `*`, `?` and `${…}`. */
  readonly wildcards?: boolean;
  /** `.` and `..`. */
  readonly steps?: boolean;
}

/**
 * What in a text says more than the text itself, in words. A name that somebody writes becomes part of ARNs, policies,
 * patterns and commands, where `*` and `?` stand for other names, `${…}` for whatever a caller's session says
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html), `..` for the folder above, and a
 * control character for the end of a line.
 */
export function openPart(
  text: string,
  { wildcards = false, steps = false }: Openings = {},
): string | undefined {
  if (holdsUnseen(text)) return "a character that does not show";
  const [variable] = (wildcards ? undefined : /\$[{(]/.exec(text)) ?? [];
  if (variable !== undefined) return `a variable, \`${variable}\``;
  const [wildcard] = (wildcards ? undefined : /[*?]/.exec(text)) ?? [];
  if (wildcard !== undefined) return `a wildcard, \`${wildcard}\``;
  if (!steps && /(?:^|[/\\])\.{1,2}(?:[/\\]|$)/.test(text)) return "a step, `.` or `..`";
  return undefined;
}

/** What is said of it. */
export const closedText = {
  allowed:
    "names and addresses are texts in full, without wildcards, variables, steps and characters that do not show",
  remedy: "write it out",
} as const;
