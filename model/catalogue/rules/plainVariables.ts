import {
  credentialVariables,
  lambdaReservedVariables,
  lambdaVariableName,
} from "../../aws/reservedVariables";
import type { Problem, ProblemWords } from "../../yaml/problem";
import type { Path } from "../../yaml/tree";
import type { Scalar } from "../normalise/parameterValue";
import { credentialInVariable } from "../../yaml/credentials";
import { leakProblem } from "../reading/leaks";
import { entriesOf, type Manifest, problemAt } from "../reading/manifest";
import { eachManifest } from "./rule";
import { type Given, spelledOut } from "./spelledOut";

/**
 * Plain variables have names that their service takes, and none by which a program would leave its role; their texts stand
 * for nothing else.
 */
export const plainVariables = eachManifest((manifest) =>
  entriesOf(manifest.draft.consumers).flatMap(([name, { kind, variables, containers }]): readonly Problem[] =>
    [
      { path: [], variables },
      ...entriesOf(containers).map(([container, own]) => ({
        path: ["containers", container],
        variables: own.variables,
      })),
    ].flatMap(({ path, variables: plain }) =>
      Object.entries(plain ?? {}).flatMap(([variable, given]) => {
        const at = ["consumers", name, ...path, "variables", variable];
        const problem =
          credentialsProblem(variable) ?? (kind === "lambda" ? lambdaProblem(variable) : undefined);
        return [
          ...(problem === undefined ? [] : [problemAt(manifest, at, problem, "key")]),
          ...resolvedTexts(manifest, at, given),
          ...numbers(manifest, at, given),
        ];
      }),
    ),
  ),
);

/**
 * CloudFormation, by which a team may deploy what it was told, puts the value of a secret or parameter in place of such a
 * text, by the rights of whoever deploys.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
 */
function resolvedTexts(manifest: Manifest, path: Path, given: Given<Scalar>): readonly Problem[] {
  return spelledOut<Scalar>(path, given).flatMap(({ value, path: place }) =>
    typeof value !== "string" || !value.includes("{{resolve:")
      ? []
      : [
          problemAt(manifest, place, {
            found: "found `{{resolve:`",
            allowed: "CloudFormation would put the value of a secret or parameter in its place",
            remedy: "name the item under `environment` or `reads`",
          }),
        ],
  );
}

/** Texts are looked at when they are read (`reading/leaks.ts`); a password of digits is a number to YAML. */
function numbers(manifest: Manifest, path: Path, given: Given<Scalar>): readonly Problem[] {
  return spelledOut<Scalar>(path, given).flatMap(({ value, path: place }) => {
    if (typeof value !== "number") return [];
    const looksLike = credentialInVariable(String(path.at(-1)), String(value));
    return looksLike === undefined ? [] : [problemAt(manifest, place, leakProblem(looksLike))];
  });
}

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
