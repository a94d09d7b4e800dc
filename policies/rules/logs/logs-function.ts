import type { Resource } from "../../view/resource";
import { undecided, type Rule, type StackFinding } from "../rule";
import type { Stack } from "../../view/stack";
import { types } from "../../view/types";
import { isPresent, objectOf, textOf, unknown, type Value } from "../../view/values";

export const logsFunction: Rule = {
  id: "logs-function",
  title: "A function writes to a log group that the program makes",
  why: "Lambda makes one by itself otherwise, without a key of yours and kept for ever",
  remedy:
    "Declare a log group `/aws/lambda/{name of the function}` with a key and a retention, and let the function depend on it",
  severity: "medium",
  level: "mandatory",
  references: ["FSBP CloudWatch.16", "AWS Lambda developer guide: log groups of functions"],
  stack: {
    types: [types.function, types.application],
    *check(stack): Iterable<StackFinding> {
      const groups = stack.ofType(types.logGroup).map(({ props }) => props["name"]);
      const names = new Set(groups.flatMap((name) => textOf(name) ?? []));
      const open = groups.some((name) => name === unknown);
      for (const { resource, property, group } of writersIn(stack)) {
        const { urn } = resource;
        const name = textOf(group);
        if (name !== undefined && names.has(name)) continue;
        if (name === undefined || open) yield { ...undecided(property), urn };
        else yield { urn, property, message: `writes to ${name}, which this program does not make` };
      }
    },
  },
};

interface Writer {
  readonly resource: Resource;
  /** What says where it writes. */
  readonly property: string;
  /** Name of the log group; unknown while it is not known. */
  readonly group: Value;
}

/** Functions, and applications that make one of a name they are given, as those of Secrets Manager do. */
function writersIn(stack: Stack): readonly Writer[] {
  return [
    ...stack.ofType(types.function).flatMap((resource): Writer[] => {
      const { name, loggingConfig } = resource.props;
      const own = loggingConfig === unknown ? unknown : objectOf(loggingConfig)["logGroup"];
      const property = isPresent(own) ? "loggingConfig.logGroup" : "name";
      // What the engine knows to come from a log group is one of this program.
      const given = stack.referred(resource, "loggingConfig").some(({ type }) => type === types.logGroup);
      return given ? [] : [{ resource, property, group: isPresent(own) ? own : groupOf(name) }];
    }),
    ...stack.ofType(types.application).flatMap((resource): Writer[] => {
      const { parameters } = resource.props;
      const name = parameters === unknown ? unknown : objectOf(parameters)["functionName"];
      return isPresent(name) ? [{ resource, property: "parameters.functionName", group: groupOf(name) }] : [];
    }),
  ];
}

function groupOf(name: Value): Value {
  const text = textOf(name);
  return text === undefined ? unknown : `/aws/lambda/${text}`;
}
