import { randomBytes, randomInt, randomUUID } from "node:crypto";
import type { Properties } from "../properties";

/** How values of one type are made. */
export interface Generator {
  generate: (inputs: Properties) => { id: string; outputs: Properties };
  computed: readonly string[];
  secrets?: readonly string[];
  replaceOn: readonly string[];
  defaults?: Properties;
}

/** Inputs of strings and passwords, all of which make another value. */
const stringInputs = [
  "keepers",
  "length",
  "lower",
  "upper",
  "number",
  "numeric",
  "special",
  "minLower",
  "minUpper",
  "minNumeric",
  "minSpecial",
  "overrideSpecial",
];

const stringDefaults = {
  lower: true,
  upper: true,
  numeric: true,
  special: true,
  minLower: 0,
  minUpper: 0,
  minNumeric: 0,
  minSpecial: 0,
};

export const generators: Record<string, Generator> = {
  "random:index/randomId:RandomId": {
    computed: ["b64Std", "b64Url", "dec", "hex"],
    replaceOn: ["byteLength", "keepers", "prefix"],
    generate(inputs) {
      const bytes = randomBytes(Number(inputs["byteLength"]));
      const prefix = typeof inputs["prefix"] === "string" ? inputs["prefix"] : "";
      const [hex, base64, base64url] = (["hex", "base64", "base64url"] as const).map((form) =>
        bytes.toString(form),
      );
      return {
        id: base64url ?? "",
        outputs: {
          b64Std: `${prefix}${base64}`,
          b64Url: `${prefix}${base64url}`,
          dec: `${prefix}${BigInt(`0x${hex}`)}`,
          hex: `${prefix}${hex}`,
        },
      };
    },
  },
  "random:index/randomPassword:RandomPassword": {
    computed: ["bcryptHash", "result"],
    secrets: ["bcryptHash", "result"],
    replaceOn: stringInputs,
    defaults: stringDefaults,
    generate: (inputs) => ({
      id: "none",
      outputs: { result: text(inputs), bcryptHash: `$2a$10$${randomBytes(40).toString("hex").slice(0, 53)}` },
    }),
  },
  "random:index/randomString:RandomString": {
    computed: ["result"],
    replaceOn: stringInputs,
    defaults: stringDefaults,
    generate(inputs) {
      const result = text(inputs);
      return { id: result, outputs: { result } };
    },
  },
  "random:index/randomUuid:RandomUuid": {
    computed: ["result"],
    replaceOn: ["keepers"],
    generate() {
      const result = randomUUID();
      return { id: result, outputs: { result } };
    },
  },
};

/** A text of the wanted length and classes of characters; the minimum of each class is not seen to. */
function text(inputs: Properties): string {
  const special =
    typeof inputs["overrideSpecial"] === "string" ? inputs["overrideSpecial"] : "!@#$%&*()-_=+[]{}<>:?";
  const alphabet = [
    inputs["lower"] === false ? "" : "abcdefghijklmnopqrstuvwxyz",
    inputs["upper"] === false ? "" : "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    inputs["numeric"] === false || inputs["number"] === false ? "" : "0123456789",
    inputs["special"] === false ? "" : special,
  ].join("");
  return Array.from({ length: Number(inputs["length"]) }, () => alphabet[randomInt(alphabet.length)]).join(
    "",
  );
}
