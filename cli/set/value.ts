import type { TextForm } from "../../model/aws/externalSecrets";
import { awsKeyIn } from "../../model/aws/credentialForms";
import { unsetParameterValue } from "../../model/values/unset";

/** What a value has to be like. */
export interface ValueForm {
  /** What is asked for: `password of the user orders`. */
  readonly asked: string;
  readonly form: "text" | "password" | "fields";
  /** For the form `fields`: the names of all fields, with where each is injected. */
  readonly fields: readonly FieldUse[];
  /** What whoever uses the value cannot take, in sentences that never repeat any of it. */
  readonly unusable?: (given: string) => readonly string[];
  /** Bytes of what is stored, in UTF-8. */
  readonly largestBytes: number;
  /** What is stored for what was given. */
  readonly stored: (given: string) => string;
}

export interface FieldUse {
  readonly name: string;
  /** `worker as DB_PASSWORD`. */
  readonly injectedBy: readonly string[];
  /** A value may lack it, unless it is injected. */
  readonly optional?: true;
  /** @default any text that is not empty */
  readonly text?: TextForm;
}

/** Everything wrong with a value, in sentences that never repeat any of it. */
export function valueProblems(form: ValueForm, given: string): string[] {
  if (given === "") return [`no ${form.asked} came: it is empty`];
  if (given === unsetParameterValue) {
    return ["this is the text that stands for a value that was never supplied; give the value itself"];
  }
  const problems = [...awsKeyProblems(given), ...formProblems(form, given)];
  if (problems.length > 0) return problems;
  const bytes = Buffer.byteLength(form.stored(given));
  return bytes > form.largestBytes
    ? [`it takes ${bytes} bytes, and AWS stores at most ${form.largestBytes}; make it shorter`]
    : [];
}

/** Not for long, either: the roles that this platform makes need none, and elsewhere AWS gives short-lived ones. */
function awsKeyProblems(given: string): string[] {
  const what = partsOf(given, given)
    .map(awsKeyIn)
    .find((found) => found !== undefined);
  if (what === undefined) return [];
  return [
    `it holds ${what}, and this platform keeps none: let what would use it run by a role, as every consumer does, ` +
      "or outside of AWS by IAM Roles Anywhere or a web identity; then end the key",
  ];
}

function formProblems({ form, fields, unusable }: ValueForm, given: string): string[] {
  const object = form === "text" ? undefined : jsonObject(given);
  if (form === "fields") {
    return object === undefined
      ? [`a JSON object with ${list(fields.map(({ name }) => name))} is wanted, and this is none`]
      : fieldProblems(fields, object);
  }
  if (form !== "password") return [];
  return [
    ...(/[\r\n]/.test(given) ? ["a password is one line, and this has several"] : []),
    ...(object !== undefined && "password" in object
      ? ["only the password is wanted, and this is a JSON object; the rest of it comes from the manifest"]
      : []),
    ...(unusable?.(given) ?? []),
  ];
}

function fieldProblems(fields: readonly FieldUse[], object: Readonly<Record<string, unknown>>): string[] {
  const names = fields.map(({ name }) => name);
  const further = Object.keys(object).filter((name) => !names.includes(name));
  return [
    ...fields.flatMap(({ name, injectedBy, optional, text }) => {
      const use = injectedBy.length > 0 ? ` (injected into ${list(injectedBy)})` : "";
      if (!Object.hasOwn(object, name)) {
        return optional && injectedBy.length === 0 ? [] : [`the field ${name} is missing${use}`];
      }
      const value = object[name];
      if (typeof value !== "string" || value === "") return [`the field ${name} is not a text, or is empty`];
      return text === undefined || text.pattern.test(value)
        ? []
        : [`the field ${name} must be ${text.allowed}`];
    }),
    // A field's name may be a value that slipped into its place, so it is not repeated.
    ...(further.length > 0
      ? [
          `there ${further.length === 1 ? "is 1 field" : `are ${further.length} fields`} more than the manifest names: ` +
            `it has ${list(names)}`,
        ]
      : []),
  ];
}

/** What to look at twice, though nothing forbids it. */
export function valueNotes(given: string): string[] {
  return given.trim() === given ? [] : ["the value begins or ends with white space, and is stored with it"];
}

/** Undefined for any other text. What JSON.parse throws would quote the text. */
function jsonObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === "object" && parsed !== null && !Array.isArray(parsed)
      ? (parsed as Readonly<Record<string, unknown>>)
      : undefined;
  } catch {
    return undefined;
  }
}

/** Every text inside a value that no message may repeat, however deep a JSON holds it. */
export function partsOf(given: string, stored: string): readonly string[] {
  return [stored, given, ...textsIn(jsonObject(given))];
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

function list(names: readonly string[]): string {
  return names.length < 2 ? (names[0] ?? "") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
