import { Project } from "@pulumi/aws/codebuild";
import { ComponentResource, type ComponentResourceOptions, type Output } from "@pulumi/pulumi";
import { type TextRule } from "../../model/aws/textRules";
import { buildLogGroupName } from "../../model/plan/names";
import { type ArgumentProblem, checkText, checkWholeNumber, rejectProblems } from "../validation";
import { buildImage } from "./buildImage";
import { type BuildSource, checkBuild, projectSource } from "./buildSource";
import {
  type BuildCommands,
  buildSpecification,
  type BuildVariable,
  injectedVariables,
} from "./buildSpecification";
import { checkConsumer, checkInjected, checkVariables, type ConsumerArgs } from "./consumerArgs";
import { checkLogSettings, encryptedLogGroup, type LogSettings } from "../logGroup";
import { checkConsumerRole, consumerRole, type ConsumerRoleArgs } from "./consumerRole";
import { type InjectedValue, plainEnvironment, type PlainVariables } from "./references";

/** `name` is the project's, 2 to 150 characters. */
export interface CodeBuildConsumerArgs extends ConsumerArgs {
  readonly role: ConsumerRoleArgs;
  /** Its key also encrypts what builds put out. */
  readonly logs: LogSettings;
  /** @default no project, only its role and log group, for builds that are set up by other means */
  readonly project?: BuildProjectArgs | undefined;
}

export interface BuildProjectArgs {
  /** What CodeBuild fetches when a build starts. It blanks out these values in logs, exact copies only. */
  readonly injected: readonly InjectedValue[];
  /** In plain text. @default none but where the values are */
  readonly variables?: PlainVariables | undefined;
  /** @default no source: `build` gives commands */
  readonly source?: BuildSource | undefined;
  readonly build: BuildCommands;
  /** As in `aws/codebuild/amazonlinux-aarch64-standard:3.0`. */
  readonly image: string;
  /**
   * Builds that run at once at most; AWS refuses more than the account's quota, which in new accounts may be 0 or 1.
   * @default no limit but the account's
   */
  readonly concurrentBuilds?: number | undefined;
}

/**
 * A build project, without Docker's privileged mode and without artifacts. Reads with the role of the build; it runs
 * outside the network.
 * https://docs.aws.amazon.com/codebuild/latest/APIReference/API_CreateProject.html
 */
export class CodeBuildConsumer extends ComponentResource {
  readonly roleArn: string;
  readonly logGroupName: string;
  /** Absent where no project was given. */
  readonly projectName?: Output<string>;

  constructor(name: string, args: CodeBuildConsumerArgs, opts?: ComponentResourceOptions) {
    rejectProblems("CodeBuildConsumer", name, problemsOf(args));
    super("secrets-platform:workload:CodeBuildConsumer", name, {}, opts);
    const role = consumerRole(name, args.role, args, this);
    this.roleArn = role.arn;
    this.logGroupName = buildLogGroupName(args.name);
    const logGroup = encryptedLogGroup(
      name,
      { logGroupName: this.logGroupName, logs: args.logs, tags: args.tags },
      this,
    );
    if (args.project !== undefined) {
      const { source, build, injected, image, concurrentBuilds } = args.project;
      const project = new Project(
        `${name}-project`,
        {
          name: args.name,
          serviceRole: role.arn,
          source: projectSource(source, buildSpecification(build, injected)),
          environment: {
            ...buildImage(image),
            image,
            computeType: "BUILD_GENERAL1_SMALL",
            privilegedMode: false,
            environmentVariables: projectVariables(args, args.project),
          },
          artifacts: { type: "NO_ARTIFACTS" },
          encryptionKey: args.logs.keyArn,
          logsConfig: {
            cloudwatchLogs: { status: "ENABLED", groupName: this.logGroupName },
            s3Logs: { status: "DISABLED" },
          },
          ...limits,
          ...(concurrentBuilds !== undefined && { concurrentBuildLimit: concurrentBuilds }),
          tags: args.tags,
        },
        { parent: this, dependsOn: [...role.ready, logGroup] },
      );
      this.projectName = project.name;
    }
    this.registerOutputs({
      roleArn: this.roleArn,
      logGroupName: this.logGroupName,
      projectName: this.projectName,
    });
  }
}

/** Minutes: a build that hangs ends within the hour, and none starts on a stale queue. */
const limits = { buildTimeout: 60, queuedTimeout: 60 } as const;

function projectVariables(
  { references }: CodeBuildConsumerArgs,
  { build, injected, variables }: BuildProjectArgs,
): BuildVariable[] {
  const plain = Object.entries(plainEnvironment(references, variables)).map(
    ([name, value]): BuildVariable => ({ name, type: "PLAINTEXT", value }),
  );
  return [...plain, ...injectedVariables(build, injected)];
}

const projectNames: TextRule = {
  pattern: /^[A-Za-z0-9][A-Za-z0-9_-]{1,149}$/,
  allowed: "2 to 150 letters, digits, `_` and `-` are allowed, a letter or digit first",
  remedy: "shorten it or replace the other characters",
};

const images: TextRule = {
  pattern: /^[A-Za-z0-9]\S*$/,
  allowed: "the name of a build image is needed",
  remedy: "name one of CodeBuild's own, or registry, repository and tag",
};

function problemsOf(args: CodeBuildConsumerArgs): ArgumentProblem[] {
  return [
    checkConsumer(args, projectNames),
    checkConsumerRole("role", args.role),
    checkLogSettings("logs", args.logs),
    args.project === undefined ? [] : checkProject(args, args.project),
  ].flat();
}

function checkProject({ references }: CodeBuildConsumerArgs, project: BuildProjectArgs): ArgumentProblem[] {
  return [
    ...checkInjected("project.injected", project.injected),
    ...checkVariables({ references, at: "project", ...project }),
    ...checkText("project.image", project.image, images),
    ...checkBuild("project", project.source, project.build),
    ...checkWholeNumber("project.concurrentBuilds", project.concurrentBuilds, {
      from: 1,
      to: 1000,
      unit: "builds",
    }),
  ];
}
