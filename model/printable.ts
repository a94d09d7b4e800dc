import { stripVTControlCharacters } from "node:util";

/**
 * Text of others as one line of at most `limit` characters, to be put into a log or an error: without escape codes,
 * line breaks and invisible characters, among them those that change the direction of writing.
 * https://owasp.org/www-community/attacks/Log_Injection, https://trojansource.codes
 */
export function printable(text: string, limit = 300): string {
  // Cut first, so that the work is bounded; what is taken out is rarely much.
  const line = stripVTControlCharacters(text.slice(0, limit * 4))
    .replace(/[\p{C}\p{Z}]+/gu, " ")
    .trim();
  return line.length <= limit && text.length <= limit * 4 ? line : `${line.slice(0, limit - 1).trimEnd()}…`;
}
