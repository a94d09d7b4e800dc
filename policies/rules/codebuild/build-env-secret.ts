import { passwordBehindName } from "../../../model/aws/credentialForms";
import { checkTags } from "../../credentials/tags";
import { checkVariable } from "../../credentials/environment";
import { credentialIn } from "../../credentials/values";
import { finding, undecided, type Finding, type Rule } from "../rule";
import { types } from "../../view/types";
import { listOf, textOf, unknown, valueAt, type Value } from "../../view/values";
import { inlineVariables } from "./buildspec";

export const buildEnvSecret: Rule = {
  id: "build-env-secret",
  title: "A build project's plain text holds no credential",
  why: "Plain variables and build specifications are shown to everyone who may see the project",
  remedy: "Give the variable type SECRETS_MANAGER or PARAMETER_STORE and the name of the item",
  severity: "critical",
  level: "mandatory",
  references: ["FSBP CodeBuild.2", "Checkov CKV_AWS_78"],
  resource: {
    types: [types.buildProject],
    *check({ props }): Iterable<Finding> {
      yield* checkTags(props);
      const variables = valueAt(props, "environment", "environmentVariables");
      if (variables === unknown)
        yield undecided(
          props["environment"] === unknown ? "environment" : "environment.environmentVariables",
        );
      for (const entry of listOf(variables)) yield* checkProjectVariable(entry);
      yield* checkBuildspec(valueAt(props, "source", "buildspec"));
    },
  },
};

function* checkProjectVariable(entry: Value): Iterable<Finding> {
  const [name, value, type] = ["name", "value", "type"].map((property) => valueAt(entry, property));
  if (type !== undefined && type !== unknown && textOf(type) !== "PLAINTEXT") return;
  const property = `environment.environmentVariables.${textOf(name) ?? "?"}`;
  const found = [...checkVariable(property, name, value)];
  yield* type === unknown && found.length > 0 ? [undecided(property)] : found;
}

function* checkBuildspec(buildspec: Value): Iterable<Finding> {
  const property = "source.buildspec";
  if (buildspec === unknown) yield undecided(property);
  const text = textOf(buildspec);
  if (text === undefined) return;
  const form = credentialIn(text);
  const named =
    form === undefined || form === passwordBehindName
      ? inlineVariables(text).flatMap(([name, value]) => [
          ...checkVariable(`${property} env.variables.${name}`, name, value),
        ])
      : [];
  yield* named;
  if (form !== undefined && named.length === 0) yield finding(property, `holds what looks like ${form}`);
}
