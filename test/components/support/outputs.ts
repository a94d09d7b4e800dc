import { arn, roleArn } from "../../../model/plan/arns";
import { place } from "./organisation";

type Inputs = Readonly<Record<string, unknown>>;

/** What AWS makes up for a resource of each type the components create; `{name}` is the resource's Pulumi name. */
const outputs: Readonly<Record<string, (name: string, inputs: Inputs) => Record<string, unknown>>> = {
  "aws:kms/key:Key": (name, inputs) => ({ keyId: name, arn: regional("kms", inputs, `key/${name}`) }),
  "aws:kms/alias:Alias": (_, inputs) => ({ arn: regional("kms", inputs, text(inputs.name)) }),
  "aws:iam/role:Role": (name, inputs) => ({
    arn: roleArn(place, text(inputs.path ?? "/"), text(inputs.name ?? name)),
    uniqueId: "AROAEXAMPLEID",
  }),
  "aws:iam/policy:Policy": (name, inputs) => ({
    arn: `arn:aws:iam::${place.account}:policy${text(inputs.path ?? "/")}${text(inputs.name ?? name)}`,
  }),
  "aws:iam/instanceProfile:InstanceProfile": (name, inputs) => ({
    arn: `arn:aws:iam::${place.account}:instance-profile${text(inputs.path ?? "/")}${text(inputs.name ?? name)}`,
  }),
  "aws:secretsmanager/secret:Secret": (_, inputs) => ({
    arn: regional("secretsmanager", inputs, `secret:${text(inputs.name)}-AbCdEf`),
  }),
  "aws:lambda/function:Function": (_, inputs) => ({
    arn: regional("lambda", inputs, `function:${text(inputs.name)}`),
  }),
  "aws:cloudwatch/logGroup:LogGroup": (_, inputs) => ({
    arn: regional("logs", inputs, `log-group:${text(inputs.name)}`),
  }),
  "aws:serverlessrepository/cloudFormationStack:CloudFormationStack": (_, inputs) => ({
    outputs: {
      RotationLambdaARN: regional(
        "lambda",
        inputs,
        `function:${text((inputs.parameters as Inputs).functionName)}`,
      ),
    },
  }),
  "aws:cloudtrail/trail:Trail": (_, inputs) => ({
    arn: regional("cloudtrail", inputs, `trail/${text(inputs.name)}`),
  }),
  "aws:s3/bucket:Bucket": (_, inputs) => ({ arn: `arn:aws:s3:::${text(inputs.bucket)}` }),
  "aws:sns/topic:Topic": (_, inputs) => ({ arn: regional("sns", inputs, text(inputs.name)) }),
  "aws:sqs/queue:Queue": (_, inputs) => ({
    arn: regional("sqs", inputs, text(inputs.name)),
    url: `https://sqs.${place.region}.amazonaws.com/${place.account}/${text(inputs.name)}`,
  }),
  "aws:ram/resourceShare:ResourceShare": (name, inputs) => ({
    arn: regional("ram", inputs, `resource-share/${name}`),
  }),
  "aws:ssm/parameter:Parameter": (_, inputs) => ({
    arn: regional("ssm", inputs, `parameter${text(inputs.name)}`),
    version: 1,
  }),
  "aws:ecs/taskDefinition:TaskDefinition": (_, inputs) => ({
    arn: regional("ecs", inputs, `task-definition/${text(inputs.family)}:1`),
    revision: 1,
  }),
  "aws:ec2/launchTemplate:LaunchTemplate": (name, inputs) => ({
    arn: regional("ec2", inputs, `launch-template/lt-${name}`),
    latestVersion: 1,
  }),
  "aws:codebuild/project:Project": (_, inputs) => ({
    arn: regional("codebuild", inputs, `project/${text(inputs.name)}`),
  }),
  "aws:eks/podIdentityAssociation:PodIdentityAssociation": (name, inputs) => ({
    associationArn: regional("eks", inputs, `podidentityassociation/${text(inputs.clusterName)}/a-${name}`),
  }),
  "secrets-platform:index:ExpiringParameter": (name, inputs) => ({
    arn: regional("ssm", inputs, `parameter${text(inputs.name)}`),
    tier: "Advanced",
    expiresAt: "",
    incarnation: `${name}-first`,
    pendingPolicies: [],
  }),
  "secrets-platform:index:SecretValue": () => ({ versionId: "00000000-0000-0000-0000-000000000000" }),
  "random:index/randomId:RandomId": () => ({ hex: "01234567" }),
};

/** Only inputs for a type that is not listed. */
export function outputsOf(type: string, name: string, inputs: Inputs): Record<string, unknown> {
  return outputs[type]?.(name, inputs) ?? {};
}

function regional(service: string, inputs: Inputs, resource: string): string {
  return arn(service, { ...place, region: text(inputs.region ?? place.region) }, resource);
}

function text(value: unknown): string {
  if (typeof value !== "string") throw new Error(`a text was expected, ${typeof value} was found`);
  return value;
}
