import { randomInt } from "node:crypto";
import { generatedCharacters, generatedLength } from "../../model/values/generated";

/** A new value: each character drawn evenly from the system's cryptographic random numbers. */
export function randomValue(length = generatedLength): string {
  return Array.from({ length }, () => generatedCharacters[randomInt(generatedCharacters.length)]).join("");
}
