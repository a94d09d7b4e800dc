import { alphabets, type GeneratedForm } from "./generatedForm";

/** Cryptographically secure random numbers, as `node:crypto` gives them. */
export interface RandomSource {
  /** A whole number from 0 to below `max`, each as likely as any other. */
  randomInt(max: number): number;
  randomBytes(size: number): Buffer;
  /** Version 4, in lower case. */
  randomUUID(): string;
}

/** A new text in the form: each character, byte or free bit drawn evenly, without the bias of a remainder. */
export function generatedText(form: GeneratedForm, random: RandomSource): string {
  if ("uuid" in form) return random.randomUUID();
  if ("bytes" in form) return random.randomBytes(form.bytes).toString(form.encoding);
  const characters: string = alphabets[form.alphabet];
  return Array.from({ length: form.length }, () => characters[random.randomInt(characters.length)]).join("");
}
