import { TaskDefinition } from "@pulumi/aws/ecs";
import { ComponentResource, type ComponentResourceOptions, type Output } from "@pulumi/pulumi";
import {
  containerLimits,
  mostContainers,
  mountablePaths,
  ordinaryUsers,
  taskDefinitionBytes,
} from "../../model/aws/containers";
import type { Architecture, HealthCheck } from "../../model/catalogue/types";
import { regionNames, secretArns, type TextRule } from "../../model/aws/textRules";
import { fargateCpus, fargateMemories, fargateMemory } from "../../model/aws/fargate";
import { ecsLogGroupName } from "../../model/plan/names";
import { check, checkText, checkWholeNumber, type ArgumentProblem, rejectProblems } from "../validation";
import { checkConsumer, checkInjected, checkVariables, type ConsumerArgs } from "./consumerArgs";
import { checkLogSettings, encryptedLogGroup, type LogSettings } from "../logGroup";
import { checkConsumerRole, consumerRole, type ConsumerRoleArgs } from "./consumerRole";
import type { ValueReference } from "./references";
import { containerDefinition, type ContainerSettings, lowestKeptPort } from "./taskContainer";

/** `name` is the task definition's family and its container's name, at most 255 characters. */
export interface EcsConsumerArgs extends ConsumerArgs {
  /** Fetches the image and what is injected, before the container starts. */
  readonly executionRole: ConsumerRoleArgs;
  /** What the program in the container runs as. */
  readonly taskRole: ConsumerRoleArgs;
  readonly logs: LogSettings;
  /** @default no task definition, only the roles and the log group, for tasks that are deployed by other means */
  readonly task?: EcsTaskArgs | undefined;
}

/** A task with the container that the consumer is named for. */
export interface EcsTaskArgs extends EcsContainerArgs {
  /** CPU units, 1,024 being one virtual CPU; one of Fargate's sizes. */
  readonly cpu: number;
  /** MiB; one of the sizes Fargate has for that CPU. */
  readonly memoryMiB: number;
  /** Processors that all images are built for. @default x86_64 */
  readonly architecture?: Architecture | undefined;
  /** Containers beside it, by name; the task ends when one of them does that is no `init`. @default none */
  readonly sidecars?: Readonly<Record<string, EcsSidecarArgs>> | undefined;
  readonly region: string;
}

type Hardened = "name" | "references" | "logGroupName" | "region" | "openedPort" | "init" | "after";

/** `injected` is what ECS fetches once, when a task starts; a later rotation does not reach it. */
export type EcsContainerArgs = Omit<ContainerSettings, Hardened>;

export interface EcsSidecarArgs extends EcsContainerArgs {
  /** It runs to its end before those start that stay; several run one after the other. @default it stays */
  readonly init?: boolean | undefined;
}

/**
 * The two roles ECS tells apart, and a Fargate task definition with them. The cluster and the ECS service that runs it belong to
 * the service's own team.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-iam-roles.html
 */
export class EcsConsumer extends ComponentResource {
  readonly executionRoleArn: string;
  readonly taskRoleArn: string;
  readonly logGroupName: string;
  /** With its revision; absent where no task was given. */
  readonly taskDefinitionArn?: Output<string>;

  constructor(name: string, args: EcsConsumerArgs, opts?: ComponentResourceOptions) {
    rejectProblems("EcsConsumer", name, problemsOf(args));
    super("secrets-platform:workload:EcsConsumer", name, {}, opts);
    const execution = consumerRole(`${name}-execution`, args.executionRole, args, this);
    const task = consumerRole(`${name}-task`, args.taskRole, args, this);
    this.executionRoleArn = execution.arn;
    this.taskRoleArn = task.arn;
    this.logGroupName = ecsLogGroupName(args.name);
    const logGroup = encryptedLogGroup(
      name,
      { logGroupName: this.logGroupName, logs: args.logs, tags: args.tags },
      this,
    );
    if (args.task !== undefined) {
      const definition = new TaskDefinition(
        `${name}-task-definition`,
        {
          family: args.name,
          requiresCompatibilities: ["FARGATE"],
          networkMode: "awsvpc",
          runtimePlatform: {
            operatingSystemFamily: "LINUX",
            cpuArchitecture: architectures[args.task.architecture ?? "x86_64"],
          },
          cpu: String(args.task.cpu),
          memory: String(args.task.memoryMiB),
          executionRoleArn: execution.arn,
          taskRoleArn: task.arn,
          containerDefinitions: JSON.stringify(containersOf(args, args.task, this.logGroupName)),
          skipDestroy: false,
          tags: args.tags,
        },
        { parent: this, dependsOn: [...execution.ready, ...task.ready, logGroup] },
      );
      this.taskDefinitionArn = definition.arn;
    }
    this.registerOutputs({
      executionRoleArn: this.executionRoleArn,
      taskRoleArn: this.taskRoleArn,
      logGroupName: this.logGroupName,
      taskDefinitionArn: this.taskDefinitionArn,
    });
  }
}

const architectures: Readonly<Record<Architecture, string>> = { x86_64: "X86_64", arm64: "ARM64" };

/** The main one first: it alone is told where the values are, and what holds for all of them. */
function containersOf({ name, references }: EcsConsumerArgs, task: EcsTaskArgs, logGroupName: string) {
  const sidecars = Object.entries(task.sidecars ?? {});
  const { region } = task;
  const openedPort = lowestKeptPort([task, ...sidecars.map(([, sidecar]) => sidecar)]);
  const inits = sidecars.flatMap(([own, { init }]) => (init === true ? [own] : []));
  const last = inits.slice(-1);
  return [
    containerDefinition({ ...task, name, references, logGroupName, openedPort, after: last }),
    ...sidecars.map(([own, sidecar]) => {
      const after = sidecar.init === true ? inits.slice(0, inits.indexOf(own)).slice(-1) : last;
      return containerDefinition({ ...sidecar, name: own, references: [], logGroupName, region, after });
    }),
  ];
}

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
  allowed: "an absolute path without `..`, outside of /proc, /sys and /dev, is allowed",
  remedy: "write it from the root, as in /tmp",
};

function problemsOf(args: EcsConsumerArgs): ArgumentProblem[] {
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
  const unwritable = files.filter(
    (file) => !writable.some(({ path }) => file.slice(0, file.lastIndexOf("/")) === path),
  );
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
