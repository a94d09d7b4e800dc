import { checkTags } from "../../credentials/tags";
import { checkVariable } from "../../credentials/environment";
import { credentialIn } from "../../credentials/values";
import { finding, undecided, type Finding, type Rule } from "../rule";
import { types } from "../../view/types";
import { listOf, objectOf, textOf, unknown, valueAt, type Value } from "../../view/values";
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
      yield* checkVolumes(props["volumes"]);
      yield* eachContainer(props, checkContainer);
    },
  },
};

/** What a volume's driver is told, such as the password of a share. */
function* checkVolumes(volumes: Value): Iterable<Finding> {
  if (volumes === unknown) yield undecided("volumes");
  for (const [at, volume] of listOf(volumes).entries()) {
    for (const property of ["driverOpts", "labels"]) {
      const place = `volumes[${at}].dockerVolumeConfiguration.${property}`;
      const entries = valueAt(volume, "dockerVolumeConfiguration", property);
      if (entries === unknown) yield undecided(place);
      for (const [name, value] of Object.entries(objectOf(entries)))
        yield* checkVariable(`${place}.${name}`, name, value);
    }
  }
}

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
  yield* checkFiles(container);
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

/**
 * Files of variables lie in S3 as plain text, and what is in them cannot be seen from here; AWS names Secrets Manager and
 * Parameter Store in their place for what is sensitive
 * (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/use-environment-file.html).
 */
function* checkFiles(container: Container): Iterable<Finding> {
  const files = container.definition["environmentFiles"];
  if (files === unknown) yield undecided(placeIn(container, "environmentFiles"));
  for (const at of listOf(files).keys()) {
    yield finding(
      placeIn(container, `environmentFiles[${at}]`),
      "takes variables from a file in S3, which holds them in plain text",
    );
  }
}
