import * as crypto from "node:crypto";
import { defaultForm, type GeneratedForm } from "../../model/values/generatedForm";
import { generatedText } from "../../model/values/generatedText";

/** A new value, from the system's cryptographic random numbers. */
export function randomValue(form: GeneratedForm = defaultForm): string {
  return generatedText(form, crypto);
}
