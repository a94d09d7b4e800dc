import { type Partition, partitionOf } from "../../aws/partitions";
import { entriesOf, problemAt } from "../reading/manifest";
import { repeatedEntries } from "./repeated";
import { eachManifest } from "./rule";

/** Copies of a secret lie in other regions of the same partition. */
export const replicas = eachManifest((manifest, { options }) =>
  entriesOf(manifest.draft.secrets).flatMap(([name, secret]) => {
    const path = ["secrets", name, "replicas"];
    const regions = secret.replicas ?? [];
    if (regions.length > 0 && secret.rotation?.method === "rds-managed") {
      return [
        problemAt(
          manifest,
          path,
          {
            found: "found `replicas` on an `rds-managed` secret",
            allowed: "the database service holds that secret and its copies",
            remedy: "remove it",
          },
          "key",
        ),
      ];
    }
    return [
      ...regions.flatMap((region, index) => {
        const problem = region === undefined ? undefined : regionProblem(region, options);
        return problem === undefined ? [] : [problemAt(manifest, [...path, index], problem)];
      }),
      ...repeatedEntries(manifest, path, regions),
    ];
  }),
);

function regionProblem(region: string, home: { readonly region: string; readonly partition: Partition }) {
  if (region === home.region) {
    return {
      found: `found \`${region}\`, where the secret itself is`,
      allowed: "replicas are in other regions",
      remedy: "remove it",
    };
  }
  const partition = partitionOf(region);
  if (partition !== home.partition) {
    return {
      found: `found \`${region}\`, which is in the partition ${partition}`,
      allowed: `replicas are in regions of the partition ${home.partition}`,
      remedy: "choose another region",
    };
  }
  return undefined;
}
