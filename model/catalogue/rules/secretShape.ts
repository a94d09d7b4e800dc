import { fieldsTagValue, longestTagValue } from "../../functions/tags";
import { externalPartner, externalSecretTypes } from "../../aws/externalSecrets";
import { describe } from "../../yaml/describe";
import type { Problem } from "../../yaml/problem";
import { entriesOf, type Manifest, plainAt, problemAt } from "../reading/manifest";
import { databaseMethod } from "../normalise/methods";
import type { Path } from "../../yaml/tree";
import { listed } from "./environments";
import { repeatedEntries } from "./repeated";
import { eachManifest } from "./rule";

/** `database` goes with the database methods, `fields` with those whose value the platform or the team makes up. */
export const secretShape = eachManifest((manifest) =>
  entriesOf(manifest.draft.secrets).flatMap(([name, secret]) => {
    const path = ["secrets", name];
    const method = secret.rotation?.method;
    const stands = (key: string): boolean => plainAt(manifest, [...path, key]) !== undefined;
    const problems = [
      ...repeatedEntries(manifest, [...path, "fields"], secret.fields),
      ...longFields(manifest, [...path, "fields"], secret.fields ?? []),
    ];
    if (method === undefined) return problems;
    const isDatabase = databaseMethod(method) !== undefined;
    if (isDatabase && !stands("database")) {
      problems.push(
        problemAt(
          manifest,
          [...path, "database"],
          {
            found: "`database` is missing",
            allowed: `a ${method} secret says where its login is valid`,
            remedy: "add `database: { host: …, port: …, name: …, username: … }`",
          },
          "key",
        ),
      );
    }
    if (!isDatabase && stands("database")) {
      problems.push(
        problemAt(
          manifest,
          [...path, "database"],
          {
            found: `found \`database\` on a secret with the method ${describe(method)}`,
            allowed: "`database` goes with the database methods, such as `postgres-alternating-users`",
            remedy: "remove it, or choose a database method",
          },
          "key",
        ),
      );
    }
    if (stands("fields") && method !== "generated" && method !== "function") {
      problems.push(
        problemAt(
          manifest,
          [...path, "fields"],
          {
            found: `found \`fields\` on a secret with the method ${describe(method)}`,
            allowed: `its fields are always ${fixedFields(method, secret.rotation?.type)}`,
            remedy: "remove it",
          },
          "key",
        ),
      );
    }
    return problems;
  }),
);

/** Those that others decide on. */
function fixedFields(method: string, type: unknown): string {
  if (method === "rds-managed") return "username and password";
  if (method !== "external") return "username, password, host, port, dbname and engine";
  const known = externalSecretTypes.find((one) => one === type);
  return known === undefined ? "those of its type" : listed(Object.keys(externalPartner(known).fields));
}

/** A tag of the secret says their names to the function that makes its values. */
function longFields(
  manifest: Manifest,
  path: Path,
  fields: readonly (string | undefined)[],
): readonly Problem[] {
  const { length } = fieldsTagValue(fields.filter((field) => field !== undefined));
  if (length <= longestTagValue) return [];
  return [
    problemAt(
      manifest,
      path,
      {
        found: `found ${fields.length} names of ${length} characters in all, with a space between each two`,
        allowed: `they stand in a tag of the secret, which takes ${longestTagValue}`,
        remedy: "shorten the names, or spread the fields over several secrets",
      },
      "key",
    ),
  ];
}
