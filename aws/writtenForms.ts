/**
 * The ways in which an answer may repeat a text that was sent: as it is, quoted as JSON (once, and as a text in a text),
 * and each of these in ASCII alone, percent-encoded or in base 64. In base 64 it may stand inside something longer, where
 * its characters depend on where it begins.
 * JSON: https://www.rfc-editor.org/rfc/rfc8259#section-7
 * Percent: https://www.rfc-editor.org/rfc/rfc3986#section-2.1, and forms:
 * https://url.spec.whatwg.org/#application/x-www-form-urlencoded
 * Base 64: https://www.rfc-editor.org/rfc/rfc4648#section-4 and section-5
 */
export function writtenForms(text: string): readonly string[] {
  const quoted = quotedAsJson(text);
  const texts = [text, quoted, quotedAsJson(quoted)];
  return [
    ...new Set(texts.flatMap((one) => [one, ...inAscii(one), ...percentEncoded(one), ...inBase64(one)])),
  ];
}

function quotedAsJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function inAscii(text: string): readonly string[] {
  const escaped = (unit: string) => unit.charCodeAt(0).toString(16).padStart(4, "0");
  const slashes = text.replaceAll("/", "\\/");
  return [
    slashes,
    text.replace(/[^\0-\x7f]/g, (unit) => `\\u${escaped(unit)}`),
    text.replace(/[^\0-\x7f]/g, (unit) => `\\u${escaped(unit).toUpperCase()}`),
  ];
}

/** What stays as it is differs from one encoder to the next. */
const kept = [/[A-Za-z0-9._~-]/, /[A-Za-z0-9._~!'()*-]/, /[A-Za-z0-9._*-]/];

function percentEncoded(text: string): readonly string[] {
  const bytes = [...Buffer.from(text)];
  const encoded = kept.map((stays) =>
    bytes
      .map((byte) => {
        const character = String.fromCharCode(byte);
        return stays.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
      })
      .join(""),
  );
  return encoded
    .flatMap((one) => [one, one.replaceAll("%20", "+")])
    .flatMap((one) => [one, one.replace(/%../g, (code) => code.toLowerCase())]);
}

/** Fewer characters say too little to be looked for inside something else. */
const fewest = 6;

function inBase64(text: string): readonly string[] {
  const bytes = Buffer.from(text);
  // By the bytes ahead of it in its group of three; only the characters that are its alone.
  const inside = [0, 1, 2].map((ahead) => {
    const bits = 8 * (ahead + bytes.length);
    const encoded = Buffer.concat([Buffer.alloc(ahead), bytes]).toString("base64");
    return encoded.slice(Math.ceil((8 * ahead) / 6), Math.floor(bits / 6));
  });
  const whole = bytes.toString("base64");
  return [whole, ...inside.filter(({ length }) => length >= fewest)].flatMap((one) => [
    one,
    one.replaceAll("+", "-").replaceAll("/", "_"),
  ]);
}
