import type { Problem } from "../../yaml/problem";
import { entriesOf, formatPlace, placeOf, problemAt } from "../reading/manifest";
import type { Rule } from "./rule";

/**
 * A secret that a database service manages belongs to the one service whose manifest names it: a second one could
 * otherwise grant itself what its owner never shared.
 */
export const managedOnce: Rule = ({ manifests }) => {
  const owners = new Map<string, { readonly service: string; readonly place: string }>();
  const problems: Problem[] = [];
  for (const manifest of manifests) {
    for (const [name, { rotation }] of entriesOf(manifest.draft.secrets)) {
      if (rotation?.method !== "rds-managed" || rotation.arn === undefined) continue;
      const path = ["secrets", name, "rotation", "arn"];
      const arns =
        typeof rotation.arn === "string"
          ? [[path, rotation.arn] as const]
          : Object.entries(rotation.arn).map(([environment, arn]) => [[...path, environment], arn] as const);
      for (const [at, arn] of arns) {
        if (typeof arn !== "string") continue;
        const owner = owners.get(arn);
        if (owner === undefined) {
          owners.set(arn, { service: manifest.service, place: formatPlace(placeOf(manifest, at)) });
        } else if (owner.service !== manifest.service) {
          problems.push(
            problemAt(manifest, at, {
              found: `this secret belongs to ${owner.service}, which names it at ${owner.place}`,
              allowed: "a secret that the database service manages is one service's",
              remedy: `let ${owner.service} name ${manifest.service} in \`shareWith\`, and read \`${owner.service}/ITEM\``,
            }),
          );
        }
      }
    }
  }
  return problems;
};
