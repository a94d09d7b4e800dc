import { fieldsTag } from "../../../model/functions/tags";
import { RotationError } from "../errors";
import { randomValue } from "../random";
import type { Rotator } from "../rotator";
import type { SecretDescription } from "../versions";

/**
 * Values nothing but their readers has to know: signing keys, session secrets, tokens between own services. Their
 * form is one plain string, or a JSON object of the fields in the secret's tag, each a string; without the tag it is
 * the form of the current value.
 */
export const generatedRotator: Rotator = {
  create(secret, current) {
    const fields = fieldsOf(secret, current);
    return fields === undefined
      ? randomValue()
      : JSON.stringify(Object.fromEntries(fields.map((field) => [field, randomValue()])));
  },

  misfit(secret, current, wanted) {
    const fields = fieldsOf(secret, current);
    return sameFields(fields, fieldsIn(wanted))
      ? undefined
      : `it is not ${fields === undefined ? "one plain string" : `a JSON object of ${fields.join(", ")}`}`;
  },

  // No system behind the secret has to learn the value.
  set: () => Promise.resolve(),

  test(secret, value) {
    const fields = fieldsIn(value);
    const isEmpty = value === "" || fields?.length === 0;
    const tagged = taggedFields(secret);
    if (!isEmpty && (tagged === undefined || sameFields(tagged, fields))) return Promise.resolve();
    return Promise.reject(
      new RotationError(
        isEmpty ? "the value is empty" : `the value is not a JSON object of ${tagged?.join(", ") ?? ""}`,
        "rotate again (npx platform rotate)",
      ),
    );
  },
};

function fieldsOf(secret: SecretDescription, current: string | undefined): readonly string[] | undefined {
  return taggedFields(secret) ?? (current === undefined ? undefined : fieldsIn(current));
}

function taggedFields({ tags }: SecretDescription): readonly string[] | undefined {
  return tags[fieldsTag]?.split(" ");
}

/** Names of the fields of a JSON object of strings; undefined for any other text, which is a plain string then. */
function fieldsIn(value: string): readonly string[] | undefined {
  if (!value.startsWith("{")) return undefined;
  try {
    const parsed = JSON.parse(value) as Readonly<Record<string, unknown>>;
    return Object.values(parsed).every((field) => typeof field === "string")
      ? Object.keys(parsed)
      : undefined;
  } catch {
    return undefined;
  }
}

function sameFields(a: readonly string[] | undefined, b: readonly string[] | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.length === b.length && a.every((field) => b.includes(field));
}
