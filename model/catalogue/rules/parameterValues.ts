import { parameterBytes } from "../../aws/quotas";
import type { Problem, ProblemWords } from "../../yaml/problem";
import { entriesOf, type Manifest, plainAt, problemAt } from "../reading/manifest";
import { isList, type Scalar, valueText } from "../normalise/parameterValue";
import type { Path } from "../../yaml/tree";
import { eachManifest } from "./rule";

/**
 * Parameter Store's rules for values
 * (https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html).
 */
export const parameterValues = eachManifest((manifest) =>
  entriesOf(manifest.draft.parameters).flatMap(([name, parameter]) => {
    if (parameter.type !== "String" && parameter.type !== "StringList") return [];
    const { value } = parameter;
    if (value === undefined) return [];
    const path = ["parameters", name, "value"];
    // A tier that the schema refused says nothing of the size that was meant.
    const advanced = plainAt(manifest, ["parameters", name, "tier"]) !== undefined;
    const values: readonly (readonly [Path, Value])[] =
      typeof value !== "object" || isList(value)
        ? [[path, value]]
        : entriesOf<Value>(value).map(([key, own]) => [[...path, key], own]);
    return values.flatMap(([at, own]) => checkValue(manifest, at, own, advanced));
  }),
);

type Value = Scalar | readonly (Scalar | undefined)[];

function checkValue(manifest: Manifest, path: Path, value: Value, advanced: boolean): readonly Problem[] {
  const problems: Problem[] = [];
  const inList = typeof value === "object";
  const entries = inList ? value : [value];
  entries.forEach((entry, index) => {
    if (entry === undefined) return;
    const at = inList ? [...path, index] : path;
    const problem = textProblem(valueText(manifest, at, entry), inList);
    if (problem !== undefined) problems.push(problemAt(manifest, at, problem));
  });
  if (entries.includes(undefined)) return problems;
  const whole = inList ? value.filter((entry) => entry !== undefined) : value;
  const bytes = Buffer.byteLength(valueText(manifest, path, whole), "utf8");
  const problem = sizeProblem(bytes, advanced);
  return problem === undefined ? problems : [...problems, problemAt(manifest, path, problem)];
}

function textProblem(text: string, inList: boolean): ProblemWords | undefined {
  if (text === "") {
    return {
      found: inList ? "found an empty entry" : "found an empty text",
      allowed: "Parameter Store takes no empty value",
      remedy: "give a value, or remove it",
    };
  }
  if (inList && text.includes(",")) {
    return {
      found: "found an entry that holds a comma",
      allowed: "a StringList's entries are joined by commas",
      remedy: "split the entry, or use a String",
    };
  }
  if (/\{\{|\}\}/.test(text)) {
    return {
      found: "found double braces in the value",
      allowed: "Parameter Store takes them for a reference to another parameter and refuses them",
      remedy: "write the value without them",
    };
  }
  return undefined;
}

function sizeProblem(bytes: number, advanced: boolean): ProblemWords | undefined {
  const most = advanced ? parameterBytes.Advanced : parameterBytes.Standard;
  if (bytes <= most) return undefined;
  return {
    found: `the value has ${bytes} bytes in UTF-8`,
    allowed: `a parameter holds at most ${parameterBytes.Standard} bytes, with \`tier: advanced\` ${parameterBytes.Advanced}`,
    remedy:
      bytes <= parameterBytes.Advanced
        ? "add `tier: advanced`, or shorten the value"
        : "shorten or split the value, or keep it in a file of the application",
  };
}
