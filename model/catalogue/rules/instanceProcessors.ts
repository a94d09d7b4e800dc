import { instanceArchitecture } from "../../aws/instanceArchitecture";
import { entriesOf, problemAt } from "../reading/manifest";
import { eachManifest } from "./rule";

/** An instance type has one kind of processors: a program built for the other would not start on it. */
export const instanceProcessors = eachManifest((manifest) =>
  entriesOf(manifest.draft.consumers).flatMap(([name, { kind, instanceType, architecture }]) => {
    if (kind !== "ec2" || instanceType === undefined || architecture === undefined) return [];
    const own = instanceArchitecture(instanceType);
    if (own === architecture) return [];
    return [
      problemAt(manifest, ["consumers", name, "architecture"], {
        found: `found \`${architecture}\` with \`${instanceType}\``,
        allowed: `instances of this type have processors of the kind ${own}`,
        remedy: `choose another \`instanceType\`, or build for ${own}`,
      }),
    ];
  }),
);
