import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";

/** A resource's inputs or state as plain values; absent and null are the same. */
export type Properties = Readonly<Record<string, unknown>>;

/** Stands for a value the engine does not know yet (pkg/resource/plugin `UnknownStringValue`). */
const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Marks an object as a wrapper, here of a secret (sdk/go/common/resource `SigKey`, `SecretSig`). */
const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

/** What an output is in a preview that cannot know it. */
export const unknown: unknown = unknownValue;

export function isUnknown(value: unknown): boolean {
  return value === unknownValue;
}

/** Whether the value, or anything inside it, is not known yet. */
export function containsUnknown(value: unknown): boolean {
  if (isUnknown(value)) return true;
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).some(containsUnknown);
}

/** Reads a message's properties; wrapped secrets are opened, nulls left out. */
export function fromStruct(struct: Struct | undefined): Properties {
  const plain = struct === undefined ? {} : open(struct.toJavaScript());
  return plain as Properties;
}

/** Writes properties into a message; undefined is left out. */
export function toStruct(properties: Properties): Struct {
  return Struct.fromJavaScript(open(properties) as Record<string, JavaScriptValue>);
}

function open(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(open);
  if (typeof value !== "object" || value === null) return value;
  const record = value as Record<string, unknown>;
  if (record[signatureKey] === secretSignature) return open(record.value);
  return Object.fromEntries(
    Object.entries(record)
      .filter(([, part]) => part !== null && part !== undefined)
      .map(([key, part]) => [key, open(part)]),
  );
}
