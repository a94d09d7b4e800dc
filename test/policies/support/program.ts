import type { AnalyzerArgs, ArchiveRuleArgs } from "@pulumi/aws/accessanalyzer";
import type { TrailArgs } from "@pulumi/aws/cloudtrail";
import type {
  CompositeAlarmArgs,
  EventBusArgs,
  EventRuleArgs,
  EventTargetArgs,
  LogGroupArgs,
  LogMetricFilterArgs,
  MetricAlarmArgs,
} from "@pulumi/aws/cloudwatch";
import type { ProjectArgs } from "@pulumi/aws/codebuild";
import type {
  DefaultVpcArgs,
  FlowLogArgs,
  InstanceArgs,
  LaunchConfigurationArgs,
  LaunchTemplateArgs,
  VpcArgs,
  VpcEndpointArgs,
  VpcEndpointPolicyArgs,
} from "@pulumi/aws/ec2";
import type { EndpointArgs } from "@pulumi/aws/dms";
import type { TaskDefinitionArgs } from "@pulumi/aws/ecs";
import type { PodIdentityAssociationArgs } from "@pulumi/aws/eks";
import type { JobArgs } from "@pulumi/aws/glue";
import type {
  GroupPolicyArgs,
  InstanceProfileArgs,
  PolicyArgs,
  PolicyAttachmentArgs,
  RoleArgs,
  RolePolicyArgs,
  RolePolicyAttachmentArgs,
  UserPolicyArgs,
} from "@pulumi/aws/iam";
import type {
  AliasArgs,
  ExternalKeyArgs,
  GrantArgs,
  KeyArgs,
  KeyPolicyArgs,
  ReplicaExternalKeyArgs,
  ReplicaKeyArgs,
} from "@pulumi/aws/kms";
import type { FunctionArgs, FunctionUrlArgs, PermissionArgs } from "@pulumi/aws/lambda";
import type { ProxyArgs } from "@pulumi/aws/rds";
import type { NotebookInstanceArgs } from "@pulumi/aws/sagemaker";
import type { StateMachineArgs } from "@pulumi/aws/sfn";
import type { BucketArgs, BucketLoggingArgs, BucketV2Args } from "@pulumi/aws/s3";
import type {
  SecretArgs,
  SecretPolicyArgs,
  SecretRotationArgs,
  SecretVersionArgs,
} from "@pulumi/aws/secretsmanager";
import type { VpcArgs as AwsxVpcArgs } from "@pulumi/awsx/ec2";
import type { CloudFormationStackArgs } from "@pulumi/aws/serverlessrepository";
import type { TopicArgs, TopicPolicyArgs } from "@pulumi/aws/sns";
import type { ParameterArgs } from "@pulumi/aws/ssm";
import type { PermissionSetInlinePolicyArgs } from "@pulumi/aws/ssoadmin";

import type { ExpiringParameterArgs } from "../../../components/values/expiringParameter";
import type { RegisteredResource } from "../../../policies/pack/evaluate";
import { types } from "../../../policies/view/types";

