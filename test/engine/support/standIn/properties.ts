import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";

/** Inputs or outputs of a resource, as they travel between engine and provider. */
export type Properties = Record<string, unknown>;

/** Stands for a value that a preview cannot know. Signatures: sdk/go/common/resource/sig of pulumi/pulumi. */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const signatureKey = "4dabf18193072939515e22adb298388d";
const signatures = {
  secret: "1b47061264138c4ac30d75fd1eb44270",
  resourceReference: "5cf8f73096256a8f31e491e813e4eb8e",
  asset: "c44067f5952c0a294b673a41bacd8c17",
  archive: "0def7320c3a5731c473e5ecbe6d01bc7",
};

/** Marks a value so that the engine encrypts it in the state. */
export function secret(value: unknown): Properties {
  return { [signatureKey]: signatures.secret, value };
}

/** Refers to a resource of the stack, as components do in their outputs. */
export function resourceReference(urn: string, id: string, packageVersion: string): Properties {
  return { [signatureKey]: signatures.resourceReference, urn, id, packageVersion };
}

/** The hash by which an asset or archive is compared, or undefined for any other value. */
export function contentHash(value: unknown): string | undefined {
  if (!isObject(value)) return undefined;
  const signature = value[signatureKey];
  if (signature !== signatures.asset && signature !== signatures.archive) return undefined;
  return String(value["hash"]);
}

/** True if the value is unknown, or anything inside it is. */
export function containsUnknown(value: unknown): boolean {
  if (value === unknownValue) return true;
  if (Array.isArray(value)) return value.some(containsUnknown);
  return isObject(value) && Object.values(value).some(containsUnknown);
}

/** The properties but one. */
export function without(properties: Properties, key: string): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([other]) => other !== key));
}

export function isObject(value: unknown): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Properties of a request; an absent struct is an empty one. */
export function fromStruct(struct: Struct | undefined): Properties {
  return struct?.toJavaScript() ?? {};
}

/** Properties for a response; undefined ones are left out. */
export function toStruct(properties: Properties): Struct {
  return Struct.fromJavaScript(withoutUndefined(properties) as Record<string, JavaScriptValue>);
}

function withoutUndefined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUndefined);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .map(([key, inner]) => [key, withoutUndefined(inner)]),
  );
}
