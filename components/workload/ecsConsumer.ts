import { TaskDefinition } from "@pulumi/aws/ecs";
import { ComponentResource, type ComponentResourceOptions, type Output } from "@pulumi/pulumi";
import { regionNames, type TextRule } from "../../model/aws/textRules";
import { fargateCpus, fargateMemories } from "../../model/aws/fargate";
import { ecsLogGroupName } from "../../model/plan/names";
import { check, checkText, checkWholeNumber, type ArgumentProblem, rejectProblems } from "../validation";
import { checkConsumer, checkInjected, checkVariables, type ConsumerArgs } from "./consumerArgs";
import { checkLogSettings, encryptedLogGroup, type LogSettings } from "../logGroup";
import { checkConsumerRole, consumerRole, type ConsumerRoleArgs } from "./consumerRole";
import type { InjectedValue, PlainVariables } from "./references";
import { containerDefinition } from "./taskContainer";

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

export interface EcsTaskArgs {
  /** What ECS fetches once, when a task starts; a later rotation does not reach it. */
  readonly injected: readonly InjectedValue[];
  /** In plain text. @default none but where the values are */
  readonly variables?: PlainVariables | undefined;
  readonly image: string;
  /** CPU units, 1,024 being one virtual CPU; one of Fargate's sizes. */
  readonly cpu: number;
  /** MiB; one of the sizes Fargate has for that CPU. */
  readonly memoryMiB: number;
  /** TCP port the container listens on. @default none */
  readonly port?: number | undefined;
  /** @default the image's own */
  readonly command?: readonly string[] | undefined;
  readonly region: string;
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
          runtimePlatform: { operatingSystemFamily: "LINUX", cpuArchitecture: "X86_64" },
          cpu: String(args.task.cpu),
          memory: String(args.task.memoryMiB),
          executionRoleArn: execution.arn,
          taskRoleArn: task.arn,
          containerDefinitions: JSON.stringify([
            containerDefinition({
              ...args.task,
              name: args.name,
              references: args.references,
              logGroupName: this.logGroupName,
            }),
          ]),
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

function checkTask({ references }: EcsConsumerArgs, task: EcsTaskArgs): ArgumentProblem[] {
  return [
    ...checkInjected("task.injected", task.injected),
    ...checkVariables({ references, at: "task", ...task }),
    ...checkText("task.image", task.image, images),
    ...checkTaskSize(task),
    ...checkWholeNumber("task.port", task.port, { from: 1, to: 65_535, unit: "as port" }),
    ...checkText("task.region", task.region, regionNames),
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
