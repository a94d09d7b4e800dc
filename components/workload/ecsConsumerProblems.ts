import {
  containerLimits,
  mostContainers,
  coveredPaths,
  mountablePaths,
  ordinaryUsers,
  taskDefinitionBytes,
} from "../../model/aws/containers";
import { folderOf } from "../../model/catalogue/normalise/container";
import type { HealthCheck } from "../../model/catalogue/types";
import { regionNames, secretArns, type TextRule } from "../../model/aws/textRules";
import { fargateCpus, fargateMemories, fargateMemory } from "../../model/aws/fargate";
import { ecsLogGroupName } from "../../model/plan/names";
import { check, checkText, checkWholeNumber, type ArgumentProblem } from "../validation";
import { checkConsumer, checkInjected, checkVariables } from "./consumerArgs";
import { checkLogSettings } from "../logGroup";
import { checkConsumerRole } from "./consumerRole";
import type { EcsConsumerArgs, EcsContainerArgs, EcsTaskArgs } from "./ecsConsumerArgs";
import type { ValueReference } from "./references";
import { containersOf } from "./taskContainers";

const families: TextRule = {
  pattern: /^[A-Za-z0-9_-]{1,255}$/,
  allowed: "1 to 255 letters, digits, `_` and `-` are allowed",
  remedy: "shorten it or replace the other characters",
};

const images: TextRule = {
  pattern: /^[A-Za-z0-9]\S*$/,
  allowed: "an image's name as in `docker pull` is needed",
  remedy: "name registry, repository and tag or digest",
};

const users: TextRule = {
  pattern: ordinaryUsers,
  allowed: "a user by number or name, with a group or without, and not root, is allowed",
  remedy: "name one that the image has",
};

const folders: TextRule = {
  pattern: mountablePaths,
  allowed: `an absolute path without \`..\`, outside of ${coveredPaths}, is allowed`,
  remedy: "write it from the root, as in /tmp",
};

/** Everything wrong with an EcsConsumer's arguments. */
export function ecsConsumerProblems(args: EcsConsumerArgs): ArgumentProblem[] {
  return [
    checkConsumer(args, families),
    checkConsumerRole("executionRole", args.executionRole),
    checkConsumerRole("taskRole", args.taskRole),
    checkRolesDiffer(args),
    checkLogSettings("logs", args.logs),
    args.task === undefined ? [] : checkTask(args, args.task),
  ].flat();
}

function checkTask({ name, references, ...args }: EcsConsumerArgs, task: EcsTaskArgs): ArgumentProblem[] {
  const sidecars = Object.entries(task.sidecars ?? {});
  const bytes = JSON.stringify(
    containersOf({ name, references, ...args }, task, ecsLogGroupName(name)),
  ).length;
  return [
    ...checkContainer("task", references, task),
    ...checkTaskSize(task),
    ...checkText("task.region", task.region, regionNames),
    ...sidecars.flatMap(([own, sidecar]) => [
      ...checkText(`task.sidecars.${own}`, own, families),
      ...check(own !== name, `task.sidecars.${own}`, {
        found: "the name of the main container was found",
        allowed: "each container has a name of its own",
        remedy: "rename it",
      }),
      ...checkContainer(`task.sidecars.${own}`, [], sidecar),
    ]),
    ...check(sidecars.length < mostContainers, "task.sidecars", {
      found: `${sidecars.length} were found`,
      allowed: `a task holds ${mostContainers} containers with the main one`,
      remedy: "make another task of some",
    }),
    ...check(bytes <= taskDefinitionBytes, "task", {
      found: `containers of ${bytes} bytes were found`,
      allowed: `ECS takes ${taskDefinitionBytes} of a task definition`,
      remedy: "give the containers fewer variables or shorter ones",
    }),
  ];
}

