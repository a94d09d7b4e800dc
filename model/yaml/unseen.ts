/**
 * Characters that nobody sees in a file and that make it say something else than it shows: control characters but tabulators
 * and line ends, line separators that YAML takes for none, marks that turn the direction of writing, spaces without width,
 * and the letters for tags. Joiners (U+200C, U+200D) are part of writing and stay.
 * https://trojansource.codes, https://yaml.org/spec/1.2.2/#51-character-set
 */
const unseen =
  /(?![\t\n])(?!\r\n)\p{Cc}|[\p{Zl}\p{Zp}\p{Cs}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/u;

/** Where the first of each line stands, in UTF-16 units, and its code point. */
export function unseenIn(text: string): readonly { readonly offset: number; readonly code: string }[] {
  const found: { offset: number; code: string }[] = [];
  let start = 0;
  for (const line of text.split("\n")) {
    const match = unseen.exec(`${line}\n`);
    if (match !== null) {
      const code = match[0].codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0");
      found.push({ offset: start + match.index, code: `U+${code}` });
    }
    start += line.length + 1;
  }
  return found;
}

/** Whether a text, once read, holds such a character, or any that does not show. */
export function holdsUnseen(text: string): boolean {
  return /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(text);
}
