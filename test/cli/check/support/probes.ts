import type { Rule } from "../../../../policies/rules/rule";

/**
 * A rule that finds something in the tests' organisation, or does there what is asked: no manifest or setting that the
 * catalogue takes is refused by the pack, so nothing else shows what the command does then.
 */
export function probe(level: "mandatory" | "advisory", onEach: () => void = () => {}): Rule {
  return {
    id: `probe-${level}`,
    title: "A boundary has no name",
    why: "It stands for a rule that finds something",
    remedy: "Take the probe away",
    severity: "high",
    level,
    references: [],
    resource: {
      types: ["aws:iam/policy:Policy"],
      *check() {
        onEach();
        yield { message: "it has a name", property: "name" };
      },
    },
  };
}
