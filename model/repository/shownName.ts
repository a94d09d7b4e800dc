/**
 * Name or path of a file as an error may print it: letters, digits, space and `._@+,()/-` as they are, anything else by
 * its code point. Whoever opens a pull request names files, and a line of output that begins or goes on as they like can
 * be a command to the system that reads it
 * (https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands).
 */
export function shownName(name: string): string {
  const shown = name.replace(
    /[^\p{L}\p{N} ._@+,()/-]/gu,
    (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`,
  );
  return shown.length <= longestShown ? shown : `${shown.slice(0, longestShown - 1)}…`;
}

/** Longer than the path of any file here. */
const longestShown = 300;
