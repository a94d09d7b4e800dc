import { Function as LambdaFunction } from "@pulumi/aws/lambda";
import {
  asset,
  ComponentResource,
  type ComponentResourceOptions,
  type Input,
  type Output,
} from "@pulumi/pulumi";
import { lambdaEnvironmentSize, longestLambdaEnvironment } from "../../model/catalogue/lambdaEnvironment";
import { lambdaRuntimes } from "../../model/catalogue/lambdaRuntimes";
import { lambdaLogGroupName } from "../../model/plan/names";
import { functionNames } from "../argumentRules";
import {
  check,
  checkText,
  checkWholeNumber,
  type Failure,
  rejectFailures,
  type TextRule,
} from "../validation";
import { checkConsumer, checkVariables, type ConsumerArgs } from "./consumerArgs";
import { checkLogSettings, encryptedLogGroup, type LogSettings } from "../logGroup";
import { checkConsumerRole, consumerRole, type ConsumerRoleArgs } from "./consumerRole";
import { referenceVariables } from "./references";

/** `name` is the function's, at most 64 characters. */
export interface LambdaConsumerArgs extends ConsumerArgs {
  readonly role: ConsumerRoleArgs;
  /** Its key also encrypts the function's environment. */
  readonly logs: LogSettings;
  /** @default no function, only its role and log group, for code that is deployed by other means */
  readonly function?: LambdaFunctionArgs | undefined;
}

export interface LambdaFunctionArgs {
  /** Folder or zip file, from the repository's root. */
  readonly code: string;
  /** As in `index.handler`. */
  readonly handler: string;
  /** As in `nodejs22.x`; it must run on ARM. */
  readonly runtime: string;
  /** MiB, 128 to 10,240. */
  readonly memory: number;
  /** Seconds, 1 to 900. */
  readonly timeout: number;
  readonly subnetIds: Input<readonly string[]>;
  readonly securityGroupId: Input<string>;
}

/**
 * A Lambda function that reads its values with its own role: its environment says where they are, never what they are,
 * since whatever stands in it is a copy that anyone allowed to describe functions can read.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-encryption
 */
export class LambdaConsumer extends ComponentResource {
  readonly roleArn: string;
  readonly logGroupName: string;
  /** Absent where no code was given. */
  readonly functionArn?: Output<string>;

  constructor(name: string, args: LambdaConsumerArgs, options?: ComponentResourceOptions) {
    rejectUnfit(name, args);
    super("secrets-platform:workload:LambdaConsumer", name, {}, options);
    const role = consumerRole(name, args.role, args.boundary, args.tags, this);
    this.roleArn = role.arn;
    this.logGroupName = lambdaLogGroupName(args.name);
    const logGroup = encryptedLogGroup(name, this.logGroupName, args.logs, args.tags, this);
    if (args.function !== undefined) {
      const { code, handler, runtime, memory, timeout, subnetIds, securityGroupId } = args.function;
      const created = new LambdaFunction(
        `${name}-function`,
        {
          name: args.name,
          role: role.arn,
          architectures: ["arm64"],
          runtime,
          handler,
          code: new asset.FileArchive(code),
          memorySize: memory,
          timeout,
          environment: { variables: referenceVariables(args.references) },
          kmsKeyArn: args.logs.keyArn,
          vpcConfig: { subnetIds: subnetIds as Input<string[]>, securityGroupIds: [securityGroupId] },
          loggingConfig: {
            logFormat: "JSON",
            logGroup: this.logGroupName,
            applicationLogLevel: "INFO",
            systemLogLevel: "INFO",
          },
          tags: args.tags,
        },
        { parent: this, dependsOn: [...role.ready, logGroup] },
      );
      this.functionArn = created.arn;
    }
    this.registerOutputs({
      roleArn: this.roleArn,
      logGroupName: this.logGroupName,
      functionArn: this.functionArn,
    });
  }
}

function rejectUnfit(name: string, args: LambdaConsumerArgs): void {
  rejectFailures(
    "LambdaConsumer",
    name,
    checkConsumer(args, functionNames),
    checkVariables(args.references),
    checkConsumerRole("role", args.role),
    checkLogSettings("logs", args.logs),
    args.function === undefined ? [] : [...checkFunction(args.function), ...checkEnvironment(args)],
  );
}

const handlers: TextRule = {
  pattern: /^\S{1,128}$/,
  allowed: "1 to 128 characters without spaces are allowed",
  remedy: "name the file and the function it exports, as in index.handler",
};

function checkEnvironment({ references }: LambdaConsumerArgs): Failure[] {
  const size = lambdaEnvironmentSize(referenceVariables(references));
  return check(
    size <= longestLambdaEnvironment,
    "references",
    `${references.length} were found, whose variables have ${size} characters`,
    `Lambda takes ${longestLambdaEnvironment}`,
    "split the consumer, or let it read fewer items",
  );
}

function checkFunction({ handler, runtime, memory, timeout }: LambdaFunctionArgs): Failure[] {
  return [
    ...checkText("function.handler", handler, handlers),
    ...check(
      lambdaRuntimes.some((supported) => supported === runtime),
      "function.runtime",
      `"${runtime}" was found`,
      `AWS supports ${lambdaRuntimes.join(", ")}`,
      "choose one of them",
    ),
    ...checkWholeNumber("function.memory", memory, { from: 128, to: 10_240, unit: "MiB" }),
    ...checkWholeNumber("function.timeout", timeout, { from: 1, to: 900, unit: "seconds" }),
  ];
}
