import { createHash } from "node:crypto";
import type { DatabaseSecretValue } from "./databaseSecret";

/**
 * What a database secret's value is for (server, database, user, administrator), known without reading the value: every
 * field of its JSON but the password, by a short hash. Whoever writes a value notes it in the tag `formTag`; rotations
 * copy these fields on, so the note holds until somebody writes another value. Of alternating users the manifest's own
 * stands for both.
 */
export interface DatabaseForm {
  /** Hashes by field of the JSON. */
  readonly fields: Readonly<Record<string, string>>;
  /**
   * Begin of the id of the version this form came with, where an older version may have another one. Absent: none has,
   * as far as is known.
   */
  readonly since?: string;
}

/** The name of `since` in the tag; no field of the JSON is called so. */
const sinceName = "since";

/** Hexadecimal digits; enough to tell two values of one field apart, and eleven fields fit into a tag. */
const hashLength = 8;

/**
 * The form of the value that `compose` makes. It is composed with an empty password, so that none can come in, nor by a
 * field made up of others.
 */
export function databaseForm(compose: (password: string) => DatabaseSecretValue): DatabaseForm {
  const fields = Object.entries(compose("")).filter(([name]) => name !== "password");
  return { fields: Object.fromEntries(fields.map(([name, field]) => [name, hash(name, field)])) };
}

/** The same with a note of the version it came with. */
export function formSince(form: DatabaseForm, versionId: string): DatabaseForm {
  return { ...form, since: versionId.slice(0, hashLength) };
}

/** Whether a version is the one a form came with. */
export function beganWith({ since }: DatabaseForm, versionId: string | undefined): boolean {
  return since !== undefined && versionId !== undefined && versionId.startsWith(since);
}

/** `dbname=1a2b3c4d engine=…`: at most 256 characters, of those AWS takes in a tag. */
export function formTagValue({ fields, since }: DatabaseForm): string {
  const all = { ...fields, ...(since !== undefined && { [sinceName]: since }) };
  return Object.entries(all)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, text]) => `${name}=${text}`)
    .join(" ");
}

/** Undefined for a tag of another form, or none. */
export function parseFormTag(text: string | undefined): DatabaseForm | undefined {
  const entries = (text ?? "").split(" ").map((part) => /^(\w+)=([0-9a-f-]{8})$/.exec(part)?.slice(1));
  if (entries.some((entry) => entry === undefined)) return undefined;
  const { [sinceName]: since, ...fields } = Object.fromEntries(entries as [string, string][]);
  return { fields, ...(since !== undefined && { since }) };
}

/** A field in which a stored value is not what the manifest says. */
export interface FormChange {
  /** Of the JSON. */
  readonly field: string;
  /** `added`: the stored value lacks it. `removed`: the manifest does. */
  readonly change: "changed" | "added" | "removed";
}

/** Fields in the order of the wanted value, then those it lacks; empty: nothing waits. */
export function formChanges(stored: DatabaseForm, wanted: DatabaseForm): FormChange[] {
  const names = [...new Set([...Object.keys(wanted.fields), ...Object.keys(stored.fields)])];
  return names.flatMap((field): FormChange[] => {
    const before = stored.fields[field];
    const after = wanted.fields[field];
    if (before === after) return [];
    return [{ field, change: before === undefined ? "added" : after === undefined ? "removed" : "changed" }];
  });
}

/** Whether a stored value has this in a field, as far as its hash tells. */
export function isNoted({ fields }: DatabaseForm, field: string, value: unknown): boolean {
  return fields[field] === hash(field, value);
}

function hash(name: string, field: unknown): string {
  return createHash("sha256")
    .update(`${name} ${JSON.stringify(field)}`)
    .digest("hex")
    .slice(0, hashLength);
}
