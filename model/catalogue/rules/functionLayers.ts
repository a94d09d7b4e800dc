import { parametersExtension } from "../../aws/parametersExtension";
import { mostLayers } from "../../aws/quotas";
import type { Problem } from "../../yaml/problem";
import type { Path } from "../../yaml/tree";
import { entriesOf, formatPlace, type Manifest, placeOf, plainAt, problemAt } from "../reading/manifest";
import { repeatedEntries } from "./repeated";
import { eachManifest } from "./rule";

/** Layers lie in the function's own region, at most five with the extension, which AWS publishes for some processors. */
export const functionLayers = eachManifest((manifest, { options }) =>
  entriesOf(manifest.draft.consumers).flatMap(([name, consumer]): readonly Problem[] => {
    if (consumer.kind !== "lambda") return [];
    const { layers = [], extension, architecture } = consumer;
    const path = ["consumers", name];
    const count = layers.length + (extension === true ? 1 : 0);
    const elsewhere = layers.flatMap((layer, index) => {
      const [, partition, , region] = (layer ?? "").split(":");
      if (layer === undefined || (partition === options.partition && region === options.region)) return [];
      return [
        problemAt(manifest, [...path, "layers", index], {
          found: `the layer lies in ${region}`,
          allowed: `a function takes layers of its own region, which is ${options.region}`,
          remedy: "name its version there",
        }),
      ];
    });
    const tooMany =
      count <= mostLayers
        ? []
        : [
            problemAt(
              manifest,
              [...path, "layers"],
              {
                found: `found ${count} layers${extension === true ? " with the extension" : ""}`,
                allowed: `Lambda takes ${mostLayers} layers of a function`,
                remedy: "put some of them into the code",
              },
              "key",
            ),
          ];
    const processors = architecture ?? "arm64";
    const isKnown = architecture !== undefined || plainAt(manifest, [...path, "architecture"]) === undefined;
    const unpublished =
      extension === true && isKnown && parametersExtension(options.region, processors) === undefined
        ? [
            problemAt(
              manifest,
              [...path, "extension"],
              {
                found: `no layer of the extension is known for ${processors} in ${options.region}`,
                allowed: "AWS publishes it by region and by processors",
                remedy:
                  processors === "arm64" && parametersExtension(options.region, "x86_64") !== undefined
                    ? "use `architecture: x86_64`, or name its layer under `layers`"
                    : "name its layer under `layers`",
              },
              "key",
            ),
          ]
        : [];
    return [
      ...repeatedEntries(manifest, [...path, "layers"], layers),
      ...otherVersions(
        manifest,
        [...path, "layers"],
        layers,
        extension === true && isKnown ? parametersExtension(options.region, processors) : undefined,
      ),
      ...elsewhere,
      ...tooMany,
      ...unpublished,
    ];
  }),
);

/**
 * Lambda itself refuses two versions of one layer, as its words here say.
 * https://github.com/DataDog/serverless-plugin-datadog/issues/195
 */
function otherVersions(
  manifest: Manifest,
  path: Path,
  layers: readonly (string | undefined)[],
  ofExtension: string | undefined,
): readonly Problem[] {
  const first = new Map<string, string>(
    ofExtension === undefined ? [] : [[layerOf(ofExtension), "that `extension` adds"]],
  );
  return layers.flatMap((layer, index) => {
    // The same version again is told as that.
    if (layer === undefined || layers.indexOf(layer) !== index) return [];
    const other = first.get(layerOf(layer));
    if (other === undefined) {
      first.set(layerOf(layer), `at ${formatPlace(placeOf(manifest, [...path, index]))}`);
      return [];
    }
    return [
      problemAt(manifest, [...path, index], {
        found: `this is another version of the layer ${other}`,
        allowed: "Lambda takes one version of a layer",
        remedy: "name one of them",
      }),
    ];
  });
}

/** The layer's ARN, without the number of the version. */
function layerOf(version: string): string {
  return version.slice(0, version.lastIndexOf(":"));
}
