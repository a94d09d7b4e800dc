import { Function as LambdaFunction } from "@pulumi/aws/lambda";
import type { Input, Resource } from "@pulumi/pulumi";
import type { Archive } from "@pulumi/pulumi/asset";
import { functionNames } from "../../model/aws/textRules";
import { lambdaMemory, lambdaTimeout, longestLambdaEnvironment } from "../../model/aws/quotas";
import type { PolicyDocument } from "../../model/documents/policy";
import { serviceTrust } from "../../model/documents/serviceTrust";
import { functionHandler, functionRuntime } from "../../model/functions/settings";
import { lambdaLogGroupName } from "../../model/plan/names";
import { checkTags, descriptions, roleNames, type Tags } from "../argumentRules";
import { checkPolicy, policyLimits } from "../policyArgument";
import {
  check,
  checkDistinct,
  checkText,
  checkWholeNumber,
  type ArgumentProblem,
  settled,
} from "../validation";
import { checkLogSettings, encryptedLogGroup, type LogSettings } from "../logGroup";
import { roleWithPolicy } from "./roleWithPolicy";

export interface PlatformFunctionArgs {
  /** At most 64 characters; unique in the account and region. */
  readonly functionName: string;
  /** Role it runs as, under `/platform/`; at most 64 characters. */
  readonly roleName: string;
  /** What it is for; AWS shows it. At most 256 characters. */
  readonly description: string;
  /** What it may do. */
  readonly policy: Input<PolicyDocument>;
  /** One `index.js` with the handler `index.handler`, and its settings file. */
  readonly code: Archive;
  /**
   * Environment variables; no value may be a secret.
   * @default none
   */
  readonly environment?: Readonly<Record<string, Input<string>>>;
  /** Seconds one call may take, 1 to 900. */
  readonly timeoutSeconds: number;
  /**
   * Memory in MB, 128 to 10,240; the processor's share grows with it.
   * @default 256
   */
  readonly memoryMegabytes?: number;
  /** Its key, the account's OperationsKey, also encrypts the environment variables. */
  readonly logs: LogSettings;
  /**
   * Network it runs in.
   * @default none: it reaches AWS's public endpoints alone
   */
  readonly network?: FunctionNetwork | undefined;
  /**
   * Calls that run at once at most, and that are kept free for it out of the account's.
   * @default no limit of its own
   */
  readonly reservedConcurrency?: number | undefined;
  /** At least `service`, `environment` and `owner`. */
  readonly tags: Tags;
}

export interface FunctionNetwork {
  readonly subnetIds: readonly Input<string>[];
  readonly securityGroupIds: readonly Input<string>[];
}

/**
 * One of this platform's own Lambda functions with its role and its log group: children `{name}-role`,
 * `{name}-policy`, `{name}-logs` and `{name}-function` of a component.
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html
 */
export function platformFunction(name: string, args: PlatformFunctionArgs, parent: Resource): LambdaFunction {
  const { functionName, description, tags } = args;
  const { role, ready } = roleWithPolicy(
    name,
    { roleName: args.roleName, description, trust: serviceTrust("lambda"), policy: args.policy, tags },
    parent,
  );
  const logs = encryptedLogGroup(
    name,
    { logGroupName: lambdaLogGroupName(functionName), logs: args.logs, tags },
    parent,
  );
  return new LambdaFunction(
    `${name}-function`,
    {
      name: functionName,
      description,
      role: role.arn,
      code: args.code,
      handler: functionHandler,
      runtime: functionRuntime,
      architectures: ["arm64"],
      timeout: args.timeoutSeconds,
      memorySize: args.memoryMegabytes ?? 256,
      ...encryptedEnvironment(args),
      ...(args.network && { vpcConfig: inNetwork(args.network) }),
      ...(args.reservedConcurrency !== undefined && {
        reservedConcurrentExecutions: args.reservedConcurrency,
      }),
      tags,
    },
    { parent, dependsOn: [ready, logs] },
  );
}

/** Lambda forgets a key that has no variables to encrypt, which would show as a difference for ever. */
function encryptedEnvironment({ environment = {}, logs }: PlatformFunctionArgs) {
  if (Object.keys(environment).length === 0) return {};
  return { environment: { variables: environment }, kmsKeyArn: logs.keyArn };
}

function inNetwork({ subnetIds, securityGroupIds }: FunctionNetwork) {
  return { subnetIds: [...subnetIds], securityGroupIds: [...securityGroupIds] };
}

/** Everything wrong with a function's arguments. */
export function functionProblems(args: PlatformFunctionArgs): ArgumentProblem[] {
  const { network } = args;
  return [
    ...checkText("functionName", args.functionName, functionNames),
    ...checkText("roleName", args.roleName, roleNames),
    ...checkText("description", args.description, descriptions(256)),
    ...checkPolicy("policy", args.policy, policyLimits.role),
    ...environmentProblems(args.environment),
    ...checkWholeNumber("timeoutSeconds", args.timeoutSeconds, lambdaTimeout),
    ...checkWholeNumber("memoryMegabytes", args.memoryMegabytes, lambdaMemory),
    ...checkLogSettings("logs", args.logs),
    ...(network === undefined ? [] : checkDistinct("network.subnetIds", network.subnetIds, true)),
    ...(network === undefined
      ? []
      : checkDistinct("network.securityGroupIds", network.securityGroupIds, true)),
    ...checkWholeNumber("reservedConcurrency", args.reservedConcurrency, {
      from: 1,
      to: 1000,
      unit: "calls",
    }),
    ...checkTags("tags", args.tags),
  ];
}

/** What is longer belongs into the settings file beside the code. */
function environmentProblems(environment: PlatformFunctionArgs["environment"] = {}): ArgumentProblem[] {
  const entries = Object.entries(environment);
  const refused = entries.map(([key]) => key).filter((key) => !/^[A-Za-z][A-Za-z0-9_]+$/.test(key));
  const size = entries.reduce((sum, [key, value]) => sum + key.length + (settled(value)?.length ?? 0), 0);
  return [
    ...check(refused.length === 0, "environment", {
      found: `${refused.join(", ")} was found`,
      allowed: "a variable's name is 2 or more letters, digits and `_`, beginning with a letter",
      remedy: "rename it",
    }),
    ...check(size <= longestLambdaEnvironment, "environment", {
      found: `${size} characters were found`,
      allowed: `Lambda takes at most ${longestLambdaEnvironment}`,
      remedy: "put what is long into the settings file beside the code",
    }),
  ];
}
