/** A text as one word of a command that is printed to be pasted: in quotes where a shell would part or read it. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
