/** Tag of every secret and parameter of the platform: e-mail address of the owning team. */
export const ownerTag = "owner";

/**
 * On a generated secret of several JSON fields: their names, joined by single spaces. Its value would otherwise be
 * the only place that says which fields a new version has to have.
 */
export const fieldsTag = "platform:fields";

export function fieldsTagValue(fields: readonly string[]): string {
  return fields.join(" ");
}

/** Characters of a tag's value. https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html */
export const longestTagValue = 256;
