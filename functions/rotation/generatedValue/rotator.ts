import type { RotationSettings, SettingsForms } from "../../../model/functions/settings";
import { fieldsTag } from "../../../model/functions/tags";
import { formWords, type GeneratedForm, hasForm, ofField } from "../../../model/values/generatedForm";
import { keyPairKindIn } from "../../../model/values/keyPair";
import { RotationError } from "../errors";
import { randomValue } from "../random";
import type { Rotator } from "../rotator";
import type { SecretDescription } from "../versions";

/**
 * Values nothing but their readers has to know: signing keys, session secrets, tokens between own services. They are one
 * plain string, or a JSON object of the fields in the secret's tag, each a string; without the tag they are what the
 * current value is, unless that is a key pair, which the secret is no longer.
 * @param forms what each text is made of, where it is not the default
 */
export function generatedValues(forms: NonNullable<RotationSettings["forms"]> = {}): Rotator {
  const formsOf = ({ name }: SecretDescription): SettingsForms =>
    Object.hasOwn(forms, name) ? (forms[name] ?? {}) : {};
  return {
    create(secret, current) {
      const { value, fields: forms } = formsOf(secret);
      const fields = value === undefined ? fieldsOf(secret, current) : undefined;
      return fields === undefined
        ? randomValue(value)
        : JSON.stringify(
            Object.fromEntries(fields.map((field) => [field, randomValue(ofField(forms, field))])),
          );
    },

    misfit(secret, current, wanted) {
      if (formsOf(secret).value !== undefined) return undefined;
      const fields = fieldsOf(secret, current);
      return sameFields(fields, namesIn(wanted))
        ? undefined
        : `it is not ${fields === undefined ? "one plain string" : `a JSON object of ${fields.join(", ")}`}`;
    },

    outdated(secret, pending) {
      const { value, fields = {} } = formsOf(secret);
      if (value !== undefined) return otherForm("it", value, pending);
      const made = fieldsIn(pending) ?? {};
      return Object.entries(fields)
        .map(([field, form]) => otherForm(`its field ${field}`, form, ofField(made, field) ?? ""))
        .find((difference) => difference !== undefined);
    },

    // No system behind the secret has to learn the value.
    set: () => Promise.resolve(),

    test(secret, value) {
      const fields = namesIn(value);
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
}

/** Of the default form alone. */
export const generatedRotator = generatedValues();

function otherForm(what: string, form: GeneratedForm, text: string): string | undefined {
  return hasForm(form, text)
    ? undefined
    : `${what} is not ${formWords(form)}, which the manifest asks for by now`;
}

function fieldsOf(secret: SecretDescription, current: string | undefined): readonly string[] | undefined {
  const tagged = taggedFields(secret);
  if (tagged !== undefined || current === undefined) return tagged;
  return keyPairKindIn(current) === undefined ? namesIn(current) : undefined;
}

function taggedFields({ tags }: SecretDescription): readonly string[] | undefined {
  return tags[fieldsTag]?.split(" ");
}

/** A JSON object of strings; undefined for any other text, which is a plain string then. */
function fieldsIn(value: string): Readonly<Record<string, string>> | undefined {
  if (!value.startsWith("{")) return undefined;
  try {
    const parsed = JSON.parse(value) as Readonly<Record<string, unknown>>;
    return Object.values(parsed).every((field) => typeof field === "string")
      ? (parsed as Readonly<Record<string, string>>)
      : undefined;
  } catch {
    return undefined;
  }
}

function namesIn(value: string): readonly string[] | undefined {
  const fields = fieldsIn(value);
  return fields && Object.keys(fields);
}

function sameFields(a: readonly string[] | undefined, b: readonly string[] | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.length === b.length && a.every((field) => b.includes(field));
}
