import type { Problem } from "../../yaml/problem";
import { entriesOf, type Manifest, plainAt, problemAt } from "../reading/manifest";
import { type Context, eachManifest } from "./rule";
import { spelledOut } from "./spelledOut";

/** Pods get their role by Pod Identity or by tokens of one cluster, which lies in the region of the stacks. */
export const pods = eachManifest((manifest, context) =>
  entriesOf(manifest.draft.consumers).flatMap(([name, { kind }]) =>
    kind === "eks" ? [...bothWays(manifest, name), ...issuers(manifest, name, context)] : [],
  ),
);

function bothWays(manifest: Manifest, name: string): readonly Problem[] {
  const path = ["consumers", name];
  const given = ["cluster", "oidcProvider"].filter((key) => plainAt(manifest, [...path, key]) !== undefined);
  if (given.length < 2) return [];
  return [
    problemAt(
      manifest,
      [...path, "oidcProvider"],
      {
        found: "found `oidcProvider` beside `cluster`",
        allowed: "pods get their role by Pod Identity in a `cluster`, or by tokens of an `oidcProvider`",
        remedy: "remove `oidcProvider`, or `cluster` where Pod Identity does not reach, as on Fargate",
      },
      "key",
    ),
  ];
}

/** The region stands in the issuer's name, and decides the partition with it. */
function issuers(manifest: Manifest, name: string, { options }: Context): readonly Problem[] {
  const path = ["consumers", name, "oidcProvider"];
  const { oidcProvider } = manifest.draft.consumers?.[name] ?? {};
  return spelledOut<string>(path, oidcProvider).flatMap((issuer) => {
    const region = /^oidc[.-]eks\.([a-z0-9-]+)\./.exec(issuer.value)?.[1];
    if (region === options.region) return [];
    return [
      problemAt(manifest, issuer.path, {
        found: `found an issuer of the region ${region}`,
        allowed: `it lies in the region of the stacks, ${options.region}`,
        remedy: "give the issuer of the cluster that the pods run in",
      }),
    ];
  });
}
