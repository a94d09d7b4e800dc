import { secretBytes } from "../../aws/quotas";
import { generatedLength } from "../../values/generated";
import { bitsIn, leastBits, longestInJson, ofField, shortestLength } from "../../values/generatedForm";
import { describe } from "../../yaml/describe";
import type { Problem } from "../../yaml/problem";
import type { Path } from "../../yaml/tree";
import { formOf } from "../normalise/generated";
import { entriesOf, type Manifest, plainAt, problemAt } from "../reading/manifest";
import type { Draft } from "../reading/draft";
import type { FormInput } from "../schema/generated";
import type { SecretInput } from "../schema/secret";
import { keyPairProblems, withoutKeyPair } from "./keyPairs";
import { eachManifest } from "./rule";

/** `generated` goes with the method of that name, gives one form, and one that nobody guesses. */
export const generatedForms = eachManifest((manifest) =>
  entriesOf(manifest.draft.secrets).flatMap(([name, secret]) => {
    const path = ["secrets", name, "generated"];
    if (plainAt(manifest, path) === undefined) return [];
    const method = secret.rotation?.method;
    if (method !== undefined && method !== "generated") {
      return [
        problemAt(
          manifest,
          path,
          {
            found: `found \`generated\` on a secret with the method ${describe(method)}`,
            allowed: "it is the form of what this platform makes up by the method `generated`",
            remedy: "remove it, or choose that method",
          },
          "key",
        ),
      ];
    }
    if (plainAt(manifest, [...path, "keyPair"]) !== undefined) return keyPairProblems(manifest, name, secret);
    const { fields: own, ...common } = secret.generated ?? {};
    return [
      ...withoutKeyPair(manifest, path),
      ...formProblems(manifest, path, common),
      ...entriesOf(own).flatMap(([field, form]) => [
        ...formProblems(manifest, [...path, "fields", field], form),
        ...unknownField(manifest, [...path, "fields", field], secret),
      ]),
      ...sizeProblems(manifest, path, secret),
    ];
  }),
);

type Key = "uuid" | "bytes" | "length" | "alphabet" | "encoding";

/** What cannot stand beside a key. */
const against: Readonly<Record<"uuid" | "bytes", readonly Key[]>> = {
  uuid: ["bytes", "length", "alphabet", "encoding"],
  bytes: ["length", "alphabet"],
};

function formProblems(manifest: Manifest, path: Path, form: Draft<FormInput>): readonly Problem[] {
  const stands = (key: Key): boolean => plainAt(manifest, [...path, key]) !== undefined;
  const chosen = (["uuid", "bytes"] as const).find(stands);
  const disagreeing = chosen === undefined ? [] : against[chosen].filter(stands);
  if (chosen !== undefined && disagreeing.length > 0) {
    return disagreeing.map((key) =>
      problemAt(
        manifest,
        [...path, key],
        {
          found: `found both \`${chosen}\` and \`${key}\``,
          allowed:
            "a form is `length` and `alphabet`, `bytes` and `encoding`, `uuid: true` or `keyPair`; of these, one",
          remedy: "remove one",
        },
        "key",
      ),
    );
  }
  if (chosen === undefined && stands("encoding")) {
    return [
      problemAt(
        manifest,
        [...path, "encoding"],
        {
          found: "found `encoding` without `bytes`",
          allowed: "it says how `bytes` are written",
          remedy: "add `bytes`, or give `alphabet` instead",
        },
        "key",
      ),
    ];
  }
  return chosen === undefined ? weakness(manifest, path, form) : [];
}

/** A length that the schema refused says nothing of what was meant. */
function weakness(
  manifest: Manifest,
  path: Path,
  { length, alphabet }: Draft<FormInput>,
): readonly Problem[] {
  const isRefused = (key: Key, value: unknown): boolean =>
    value === undefined && plainAt(manifest, [...path, key]) !== undefined;
  if (isRefused("length", length) || isRefused("alphabet", alphabet)) return [];
  const [characters, of] = [length ?? generatedLength, alphabet ?? "alphanumeric"];
  const bits = bitsIn(characters, of);
  if (bits >= leastBits) return [];
  return [
    problemAt(manifest, [...path, "length"], {
      found: `${characters} ${of} characters hold ${bits} random bits`,
      allowed: `a generated value holds at least ${leastBits}`,
      remedy: `make \`length\` at least ${shortestLength(of)}`,
    }),
  ];
}

function unknownField(manifest: Manifest, path: Path, { fields }: Draft<SecretInput>): readonly Problem[] {
  const known = (fields ?? []).filter((field) => field !== undefined);
  const field = String(path.at(-1));
  const isRefused = fields === undefined && plainAt(manifest, fieldsOf(path)) !== undefined;
  if (known.includes(field) || isRefused) return [];
  return [
    problemAt(
      manifest,
      path,
      {
        found: `\`fields\` of the secret has no \`${field}\``,
        allowed:
          known.length === 0
            ? "this secret has no `fields`; it is one plain string"
            : `it has ${known.join(", ")}`,
        remedy: "name one of them, or add it to `fields` of the secret, which stands beside `generated`",
      },
      "key",
    ),
  ];
}

function fieldsOf([group, name]: Path): Path {
  return [group!, name!, "fields"];
}

function sizeProblems(
  manifest: Manifest,
  path: Path,
  { fields, generated }: Draft<SecretInput>,
): readonly Problem[] {
  const { fields: own = {}, ...common } = generated ?? {};
  const bytes = (fields ?? [])
    .filter((field) => field !== undefined)
    .reduce((sum, field) => {
      const form = ofField<Draft<FormInput>>(own, field) ?? common;
      return sum + field.length + longestInJson(formOf(form)) + '"":"",'.length;
    }, "{}".length);
  if (bytes <= secretBytes) return [];
  return [
    problemAt(
      manifest,
      path,
      {
        found: `the fields can come to ${bytes} bytes of JSON`,
        allowed: `a secret holds ${secretBytes}`,
        remedy: "make the values shorter, or spread the fields over several secrets",
      },
      "key",
    ),
  ];
}
