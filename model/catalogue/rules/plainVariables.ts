import {
  credentialVariables,
  lambdaReservedVariables,
  lambdaVariableName,
} from "../../aws/reservedVariables";
import type { Problem, ProblemWords } from "../../yaml/problem";
import { entriesOf, problemAt } from "../reading/manifest";
import { eachManifest } from "./rule";

/** Plain variables have names that their service takes, and none by which a program would leave its role. */
export const plainVariables = eachManifest((manifest) =>
  entriesOf(manifest.draft.consumers).flatMap(([name, { kind, variables, containers }]): readonly Problem[] =>
    [
      { path: [], variables },
      ...entriesOf(containers).map(([container, own]) => ({
        path: ["containers", container],
        variables: own.variables,
      })),
    ].flatMap(({ path, variables: plain }) =>
      Object.keys(plain ?? {}).flatMap((variable) => {
        const problem =
          credentialsProblem(variable) ?? (kind === "lambda" ? lambdaProblem(variable) : undefined);
        if (problem === undefined) return [];
        return [problemAt(manifest, ["consumers", name, ...path, "variables", variable], problem, "key")];
      }),
    ),
  ),
);

function credentialsProblem(variable: string): ProblemWords | undefined {
  if (!credentialVariables.includes(variable)) return undefined;
  return {
    found: `found \`${variable}\``,
    allowed:
      "a consumer calls AWS with its own role, whose credentials this variable would take the place of",
    remedy: "remove it",
  };
}

function lambdaProblem(variable: string): ProblemWords | undefined {
  if (lambdaReservedVariables.includes(variable)) {
    return {
      found: `found \`${variable}\``,
      allowed: "Lambda sets this variable itself and lets nobody else set it",
      remedy: "choose another name",
    };
  }
  if (lambdaVariableName.test(variable)) return undefined;
  return {
    found: `found \`${variable}\``,
    allowed: "Lambda takes names of at least two letters, digits and underscores, a letter first",
    remedy: "choose another name",
  };
}
