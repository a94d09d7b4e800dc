import { knownCredentialIn } from "../../model/aws/credentialForms";

/** Values stand on many resources, and each form takes its time. */
const seen = new Map<string, string | undefined>();
const mostSeen = 5000;

/** What a value looks like, in words that say nothing of it; undefined when it has no credential's form. */
export function credentialIn(value: string): string | undefined {
  if (!seen.has(value)) {
    if (seen.size >= mostSeen) seen.clear();
    seen.set(value, knownCredentialIn(value));
  }
  return seen.get(value);
}

/** Does a value only say where a credential is: an ARN, a path of names, a reference that AWS resolves, a version? */
export function isReference(value: string): boolean {
  return (
    value === "" ||
    value.startsWith("arn:") ||
    value.startsWith("{{resolve:") ||
    /^\/?[a-z][a-z0-9-]*(?:\/[a-z0-9-]+)+$/.test(value) ||
    /^\$\{?[A-Za-z_]\w*\}?$/.test(value) ||
    /^[~^]?\d+\.\d+\.\d+(?:-[a-z]+\.\d+)?$/.test(value) ||
    /^(?:true|false|yes|no|on|off|none|null|\d{1,6})$/i.test(value)
  );
}
