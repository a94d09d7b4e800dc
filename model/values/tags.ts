/**
 * Tags by which the parts of the platform tell each other about a value without reading it. They are set on secrets
 * and parameters next to the tags of the manifest, so whoever manages those must leave these alone (the AWS provider
 * does with `ignoreTags`).
 */

/** Present with the value `true` on a secret or parameter whose value from outside has not been supplied yet. */
export const unsetTag = "platform:unset";

/** On what the provider plugin created, so that a second run after a crash recognises its own work. */
export const managedByTag = "platform:managed-by";
export const managedByValue = "secrets-platform";

/** When the provider plugin created a parameter (ISO 8601, UTC); another date is another parameter of that name. */
export const createdTag = "platform:created";

/**
 * On a secret that was restored and whose import Pulumi has not recorded yet, so that a run after a crash in between
 * imports it too.
 */
export const restoredTag = "platform:restored";

/**
 * On a database secret: what its value is for, each field but the password as a short hash (`databaseForm`). Kept by
 * whoever writes a value: the provider plugin and `platform set`; rotations copy those fields on.
 */
export const formTag = "platform:form";

/** Every tag above: what no manifest, component or person may set by hand. */
export const reservedTags: readonly string[] = [unsetTag, managedByTag, createdTag, restoredTag, formTag];
