/**
 * Tags by which the parts of the platform tell each other about a value without reading it. They are set on secrets
 * and parameters next to the tags of the manifest, so whoever manages those must leave these alone (the AWS provider
 * does with `ignoreTags`).
 */

/** Present with the value `true` on a secret or parameter whose value from outside has not been supplied yet. */
export const unsetTag = "platform:unset";

/**
 * On every secret and SecureString of this platform: by it and by the key a name that is taken already is known to be
 * ours. The program sets it on secrets, the provider plugin on parameters, each together with making them.
 */
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

/** Those that come and go without the program: it leaves them alone. */
export const changingTags: readonly string[] = [unsetTag, createdTag, restoredTag, formTag];

/** Every tag above: what no manifest or person may set by hand. */
export const reservedTags: readonly string[] = [...changingTags, managedByTag];