/** Arguments by the short names of `policies/view/types.ts`, so that a fixture cannot misspell a property. */
interface Arguments {
  secret: SecretArgs;
  secretPolicy: SecretPolicyArgs;
  secretRotation: SecretRotationArgs;
  secretVersion: SecretVersionArgs;
  parameter: ParameterArgs;
  key: KeyArgs;
  keyPolicy: KeyPolicyArgs;
  replicaKey: ReplicaKeyArgs;
  externalKey: ExternalKeyArgs;
  replicaExternalKey: ReplicaExternalKeyArgs;
  keyGrant: GrantArgs;
  role: RoleArgs;
  rolePolicy: RolePolicyArgs;
  userPolicy: UserPolicyArgs;
  groupPolicy: GroupPolicyArgs;
  managedPolicy: PolicyArgs;
  permissionSetPolicy: PermissionSetInlinePolicyArgs;
  function: FunctionArgs;
  taskDefinition: TaskDefinitionArgs;
  buildProject: ProjectArgs;
  podAssociation: PodIdentityAssociationArgs;
  stateMachine: StateMachineArgs;
  databaseProxy: ProxyArgs;
  glueJob: JobArgs;
  notebook: NotebookInstanceArgs;
  migrationEndpoint: EndpointArgs;
  launchTemplate: LaunchTemplateArgs;
  launchConfiguration: LaunchConfigurationArgs;
  instance: InstanceArgs;
  expiringParameter: ExpiringParameterArgs;
  keyAlias: AliasArgs;
  rolePolicyAttachment: RolePolicyAttachmentArgs;
  policyAttachment: PolicyAttachmentArgs;
  instanceProfile: InstanceProfileArgs;
  functionPermission: PermissionArgs;
  functionUrl: FunctionUrlArgs;
  application: CloudFormationStackArgs;
  vpc: VpcArgs;
  defaultVpc: DefaultVpcArgs;
  awsxVpc: AwsxVpcArgs;
  flowLog: FlowLogArgs;
  vpcEndpoint: VpcEndpointArgs;
  vpcEndpointPolicy: VpcEndpointPolicyArgs;
  trail: TrailArgs;
  analyzer: AnalyzerArgs;
  archiveRule: ArchiveRuleArgs;
  bucket: BucketArgs;
  bucketV2: BucketV2Args;
  bucketLogging: BucketLoggingArgs;
  bucketLoggingV2: BucketLoggingArgs;
  metricAlarm: MetricAlarmArgs;
  compositeAlarm: CompositeAlarmArgs;
  metricFilter: LogMetricFilterArgs;
  logGroup: LogGroupArgs;
  eventBus: EventBusArgs;
  eventRule: EventRuleArgs;
  eventTarget: EventTargetArgs;
  topic: TopicArgs;
  topicPolicy: TopicPolicyArgs;
}

/** What stands for a value the engine does not know in a preview; it fits every property. */
export const later = "04da6b54-80e4-46f7-96ec-b56ff0331ba9" as never;

/** A secret text: no finding may ever repeat it. */
export const canary = "canary-9f3K2mQ7xT";

export const security = "111111111111";
export const prod = "333333333333";
export const organization = "o-exampleorgid";

export interface Details {
  readonly name?: string;
  readonly outputs?: object;
  readonly protect?: boolean;
  readonly from?: Readonly<Record<string, readonly RegisteredResource[]>>;
}

/** A resource as a program declares it. */
export function declare<K extends keyof Arguments>(
  kind: K,
  inputs: Arguments[K],
  { name = kind, outputs, protect, from = {} }: Details = {},
): RegisteredResource {
  const propertyDependencies = Object.fromEntries(
    Object.entries(from).map(([property, resources]) => [property, resources.map(({ urn }) => urn)]),
  );
  return {
    urn: `urn:pulumi:prod::shop::${types[kind]}::${name}`,
    type: types[kind],
    name,
    inputs,
    ...(outputs === undefined ? {} : { outputs }),
    ...(protect === undefined ? {} : { protect }),
    propertyDependencies,
  };
}

/** A resource of a type that no other fixture has a use for, named `other`. */
export function other(type: string, inputs: object): RegisteredResource {
  return { urn: `urn:pulumi:prod::shop::${type}::other`, type, name: "other", inputs };
}

/** The properties without the named ones. */
export function without<T extends object, K extends keyof T>(
  properties: T,
  ...names: readonly K[]
): Omit<T, K> {
  const kept = { ...properties };
  for (const name of names) delete kept[name];
  return kept;
}

export interface StatementInput {
  readonly Sid?: string;
  readonly Effect?: unknown;
  readonly Principal?: unknown;
  readonly NotPrincipal?: unknown;
  readonly Action?: unknown;
  readonly NotAction?: unknown;
  readonly Resource?: unknown;
  readonly NotResource?: unknown;
  readonly Condition?: unknown;
}

/** A policy document as JSON text, its statements allowing unless they say otherwise. */
export function policy(...statements: readonly StatementInput[]): string {
  return JSON.stringify(document(...statements));
}

/** The same as an object, in which parts may be unknown. */
export function document(...statements: readonly StatementInput[]): never {
  return {
    Version: "2012-10-17",
    Statement: statements.map((one) => ((one as unknown) === later ? later : { Effect: "Allow", ...one })),
  } as never;
}