function checkContainer(
  at: string,
  references: readonly ValueReference[],
  container: EcsContainerArgs,
): ArgumentProblem[] {
  const { ports = [], writable = [], healthCheck } = container;
  return [
    ...checkInjected(`${at}.injected`, container.injected),
    ...checkVariables({ references, at, ...container }),
    ...checkText(`${at}.image`, container.image, images),
    ...checkStart(at, container),
    ...ports.flatMap(({ port }, index) =>
      checkWholeNumber(`${at}.ports[${index}]`, port, { from: 1, to: 65_535, unit: "as port" }),
    ),
    ...checkText(`${at}.user`, container.user, users),
    ...writable.flatMap(({ path, sizeMiB }, index) => [
      ...checkText(`${at}.writable[${index}].path`, path, folders),
      ...checkWholeNumber(`${at}.writable[${index}].sizeMiB`, sizeMiB, {
        from: 1,
        to: fargateMemory.highest,
        unit: "MiB",
      }),
    ]),
    ...(healthCheck === undefined ? [] : checkHealth(`${at}.healthCheck`, healthCheck)),
    ...checkWholeNumber(
      `${at}.stopTimeoutSeconds`,
      container.stopTimeoutSeconds,
      containerLimits.stopTimeout,
    ),
    ...checkText(`${at}.repositoryCredentials`, container.repositoryCredentials, secretArns),
  ];
}

/** A shell that writes files takes the place of the image's entry point, which only its image knows. */
function checkStart(
  at: string,
  { injected, entryPoint = [], writable = [] }: EcsContainerArgs,
): ArgumentProblem[] {
  const files = injected.flatMap(({ file }) => (file === undefined ? [] : [file]));
  const unwritable = files.filter((file) => !writable.some(({ path }) => folderOf(file) === path));
  return [
    ...check(files.length === 0 || entryPoint.length > 0, `${at}.entryPoint`, {
      found: "none was found beside values that are written to files",
      allowed: "the program that starts behind them is needed",
      remedy: "pass the image's entry point",
    }),
    ...check(unwritable.length === 0, `${at}.writable`, {
      found: `no folder of ${unwritable.join(", ")} was found`,
      allowed: "files lie in folders in memory",
      remedy: "pass their folders",
    }),
  ];
}

function checkHealth(at: string, check: HealthCheck): ArgumentProblem[] {
  const { healthInterval, healthTimeout, healthRetries, healthStartPeriod } = containerLimits;
  return [
    ...checkWholeNumber(`${at}.intervalSeconds`, check.intervalSeconds, healthInterval),
    ...checkWholeNumber(`${at}.timeoutSeconds`, check.timeoutSeconds, healthTimeout),
    ...checkWholeNumber(`${at}.retries`, check.retries, healthRetries),
    ...checkWholeNumber(`${at}.startPeriodSeconds`, check.startPeriodSeconds, healthStartPeriod),
  ];
}

/** A program that ran as the execution role could fetch again, at any time, what was meant for its start. */
function checkRolesDiffer({ executionRole, taskRole }: EcsConsumerArgs): ArgumentProblem[] {
  return check(executionRole.arn !== taskRole.arn, "taskRole.arn", {
    found: "the execution role was found",
    allowed: "the program runs as a role of its own",
    remedy: "pass the consumer's task role",
  });
}

function checkTaskSize({ cpu, memoryMiB }: EcsTaskArgs): ArgumentProblem[] {
  const memories = fargateMemories(cpu);
  if (memories.length === 0) {
    const allowed = `Fargate offers ${fargateCpus.join(", ")}`;
    return check(false, "task.cpu", {
      found: `${cpu} CPU units was found`,
      allowed,
      remedy: "choose one of them",
    });
  }
  return check(memories.includes(memoryMiB), "task.memoryMiB", {
    found: `${memoryMiB} MiB was found`,
    allowed: `with ${cpu} CPU units Fargate offers ${memories.join(", ")}`,
    remedy: "choose one of them",
  });
}
