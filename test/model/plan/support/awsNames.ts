import {
  boundaryName,
  buildLogGroupName,
  ecsLogGroupName,
  functionName,
  lambdaLogGroupName,
} from "../../../../model/plan/names";
import type { Plan } from "../../../../model/plan/types";

/**
 * What AWS takes as a name, from its API references. A parameter's limit of 1,011 characters is for its whole ARN, as
 * Parameter Store counts; 15 levels at most.
 */
export const limits = {
  /** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html */
  secret: /^(?!.*-[A-Za-z0-9]{6}$)[A-Za-z0-9/_+=.@-]{1,512}$/,
  /** https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-parameter-name-constraints.html */
  parameter: /^(?!\/(?:aws|ssm))(?:\/[A-Za-z0-9_.-]+){1,15}$/,
  parameterArn: /^.{1,1011}$/,
  /** https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html */
  key: /^alias\/(?!aws\/)[A-Za-z0-9/_-]{1,250}$/,
  /** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
  role: /^[\w+=,.@-]{1,64}$/,
  instanceProfile: /^[\w+=,.@-]{1,128}$/,
  policy: /^[\w+=,.@-]{1,128}$/,
  /** https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html */
  function: /^[A-Za-z0-9_-]{1,64}$/,
  /** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateLaunchTemplate.html */
  launchTemplate: /^[A-Za-z0-9()./_-]{3,128}$/,
  /** https://docs.aws.amazon.com/codebuild/latest/APIReference/API_CreateProject.html */
  buildProject: /^[A-Za-z0-9][A-Za-z0-9_-]{1,149}$/,
  /** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html */
  taskFamily: /^[A-Za-z0-9_-]{1,255}$/,
  /** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html */
  logGroup: /^(?!aws\/)[.\-_/#A-Za-z0-9]{1,512}$/,
  /** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html; `serverlessrepo-` and nine. */
  applicationStack: /^[A-Za-z][A-Za-z0-9-]{8}$/,
} as const satisfies Readonly<Record<string, RegExp>>;

export interface GivenName {
  readonly kind: keyof typeof limits;
  readonly account: string;
  readonly name: string;
}

/** Every name that AWS will know something of the plan by, in the terms of what takes it. */
export function awsNames(plan: Plan): readonly GivenName[] {
  return [...names(plan)];
}

function* names(plan: Plan): Generator<GivenName> {
  for (const { account, name, rotation } of plan.secrets) {
    yield { kind: "secret", account, name };
    if (rotation.partner !== undefined) yield { kind: "role", account, name: rotation.partner.roleName };
  }
  for (const { account, name, arn } of plan.parameters) {
    yield { kind: "parameter", account, name };
    yield { kind: "parameterArn", account, name: arn };
  }
  for (const { account, alias } of plan.keys) yield { kind: "key", account, name: alias };
  for (const { name, workload } of plan.environments) {
    yield { kind: "policy", account: workload.account, name: boundaryName(name) };
  }
  for (const rotator of plan.rotators) {
    const { account, functionName: name } = rotator;
    yield { kind: "function", account, name };
    if (rotator.hosted === "aws") yield { kind: "applicationStack", account, name: rotator.stackName };
    else {
      yield { kind: "role", account, name: rotator.roleName };
      yield { kind: "logGroup", account, name: lambdaLogGroupName(name) };
    }
  }
  for (const {
    account,
    name,
    settings,
    role,
    executionRole,
    service,
    environment,
    consumer,
  } of plan.consumers) {
    for (const { name: roleName } of executionRole ? [role, executionRole] : [role]) {
      yield { kind: "role", account, name: roleName };
    }
    switch (settings.kind) {
      case "lambda": {
        const own = functionName(service, environment, consumer);
        yield { kind: "function", account, name: own };
        yield { kind: "logGroup", account, name: lambdaLogGroupName(own) };
        break;
      }
      case "ecs":
        yield { kind: "taskFamily", account, name };
        yield { kind: "logGroup", account, name: ecsLogGroupName(name) };
        break;
      case "ec2":
        yield { kind: "instanceProfile", account, name };
        yield { kind: "launchTemplate", account, name };
        break;
      case "codebuild":
        yield { kind: "buildProject", account, name };
        yield { kind: "logGroup", account, name: buildLogGroupName(name) };
    }
  }
}
