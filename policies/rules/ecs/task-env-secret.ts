import { checkTags } from "../../credentials/tags";
import { checkVariable } from "../../credentials/environment";
import { credentialIn } from "../../credentials/values";
import { finding, undecided, type Finding, type Rule } from "../rule";
import { types } from "../../view/types";
import { listOf, objectOf, textOf, unknown, valueAt } from "../../view/values";
import { eachContainer, placeIn, type Container } from "./containers";

export const taskEnvSecret: Rule = {
  id: "task-env-secret",
  title: "A task definition's plain text holds no credential",
  why: "Task definitions are readable in the console, keep every old revision, and do not rotate",
  remedy: "Name the secret in the container's `secrets`, or read it at run time with the task role",
  severity: "critical",
  level: "mandatory",
  references: ["FSBP ECS.8"],
  resource: {
    types: [types.taskDefinition],
    *check({ props }): Iterable<Finding> {
      yield* checkTags(props);
      yield* eachContainer(props, checkContainer);
    },
  },
};

function* checkContainer(container: Container): Iterable<Finding> {
  const { definition } = container;
  if (definition["environment"] === unknown) yield undecided(placeIn(container, "environment"));
  for (const entry of listOf(definition["environment"])) {
    const name = valueAt(entry, "name");
    yield* checkVariable(
      placeIn(container, `environment.${textOf(name) ?? "?"}`),
      name,
      valueAt(entry, "value"),
    );
  }
  if (definition["dockerLabels"] === unknown) yield undecided(placeIn(container, "dockerLabels"));
  for (const [name, value] of Object.entries(objectOf(definition["dockerLabels"]))) {
    yield* checkVariable(placeIn(container, `dockerLabels.${name}`), name, value);
  }
  const options = valueAt(definition, "logConfiguration", "options");
  if (options === unknown) yield undecided(placeIn(container, "logConfiguration.options"));
  for (const [name, value] of Object.entries(objectOf(options))) {
    // Names of options hold hyphens where names of variables hold underscores.
    const variable = name.replaceAll("-", "_");
    yield* checkVariable(placeIn(container, `logConfiguration.options.${name}`), variable, value);
  }
  for (const property of ["command", "entryPoint", "healthCheck.command"]) {
    const words = valueAt(definition, ...property.split("."));
    if (words === unknown) yield undecided(placeIn(container, property));
    for (const [at, argument] of listOf(words).entries()) {
      const form = credentialIn(textOf(argument) ?? "");
      if (form !== undefined)
        yield finding(placeIn(container, `${property}[${at}]`), `holds what looks like ${form}`);
    }
  }
}
