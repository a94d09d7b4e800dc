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
  /**
   * When the manifest began to ask for other connection fields, such as `url`, in seconds of the epoch: a value that was
   * not rotated since lacks them. Absent: it has what was asked when it was written.
   */
  readonly asked?: number;
}

/** The names of `since` and `asked` in the tag; no field of the JSON is called so. */
const sinceName = "since";
const askedName = "asked";

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

/** The same with a note that other connection fields are asked for from now on. */
export function formAsked(form: DatabaseForm, now: Date): DatabaseForm {
  return { ...form, asked: Math.floor(now.getTime() / 1000) };
}

/** Whether a value that was rotated last at this time, or never, lacks what has been asked for since. */
export function lacksAsked({ asked }: DatabaseForm, lastRotated: Date | undefined): boolean {
  return asked !== undefined && (lastRotated === undefined || lastRotated.getTime() < asked * 1000);
}

/** Whether a version is the one a form came with. */
export function beganWith({ since }: DatabaseForm, versionId: string | undefined): boolean {
  return since !== undefined && versionId !== undefined && versionId.startsWith(since);
}

/** `dbname=1a2b3c4d engine=…`: at most 256 characters, of those AWS takes in a tag. */
export function formTagValue({ fields, since, asked }: DatabaseForm): string {
  const all = {
    ...fields,
    ...(since !== undefined && { [sinceName]: since }),
    ...(asked !== undefined && { [askedName]: asked.toString(16).padStart(hashLength, "0") }),
  };
  return Object.entries(all)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, text]) => `${name}=${text}`)
    .join(" ");
}

/** Undefined for a tag of another form, or none. */
export function parseFormTag(tag: string | undefined): DatabaseForm | undefined {
  const entries = (tag ?? "").split(" ").map((part) => /^(\w+)=([0-9a-f-]{8})$/.exec(part)?.slice(1));
  if (entries.some((entry) => entry === undefined)) return undefined;
  const {
    [sinceName]: since,
    [askedName]: text,
    ...fields
  } = Object.fromEntries(entries as [string, string][]);
  const asked = text === undefined ? undefined : Number(`0x${text}`);
  if (Number.isNaN(asked)) return undefined;
  return { fields, ...(since !== undefined && { since }), ...(asked !== undefined && { asked }) };
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
