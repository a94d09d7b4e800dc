import { isCredentialName } from "../../model/aws/credentialNames";
import { isNamedDigest, isPublicText } from "../../model/aws/publicTexts";
import { credentialIn, isReference } from "./values";

/**
 * Why a named setting is taken for a credential in plain text; undefined when it is not. Speaks of the name and of the
 * form of the value, never of the value.
 */
export function plainCredential(name: string, value: string): string | undefined {
  const form = credentialIn(value);
  if (form !== undefined) return `holds what looks like ${form}`;
  return isCredentialName(name) && !isReference(value) && !isPublicText(value) && !isNamedDigest(name, value)
    ? "is named like a credential and holds plain text"
    : undefined;
}
