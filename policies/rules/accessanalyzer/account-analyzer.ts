import { undecided, finding, type Rule, type StackFinding } from "../rule";
import type { Stack } from "../../view/stack";
import { types } from "../../view/types";
import { isPresent, listOf, objectOf, textOf, unknown, type Value } from "../../view/values";

export const accountAnalyzer: Rule = {
  id: "account-analyzer",
  title: "An account with a trail has an analyzer of access from outside it",
  why: "A policy that lets a stranger in works from the first minute, whoever wrote it; the analyzer reads every policy there is, not only those of this program",
  remedy:
    "Add an `aws.accessanalyzer.Analyzer` of type ACCOUNT, or name the stack under `analyzedElsewhere`; let its archive rules name whom or what they mean",
  severity: "medium",
  level: "mandatory",
  references: ["FSBP IAM.28", "CIS AWS 3.0 1.20"],
  settings: ["analyzedElsewhere"],
  stack: {
    types: [types.trail, types.metricFilter, types.archiveRule],
    *check(stack, { analyzedElsewhere }): Iterable<StackFinding> {
      for (const { urn, props } of stack.ofType(types.archiveRule)) {
        const found = judgeArchiveRule(props["filters"]);
        if (found !== undefined) yield { ...found, urn };
      }
      const watches = stack.ofType(types.trail, types.metricFilter).length > 0;
      if (!watches || analyzedElsewhere.includes(stackName(stack))) return;
      const kinds = stack.ofType(types.analyzer).map(({ props }) => props["type"]);
      if (kinds.some(looksOutside)) return;
      yield kinds.includes(unknown)
        ? undecided("type of an Analyzer")
        : { message: "no analyzer looks for access from outside the account" };
    },
  },
};

/** Other types look for what is not used, or for access from inside. */
function looksOutside(type: Value): boolean {
  return !isPresent(type) || textOf(type) === "ACCOUNT" || textOf(type) === "ORGANIZATION";
}

function judgeArchiveRule(filters: Value) {
  if (filters === unknown) return undecided("filters");
  const criteria = listOf(filters).map((filter) =>
    filter === unknown ? unknown : objectOf(filter)["criteria"],
  );
  if (criteria.some((one) => narrow.test(textOf(one) ?? ""))) return undefined;
  return criteria.includes(unknown)
    ? undecided("filters")
    : finding(
        "filters",
        "name neither resource nor principal nor condition, so whatever is found is archived",
      );
}

/** What says whom or what is meant; `isPublic` and types of resources do not. */
const narrow = /^(?:id$|resource$|principal\.|condition\.)/;

function stackName({ resources }: Stack): string {
  return resources[0]?.urn.split(":")[2] ?? "";
}
