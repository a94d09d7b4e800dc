import { checkTags } from "../../credentials/tags";
import { checkVariable } from "../../credentials/environment";
import { credentialIn } from "../../credentials/values";
import { finding, undecided, type Finding, type Rule } from "../../rule";
import { types } from "../../types";
import { listOf, objectOf, textOf, unknown } from "../../values";
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
    const { name, value } = objectOf(entry);
    yield* checkVariable(placeIn(container, `environment.${textOf(name) ?? "?"}`), name, value);
  }
  for (const [name, value] of Object.entries(objectOf(definition["dockerLabels"]))) {
    yield* checkVariable(placeIn(container, `dockerLabels.${name}`), name, value);
  }
  for (const property of ["command", "entryPoint"]) {
    for (const [at, argument] of listOf(definition[property]).entries()) {
      const form = credentialIn(textOf(argument) ?? "");
      if (form !== undefined)
        yield finding(placeIn(container, `${property}[${at}]`), `holds what looks like ${form}`);
    }
  }
}
