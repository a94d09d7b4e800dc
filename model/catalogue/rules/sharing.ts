import type { Problem } from "../../yaml/problem";
import { entriesOf, type Manifest, problemAt } from "../reading/manifest";
import { didYouMean } from "../../yaml/nearest";
import { repeatedEntries } from "./repeated";
import { type Context, eachManifest } from "./rule";

/** `shareWith` names other services that exist. */
export const sharing = eachManifest((manifest, context) => [
  ...entriesOf(manifest.draft.secrets).flatMap(([name, { shareWith }]) =>
    check(manifest, context, ["secrets", name, "shareWith"], shareWith),
  ),
  ...entriesOf(manifest.draft.secrets).flatMap(([name, { generated }]) =>
    check(manifest, context, ["secrets", name, "generated", "shareWith"], generated?.shareWith),
  ),
  ...entriesOf(manifest.draft.parameters).flatMap(([name, { shareWith }]) =>
    check(manifest, context, ["parameters", name, "shareWith"], shareWith),
  ),
]);

function check(
  manifest: Manifest,
  { services }: Context,
  path: readonly string[],
  names: readonly (string | undefined)[] | undefined,
): readonly Problem[] {
  const problems = (names ?? []).flatMap((name, index) => {
    if (name === undefined) return [];
    if (name === manifest.service) {
      return [
        problemAt(manifest, [...path, index], {
          found: "found the service itself",
          allowed: "`shareWith` names other services; a service's own consumers need no permission",
          remedy: "remove it",
        }),
      ];
    }
    if (services.has(name)) return [];
    return [
      problemAt(manifest, [...path, index], {
        found: `there is no service \`${name}\``,
        allowed: "`shareWith` names services that have a manifest",
        remedy: didYouMean(name, services.keys(), "correct the name, or remove it"),
      }),
    ];
  });
  return [...problems, ...repeatedEntries(manifest, path, names)];
}
