import { entriesOf, plainAt, problemAt } from "../reading/manifest";
import { eachManifest } from "./rule";

/** A build specification in a file needs a source that holds the file. */
export const builds = eachManifest((manifest) =>
  entriesOf(manifest.draft.consumers).flatMap(([name, { kind, buildspec }]) => {
    const path = ["consumers", name];
    if (kind !== "codebuild" || typeof buildspec !== "string") return [];
    if (plainAt(manifest, [...path, "source"]) !== undefined) return [];
    return [
      problemAt(manifest, [...path, "buildspec"], {
        found: `found the file \`${buildspec}\`, and no \`source\``,
        allowed: "a build specification in a file stands in the build's source",
        remedy: "add `source`, or give `{commands: [...]}`",
      }),
    ];
  }),
);
