import { Function as LambdaFunction } from "@pulumi/aws/lambda";
import {
  asset,
  ComponentResource,
  type ComponentResourceOptions,
  type Input,
  type Output,
} from "@pulumi/pulumi";
import type { Architecture } from "../../model/catalogue/types";
import {
  lambdaMemory,
  lambdaStorage,
  lambdaTimeout,
  longestLambdaEnvironment,
  mostLayers,
} from "../../model/aws/quotas";
import { functionNames, type TextRule } from "../../model/aws/textRules";
import { handlerPattern } from "../../model/catalogue/schema/handler";
import { lambdaEnvironmentSize } from "../../model/catalogue/lambdaEnvironment";
import { lambdaRuntimes } from "../../model/aws/lambdaRuntimes";
import { lambdaLogGroupName } from "../../model/plan/names";
import { type Code, codeFiles, type FoundCode } from "../../model/repository/codeFiles";
import {
  check,
  checkText,
  checkTexts,
  checkWholeNumber,
  type ArgumentProblem,
  rejectProblems,
} from "../validation";
import { checkConsumer, checkVariables, type ConsumerArgs } from "./consumerArgs";
import { checkLogSettings, encryptedLogGroup, type LogSettings } from "../logGroup";
import { checkConsumerRole, consumerRole, type ConsumerRoleArgs } from "./consumerRole";
import { plainEnvironment, type PlainVariables } from "./references";

/** `name` is the function's, at most 64 characters. */
export interface LambdaConsumerArgs extends ConsumerArgs {
  readonly role: ConsumerRoleArgs;
  /** Its key also encrypts the function's environment. */
  readonly logs: LogSettings;
  /** @default no function, only its role and log group, for code that is deployed by other means */
  readonly function?: LambdaFunctionArgs | undefined;
}

export interface LambdaFunctionArgs {
  /** Folder, zip or jar file inside the repository, from its root; what `codeFiles` refuses is refused. */
  readonly code: string;
  /** Root of the repository. @default the working directory, where Pulumi reads the code from */
  readonly root?: string | undefined;
  /** In plain text. @default none but where the values are */
  readonly variables?: PlainVariables | undefined;
  /** As in `index.handler`. */
  readonly handler: string;
  /** As in `python3.14`; it must run on the processors. */
  readonly runtime: string;
  /** MiB, 128 to 10,240. */
  readonly memoryMiB: number;
  /** Seconds, 1 to 900. */
  readonly timeoutSeconds: number;
  /** Processors that code and layers are built for. @default arm64 */
  readonly architecture?: Architecture | undefined;
  /** ARNs of versions, at most 5. @default none */
  readonly layers?: readonly string[] | undefined;
  /** MiB of `/tmp`, 512 to 10,240. @default 512 */
  readonly ephemeralStorageMiB?: number | undefined;
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

  constructor(name: string, args: LambdaConsumerArgs, opts?: ComponentResourceOptions) {
    const code = args.function && codeFiles(args.function.root ?? process.cwd(), args.function.code);
    rejectProblems("LambdaConsumer", name, problemsOf(args, code));
    super("secrets-platform:workload:LambdaConsumer", name, {}, opts);
    const role = consumerRole(name, args.role, args, this);
    this.roleArn = role.arn;
    this.logGroupName = lambdaLogGroupName(args.name);
    const logGroup = encryptedLogGroup(
      name,
      { logGroupName: this.logGroupName, logs: args.logs, tags: args.tags },
      this,
    );
    if (args.function !== undefined && code !== undefined && "code" in code) {
      const { handler, runtime, memoryMiB, timeoutSeconds, subnetIds, securityGroupId } = args.function;
      const { architecture = "arm64", layers = [], ephemeralStorageMiB } = args.function;
      const created = new LambdaFunction(
        `${name}-function`,
        {
          name: args.name,
          role: role.arn,
          architectures: [architecture],
          ...(layers.length > 0 && { layers: [...layers] }),
          ...(ephemeralStorageMiB !== undefined && { ephemeralStorage: { size: ephemeralStorageMiB } }),
          runtime,
          handler,
          code: codeArchive(code.code),
          memorySize: memoryMiB,
          timeout: timeoutSeconds,
          environment: { variables: plainEnvironment(args.references, args.function.variables) },
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

/**
 * The files as they were found one by one: Pulumi would read a folder again by itself, and whatever its links lead to.
 * https://www.pulumi.com/docs/iac/concepts/assets-archives/
 */
function codeArchive(code: Code): asset.Archive {
  if ("archive" in code) return new asset.FileArchive(code.archive);
  const files = Object.entries(code.files).map(([name, path]) => [name, new asset.FileAsset(path)] as const);
  return new asset.AssetArchive(Object.fromEntries(files));
}

function problemsOf(args: LambdaConsumerArgs, code: FoundCode | undefined): ArgumentProblem[] {
  return [
    checkConsumer(args, functionNames),
    checkVariables({ ...args, at: "function", variables: args.function?.variables }),
    checkConsumerRole("role", args.role),
    checkLogSettings("logs", args.logs),
    code === undefined ? [] : checkCode(code),
    args.function === undefined
      ? []
      : [...checkFunction(args.function), ...checkEnvironment(args, args.function)],
  ].flat();
}

const layerVersions: TextRule = {
  pattern: /^arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:layer:[A-Za-z0-9_-]+:\d+$/,
  allowed: "the ARN of a layer's version is needed",
  remedy: "write it with its number at the end",
};

const handlers: TextRule = {
  pattern: handlerPattern,
  allowed: "1 to 128 letters, digits and _ . : / $ + - are allowed",
  remedy: "name the file and the function it exports, as in index.handler",
};

function checkEnvironment(
  { references }: LambdaConsumerArgs,
  { variables }: LambdaFunctionArgs,
): ArgumentProblem[] {
  const size = lambdaEnvironmentSize(plainEnvironment(references, variables));
  return check(size <= longestLambdaEnvironment, "references", {
    found: `${references.length} were found, whose variables have ${size} bytes`,
    allowed: `Lambda takes ${longestLambdaEnvironment}`,
    remedy: "split the consumer, or let it read fewer items",
  });
}

function checkCode(code: FoundCode): ArgumentProblem[] {
  if ("code" in code) return [];
  return code.problems.flatMap(({ found, allowed, remedy }) =>
    check(false, "function.code", { found, allowed, remedy }),
  );
}

function checkFunction({
  handler,
  runtime,
  memoryMiB,
  timeoutSeconds,
  layers = [],
  ephemeralStorageMiB,
}: LambdaFunctionArgs): ArgumentProblem[] {
  return [
    ...checkText("function.handler", handler, handlers),
    ...check(lambdaRuntimes.includes(runtime), "function.runtime", {
      found: `"${runtime}" was found`,
      allowed: `AWS supports ${lambdaRuntimes.join(", ")}`,
      remedy: "choose one of them",
    }),
    ...checkWholeNumber("function.memoryMiB", memoryMiB, lambdaMemory),
    ...checkWholeNumber("function.timeoutSeconds", timeoutSeconds, lambdaTimeout),
    ...checkTexts("function.layers", layers, layerVersions),
    ...check(layers.length <= mostLayers, "function.layers", {
      found: `${layers.length} were found`,
      allowed: `Lambda takes ${mostLayers}`,
      remedy: "put some of them into the code",
    }),
    ...checkWholeNumber("function.ephemeralStorageMiB", ephemeralStorageMiB, lambdaStorage),
  ];
}
