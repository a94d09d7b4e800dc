import { externalPartner, externalSecretTypes } from "../../aws/externalSecrets";
import type { Problem } from "../../yaml/problem";
import { entriesOf, plainAt, problemAt } from "../reading/manifest";
import { eachManifest } from "./rule";

/** The metadata of an `external` rotation is what its partner takes: a key of another's would be refused by AWS, or unheard. */
export const externalSecrets = eachManifest((manifest) =>
  entriesOf(manifest.draft.secrets).flatMap(([name, { rotation }]): readonly Problem[] => {
    const type = externalSecretTypes.find((one) => one === rotation?.type);
    if (rotation?.method !== "external" || type === undefined) return [];
    const { partner, metadata } = externalPartner(type);
    const path = ["secrets", name, "rotation"];
    const given = plainAt(manifest, [...path, "metadata"]);
    const keys = typeof given === "object" && given !== null ? Object.keys(given) : [];
    const foreign = keys
      .filter((key) => isAnothers(key, metadata))
      .map((key) =>
        problemAt(
          manifest,
          [...path, "metadata", key],
          {
            found: `found \`${key}\` with the type \`${type}\``,
            allowed: takes(partner, Object.keys(metadata)),
            remedy: "remove it, or correct `type`",
          },
          "key",
        ),
      );
    const missing = Object.entries(metadata)
      .filter(([key, { required }]) => required && !keys.includes(key))
      .map(([key, { holds }]) =>
        problemAt(
          manifest,
          [...path, "metadata"],
          {
            found: `\`${key}\` is missing`,
            allowed: `${partner} needs it to rotate a \`${type}\`: ${holds}`,
            remedy: `add \`metadata: { ${key}: … }\``,
          },
          "key",
        ),
      );
    return [...foreign, ...missing];
  }),
);

/** What no partner takes the schema refuses. */
function isAnothers(key: string, own: object): boolean {
  return (
    !Object.hasOwn(own, key) &&
    externalSecretTypes.some((type) => Object.hasOwn(externalPartner(type).metadata, key))
  );
}

function takes(partner: string, keys: readonly string[]): string {
  return keys.length === 0
    ? `${partner} takes no metadata`
    : `${partner} takes ${keys.map((key) => `\`${key}\``).join(", ")}`;
}
