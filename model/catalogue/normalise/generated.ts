import { defaultForm, type GeneratedForm, ofField } from "../../values/generatedForm";
import { generatedLength } from "../../values/generated";
import type { FormInput, GeneratedOutput } from "../schema/generated";
import { defaultTokenLifetime } from "../../values/keyPair";
import type { GeneratedValue, KeyPair } from "../types";

/** Undefined for any other form. */
export function keyPairOf({
  keyPair: kind,
  tokenLifetime,
  shareWith = [],
}: GeneratedOutput): KeyPair | undefined {
  if (kind === undefined) return undefined;
  return { kind, tokenSeconds: (tokenLifetime ?? defaultTokenLifetime.hours) * 3_600, shareWith };
}

/** What a manifest asks for, or for each of its fields; what is the default anyway is left out. */
export function generatedValue(
  { fields: own = {}, ...common }: GeneratedOutput,
  fields: readonly string[],
): GeneratedValue {
  if (fields.length === 0) {
    const form = formOf(common);
    return isDefault(form) ? {} : { form };
  }
  const forms = fields
    .map((field): [string, GeneratedForm] => [field, formOf(ofField(own, field) ?? common)])
    .filter(([, form]) => !isDefault(form));
  return forms.length === 0 ? {} : { fields: Object.fromEntries(forms) };
}

/** Of keys that agree (`rules/generatedForms.ts`). */
export function formOf({ length, alphabet, bytes, encoding, uuid }: FormInput): GeneratedForm {
  if (uuid !== undefined) return { uuid };
  if (bytes !== undefined) return { bytes, encoding: encoding ?? "base64" };
  return { length: length ?? generatedLength, alphabet: alphabet ?? "alphanumeric" };
}

function isDefault(form: GeneratedForm): boolean {
  return JSON.stringify(form) === JSON.stringify(defaultForm);
}
