import { entriesOf, problemAt } from "../reading/manifest";
import { eachManifest } from "./rule";

/** What ends before the others start is reached by nobody, and its end alone says whether it went well. */
export const initContainers = eachManifest((manifest) =>
  entriesOf(manifest.draft.consumers).flatMap(([name, { containers }]) =>
    entriesOf(containers).flatMap(([container, own]) =>
      own.init !== true
        ? []
        : (["port", "ports", "healthCheck"] as const)
            .filter((key) => key in own)
            .map((key) =>
              problemAt(
                manifest,
                ["consumers", name, "containers", container, key],
                {
                  found: `\`${key}\` stands beside \`init\``,
                  allowed: "the container has ended before those start that stay",
                  remedy: `remove \`${key}\`, or \`init\` if it is to stay`,
                },
                "key",
              ),
            ),
    ),
  ),
);
