import { formatPlace, namesUnder, placeOf, problemAt } from "../reading/manifest";
import { referencesBranch } from "../../plan/names";
import { eachManifest } from "./rule";

/** Secrets and parameters of a service share their names, since consumers name both alike. */
export const itemNames = eachManifest((manifest) => {
  const secrets = new Set(namesUnder(manifest, "secrets"));
  return namesUnder(manifest, "parameters")
    .filter((name) => secrets.has(name))
    .map((name) =>
      problemAt(
        manifest,
        ["parameters", name],
        {
          found: `there is a secret of the same name at ${formatPlace(placeOf(manifest, ["secrets", name], "key"))}`,
          allowed: "consumers name secrets and parameters alike, so each name is given once",
          remedy: "rename one of them",
        },
        "key",
      ),
    );
});

/** Below `/{service}/{environment}/platform/` the platform tells of the service's consumers. */
export const reservedItemNames = eachManifest((manifest) =>
  (["secrets", "parameters"] as const)
    .filter((group) => namesUnder(manifest, group).includes(referencesBranch))
    .map((group) =>
      problemAt(
        manifest,
        [group, referencesBranch],
        {
          found: `found \`${referencesBranch}\``,
          allowed: "that name is kept for what the platform tells of a service's consumers",
          remedy: "choose another name",
        },
        "key",
      ),
    ),
);
