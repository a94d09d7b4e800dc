import { z } from "zod";
import { generatedLength, longestGeneratedLength, shortestGeneratedLength } from "../../values/generated";
import { alphabetNames, byteEncodings, fewestBytes, leastBits, mostBytes } from "../../values/generatedForm";
import { expecting, integer, named, oneOf, section } from "../../yaml/expectation";
import { fieldName } from "./names";

const form = {
  length: integer(1, longestGeneratedLength, "a number of characters")
    .optional()
    .meta({ default: generatedLength })
    .describe(
      `Characters of the value, of at least ${leastBits} random bits: ${shortestGeneratedLength} letters and digits, or more where the alphabet has fewer characters; at most ${longestGeneratedLength}. Default: ${generatedLength}.`,
    ),
  alphabet: oneOf(alphabetNames)
    .optional()
    .meta({ default: "alphanumeric" })
    .describe(
      "Characters it is made of, each drawn by itself: `alphanumeric` (default), `hex` (lower case), `base64`, `base64url`, or `printable` (ASCII without the space; quotes and backslash too). Where a program decodes the value, give `bytes`.",
    ),
  bytes: integer(fewestBytes, mostBytes, "a number of bytes")
    .optional()
    .describe(
      `Random bytes, ${fewestBytes} to ${mostBytes}, for a program that decodes them. Instead of \`length\`.`,
    ),
  encoding: oneOf(byteEncodings)
    .optional()
    .meta({ default: "base64" })
    .describe("How `bytes` are written: `base64` (default), `base64url` (without padding) or `hex`."),
  uuid: expecting(z.literal(true), { allowed: "must be `true`", remedy: "leave it out for another form" })
    .optional()
    .describe(
      "A version 4 UUID: 122 random bits, by its form. For programs that take nothing else; another form is harder to guess.",
    ),
};

export const formKeys: readonly string[] = Object.keys(form);

/** For editors alone: `generatedForms` says it with better words. */
const oneForm = {
  not: {
    anyOf: [
      ["uuid", "bytes"],
      ["uuid", "length"],
      ["uuid", "alphabet"],
      ["bytes", "length"],
      ["bytes", "alphabet"],
    ].map((required) => ({ required })),
  },
};

const ofField = section("the form of a field", form).meta(oneForm);

export const generated = section("`generated`", {
  ...form,
  fields: named("field to its form", fieldName(), ofField)
    .optional()
    .describe("Forms of single fields of `fields`, where they differ from what stands beside it."),
})
  .meta(oneForm)
  .describe(
    `Form of a \`generated\` secret's value, or of each of its \`fields\`. Default: ${generatedLength} letters and digits.`,
  );

export type FormInput = z.input<typeof ofField>;
export type GeneratedInput = z.input<typeof generated>;
