import { generatedCharacters, generatedLength, longestGeneratedLength } from "./generated";

/**
 * Characters a random text can be made of, each at most once. `printable` is ASCII from `!` to `~`: quotes, backslash and
 * dollar sign among them, and no space.
 */
export const alphabets = {
  hex: "0123456789abcdef",
  base64: `${generatedCharacters}+/`,
  base64url: `${generatedCharacters}-_`,
  alphanumeric: generatedCharacters,
  printable: Array.from({ length: 94 }, (_, index) => String.fromCharCode(0x21 + index)).join(""),
} as const satisfies Readonly<Record<string, string>>;
export type Alphabet = keyof typeof alphabets;
export const alphabetNames = Object.keys(alphabets) as [Alphabet, ...Alphabet[]];

/** How random bytes are written as text. `base64url` is without padding (RFC 7515, section 2). */
export const byteEncodings = ["base64", "base64url", "hex"] as const;
export type ByteEncoding = (typeof byteEncodings)[number];

/**
 * The form of a generated text: characters of an alphabet; bytes in an encoding, for programs that decode them; or a
 * version 4 UUID (RFC 9562, section 5.4), which has 122 random bits by its form.
 */
export type GeneratedForm =
  | { readonly length: number; readonly alphabet: Alphabet }
  | { readonly bytes: number; readonly encoding: ByteEncoding }
  | { readonly uuid: true };

/** Where a manifest says nothing. */
export const defaultForm: GeneratedForm = { length: generatedLength, alphabet: "alphanumeric" };

/** What is told of a field, whatever it is called: `constructor` is a name like any other. Undefined where nothing is. */
export function ofField<Form>(
  forms: { readonly [field: string]: Form | undefined } | undefined,
  field: string,
): Form | undefined {
  return forms !== undefined && Object.hasOwn(forms, field) ? forms[field] : undefined;
}

/** Least random bits of a length or of bytes that are asked for. */
export const leastBits = 128;
export const fewestBytes = leastBits / 8;

/** The longest text of it, in base64, is as long as the longest of an alphabet. */
export const mostBytes = (longestGeneratedLength / 4) * 3;

/** Characters of an alphabet that hold `leastBits`. */
export function shortestLength(alphabet: Alphabet): number {
  return Math.ceil(leastBits / Math.log2(alphabets[alphabet].length));
}

/** Random bits in a text of so many characters, rounded down. */
export function bitsIn(length: number, alphabet: Alphabet): number {
  return Math.floor(length * Math.log2(alphabets[alphabet].length));
}

/** Whether something is a form that this platform makes values in: its keys, words and limits. */
export function isGeneratedForm(form: unknown): form is GeneratedForm {
  if (typeof form !== "object" || form === null) return false;
  const { length, alphabet, bytes, encoding, uuid, ...others } = form as Readonly<Record<string, unknown>>;
  if (Object.keys(others).length > 0) return false;
  const parts = [uuid, bytes, encoding, length, alphabet].map((part) => part !== undefined).join();
  switch (parts) {
    case "true,false,false,false,false":
      return uuid === true;
    case "false,true,true,false,false":
      return isWhole(bytes, fewestBytes, mostBytes) && byteEncodings.some((known) => known === encoding);
    case "false,false,false,true,true": {
      const known = alphabetNames.find((name) => name === alphabet);
      return known !== undefined && isWhole(length, shortestLength(known), longestGeneratedLength);
    }
    default:
      return false;
  }
}

function isWhole(value: unknown, least: number, most: number): boolean {
  return Number.isInteger(value) && Number(value) >= least && Number(value) <= most;
}

/** Most bytes a text of the form takes up in a JSON text, its quotes left out. */
export function longestInJson(form: GeneratedForm): number {
  if ("uuid" in form) return 36;
  if ("length" in form) return form.alphabet === "printable" ? form.length * 2 : form.length;
  return form.encoding === "hex" ? form.bytes * 2 : Math.ceil(form.bytes / 3) * 4;
}

/** Whether a text could have been made in the form. */
export function hasForm(form: GeneratedForm, text: string): boolean {
  if ("uuid" in form) return uuid.test(text);
  if ("length" in form) {
    const alphabet: string = alphabets[form.alphabet];
    return text.length === form.length && [...text].every((character) => alphabet.includes(character));
  }
  const bytes = Buffer.from(text, form.encoding);
  return bytes.length === form.bytes && bytes.toString(form.encoding) === text;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** For people, such as `64 hex characters`. */
export function formWords(form: GeneratedForm): string {
  if ("uuid" in form) return "a UUID";
  return "length" in form
    ? `${form.length} ${form.alphabet} characters`
    : `${form.bytes} bytes in ${form.encoding}`;
}
