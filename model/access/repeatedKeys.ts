/**
 * Keys that one object of a JSON text has twice. Readers differ in which of both they take, so that a policy with such a key
 * may say something else in AWS than it does here (RFC 8259, section 4: https://www.rfc-editor.org/rfc/rfc8259#section-4).
 *
 * @param text valid JSON
 */
export function repeatedKeys(text: string): readonly string[] {
  const found = new Set<string>();
  const objects: Set<string>[] = [];
  // Texts, with the colon that makes one a key, and where objects begin and end.
  for (const [token, key] of text.matchAll(/("(?:[^"\\]|\\.)*")\s*:|"(?:[^"\\]|\\.)*"|[{}]/gs)) {
    const keys = objects.at(-1);
    if (token === "{") objects.push(new Set());
    else if (token === "}") objects.pop();
    else if (key !== undefined && keys !== undefined) {
      const name = JSON.parse(key) as string;
      if (keys.has(name)) found.add(name);
      keys.add(name);
    }
  }
  return [...found];
}
