import { TaskDefinition } from "@pulumi/aws/ecs";
import { ComponentResource, type ComponentResourceOptions, type Output } from "@pulumi/pulumi";
import type { Architecture } from "../../model/catalogue/types";
import { ecsLogGroupName } from "../../model/plan/names";
import { rejectProblems } from "../validation";
import { encryptedLogGroup } from "../logGroup";
import { consumerRole } from "./consumerRole";
import type { EcsConsumerArgs } from "./ecsConsumerArgs";
import { ecsConsumerProblems } from "./ecsConsumerProblems";
import { containersOf } from "./taskContainers";

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
    rejectProblems("EcsConsumer", name, ecsConsumerProblems(args));
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
