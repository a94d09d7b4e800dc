import { z } from "zod";
import { generatedLength, longestGeneratedLength, shortestGeneratedLength } from "../../values/generated";
import { alphabetNames, byteEncodings, fewestBytes, leastBits, mostBytes } from "../../values/generatedForm";
import { longestRotationDays } from "../../limits";
import { defaultTokenLifetime, keyPairKinds } from "../../values/keyPair";
import { expecting, integer, list, named, oneOf, section } from "../../yaml/expectation";
import { durationOf } from "./durations";
import { fieldName, serviceName } from "./names";

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

const besidesKeyPair = [...Object.keys(form), "fields"].map((key) => ({ required: ["keyPair", key] }));

const ofField = section("the form of a field", form).meta(oneForm).describe("Form of one field.");

const keyPair = {
  keyPair: oneOf(keyPairKinds)
    .optional()
    .describe(
      "A key pair that signs tokens: the secret holds `kid`, `alg` and `privateKey` (PKCS #8, PEM), and `NAME.jwks` holds the public keys as a JWK set, which consumers name under `reads` without any right to the secret.",
    ),
  tokenLifetime: durationOf(
    ["hour", "day"],
    { amount: 1, unit: "hour" },
    { amount: longestRotationDays, unit: "day" },
  )
    .optional()
    .meta({ default: defaultTokenLifetime.words })
    .describe(
      `Longest that a token signed by a \`keyPair\` is valid: its public key stays published as long after its last signature. No longer than between two rotations. Default: \`${defaultTokenLifetime.words}\`.`,
    ),
  shareWith: list("services", serviceName())
    .optional()
    .describe(
      "Other services whose consumers may read the public keys of a `keyPair`, as `service/NAME.jwks`, and not the secret.",
    ),
};

export const generated = section("`generated`", {
  ...form,
  ...keyPair,
  fields: named("field to its form", fieldName(), ofField)
    .optional()
    .describe("Forms of single fields of `fields`, where they differ from what stands beside it."),
})
  .meta({ not: { anyOf: [...oneForm.not.anyOf, ...besidesKeyPair] } })
  .describe(
    `Form of a \`generated\` secret's value, or of each of its \`fields\`. Default: ${generatedLength} letters and digits.`,
  );

export type FormInput = z.input<typeof ofField>;
export type GeneratedOutput = z.output<typeof generated>;

export const formKeys: readonly string[] = [...Object.keys(form), "keyPair", "tokenLifetime"];
