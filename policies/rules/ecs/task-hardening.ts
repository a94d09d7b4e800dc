import { finding, undecided, type Finding, type Rule } from "../rule";
import { types } from "../../view/types";
import { booleanOf, isPresent, objectOf, textOf, unknown, valueAt, type Value } from "../../view/values";
import { eachContainer, placeIn, type Container } from "./containers";

export const taskHardening: Rule = {
  id: "task-hardening",
  title: "A task's containers run without privileges",
  why: "A broken program that is root, privileged or on the host's network reads the other tasks' credentials",
  remedy: "Set `user`, `readonlyRootFilesystem: true`, `logConfiguration`, and network mode `awsvpc`",
  severity: "high",
  level: "mandatory",
  references: [
    "FSBP ECS.1",
    "FSBP ECS.3",
    "FSBP ECS.4",
    "FSBP ECS.5",
    "FSBP ECS.9",
    "FSBP ECS.17",
    "FSBP ECS.20",
  ],
  resource: {
    types: [types.taskDefinition],
    *check({ props }): Iterable<Finding> {
      for (const property of ["networkMode", "pidMode", "ipcMode"]) {
        if (props[property] === unknown) yield undecided(property);
        else if (textOf(props[property]) === "host") yield finding(property, "is the host's");
      }
      const family = valueAt(props, "runtimePlatform", "operatingSystemFamily");
      yield* eachContainer(props, (container) => checkContainer(container, family));
    },
  },
};

function* checkContainer(container: Container, family: Value): Iterable<Finding> {
  const { privileged, user, readonlyRootFilesystem, logConfiguration } = container.definition;
  const place = (property: string) => placeIn(container, property);
  if (privileged === unknown) yield undecided(place("privileged"));
  else if (booleanOf(privileged) === true) yield finding(place("privileged"), "is on");
  if (logConfiguration === unknown) yield undecided(place("logConfiguration"));
  else if (!isPresent(objectOf(logConfiguration)["logDriver"]))
    yield finding(place("logConfiguration"), "names no driver");
  // Windows has no root user and no read-only root file system.
  if (textOf(family)?.startsWith("WINDOWS")) return;
  const judged = (property: string, message: string) =>
    family === unknown
      ? undecided("runtimePlatform.operatingSystemFamily")
      : finding(place(property), message);
  if (user === unknown) yield undecided(place("user"));
  else if (isRoot(textOf(user) ?? "")) yield judged("user", "is root, as by default");
  if (readonlyRootFilesystem === unknown) yield undecided(place("readonlyRootFilesystem"));
  else if (booleanOf(readonlyRootFilesystem) !== true)
    yield judged("readonlyRootFilesystem", "is off, as by default");
}

function isRoot(user: string): boolean {
  const [name] = user.split(":");
  return name === "" || name === "root" || name === "0";
}
