import { fargateMemories } from "../../aws/fargate";
import { entriesOf, plainAt, problemAt } from "../reading/manifest";
import { eachManifest } from "./rule";

/** Fargate runs only some amounts of memory with each number of CPU units. */
export const fargateSizes = eachManifest((manifest) =>
  entriesOf(manifest.draft.consumers).flatMap(([name, { kind, cpu, memory }]) => {
    const path = ["consumers", name];
    // Where `cpu` stands and was refused, nothing can be said of the memory.
    if (kind !== "ecs" || memory === undefined) return [];
    if (cpu === undefined && plainAt(manifest, [...path, "cpu"]) !== undefined) return [];
    const units = cpu ?? 256;
    const memories = fargateMemories(units);
    if (memories.includes(memory)) return [];
    const near = memories.reduce((best, each) =>
      Math.abs(each - memory) < Math.abs(best - memory) ? each : best,
    );
    return [
      problemAt(manifest, [...path, "memory"], {
        found: `found ${memory} MiB with ${units} CPU units`,
        allowed: `Fargate runs ${units} CPU units with ${inWords(memories)} MiB`,
        remedy: `use ${near}, or another \`cpu\``,
      }),
    ];
  }),
);

function inWords(memories: readonly number[]): string {
  if (memories.length <= 4) return memories.join(", ");
  const [first, second] = memories;
  return `${first} to ${memories[memories.length - 1]} in steps of ${second! - first!}`;
}
