import type { Problem } from "../../yaml/problem";
import { entriesOf, type Manifest, plainAt, problemAt } from "../reading/manifest";
import { didYouMean } from "../../yaml/nearest";
import type { Path } from "../../yaml/tree";
import { repeatedEntries } from "./repeated";
import { eachManifest } from "./rule";

/** A service's environments are workload stacks, each named once. */
export const knownEnvironments = eachManifest((manifest, { environments }) => [
  ...(manifest.draft.environments ?? []).flatMap((name, index) =>
    name === undefined || environments.has(name)
      ? []
      : [
          problemAt(manifest, ["environments", index], {
            found: `no workload stack has the environment \`${name}\``,
            allowed: `environments are ${listed([...environments.keys()])}`,
            remedy: didYouMean(name, environments.keys(), "add the stack first, or remove it here"),
          }),
        ],
  ),
  ...repeatedEntries(manifest, ["environments"], manifest.draft.environments),
]);

/** A map from environment to value has one for each of the service's environments, and no others. */
export const perEnvironmentMaps = eachManifest((manifest, { environments }) => {
  const own = manifest.draft.environments ?? [];
  const names = own.filter((name): name is string => name !== undefined && environments.has(name));
  // A name that is wrong there may be right here.
  if (names.length === 0 || names.length < own.length) return [];
  return mapsOf(manifest).flatMap((path) => checkMap(manifest, path, names));
});

function mapsOf(manifest: Manifest): readonly Path[] {
  const paths: Path[] = [];
  for (const [name] of entriesOf(manifest.draft.secrets)) {
    for (const key of ["host", "port", "name", "username", "readerHost"])
      paths.push(["secrets", name, "database", key]);
    for (const key of ["arn", "role"]) paths.push(["secrets", name, "rotation", key]);
  }
  for (const [name] of entriesOf(manifest.draft.parameters)) paths.push(["parameters", name, "value"]);
  for (const [name] of entriesOf(manifest.draft.consumers)) {
    for (const key of ["namespace", "serviceAccount", "cluster", "oidcProvider"])
      paths.push(["consumers", name, key]);
  }
  for (const [name, { variables, containers }] of entriesOf(manifest.draft.consumers)) {
    for (const variable of Object.keys(variables ?? {}))
      paths.push(["consumers", name, "variables", variable]);
    for (const [container, own] of entriesOf(containers))
      for (const variable of Object.keys(own.variables ?? {}))
        paths.push(["consumers", name, "containers", container, "variables", variable]);
  }
  return paths.filter((path) => {
    const value = plainAt(manifest, path);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  });
}

function checkMap(manifest: Manifest, path: Path, environments: readonly string[]): readonly Problem[] {
  const keys = Object.keys(plainAt(manifest, path) as object);
  const missing = environments.filter((name) => !keys.includes(name));
  const strange = keys.filter((key) => !environments.includes(key));
  return [
    ...strange.map((key) =>
      problemAt(
        manifest,
        [...path, key],
        {
          found: `the service has no environment \`${key}\``,
          allowed: `its environments are ${listed(environments)}`,
          remedy: didYouMean(key, missing, "remove it, or add the environment to `environments`"),
        },
        "key",
      ),
    ),
    ...(missing.length === 0
      ? []
      : [
          problemAt(
            manifest,
            path,
            {
              found: `there is no value for ${listed(missing)}`,
              allowed: "a map by environment has a value for each environment of the service",
              remedy: `add ${listed(missing)}, or give one value for all`,
            },
            "key",
          ),
        ]),
  ];
}

/** `` `staging` and `prod` `` */
export function listed(names: readonly string[]): string {
  const quoted = names.map((name) => `\`${name}\``);
  return quoted.length < 2
    ? (quoted[0] ?? "none")
    : `${quoted.slice(0, -1).join(", ")} and ${quoted[quoted.length - 1]}`;
}
