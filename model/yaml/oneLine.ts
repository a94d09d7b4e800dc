/**
 * A line of output that repeats what others wrote, whole but harmless: it ends no line and steers no terminal, and no
 * commands of build systems are left in it, some of which are read anywhere in a line
 * (https://learn.microsoft.com/en-us/azure/devops/pipelines/scripts/logging-commands).
 */
export function onOneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`)
    .replace(/##(?=\w*\[)/g, "# # ");
}
