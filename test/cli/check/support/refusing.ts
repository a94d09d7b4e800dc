import type { Rule } from "../../../../policies/rules/rule";
import { rules } from "../../../../policies/rules";
import { types } from "../../../../model/proof/registered/stack";

/**
 * The `platform` command with two rules more, each of which finds something in the tests' organisation: no manifest or
 * setting that the catalogue takes is refused by the pack, so nothing else shows what the command does then.
 */
const probes: readonly Rule[] = (["mandatory", "advisory"] as const).map((level) => ({
  id: `probe-${level}`,
  title: "A bus has no name",
  why: "It stands for a rule that finds something",
  remedy: "Take the probe away",
  severity: "high",
  level,
  references: [],
  resource: {
    types: ["aws:cloudwatch/eventBus:EventBus"],
    *check() {
      yield { message: "it has a name", property: "name" };
    },
  },
}));

const asked = (process.env["PROBES"] ?? "").split(",");
(rules as Rule[]).push(...probes.filter(({ id }) => asked.includes(id)));

// As if roles had no policies of their own, so that nobody could read what was granted.
if (asked.includes("access")) Object.assign(types, { rolePolicy: "none is registered" });

void import("../../../../cli/main.js");
