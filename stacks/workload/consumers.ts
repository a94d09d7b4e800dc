import { hasProfile } from "../../model/aws/roleServices";
import { logRetentionDays } from "../../model/limits";
import type { OperationsKey } from "../../components/account/operationsKey";
import type { Boundary } from "../../components/workload/boundary";
import { CodeBuildConsumer } from "../../components/workload/codeBuildConsumer";
import type { ConsumerRoleArgs } from "../../components/workload/consumerRole";
import {
  injectedValues,
  loginArn,
  type SecretArns,
  valueReferences,
} from "../../components/workload/consumerValues";
import { EksConsumer } from "../../components/workload/eksConsumer";
import { Ec2Consumer } from "../../components/workload/ec2Consumer";
import { EcsConsumer } from "../../components/workload/ecsConsumer";
import type { EcsTaskArgs } from "../../components/workload/ecsConsumerArgs";
import { RoleConsumer } from "../../components/workload/roleConsumer";
import { LambdaConsumer } from "../../components/workload/lambdaConsumer";
import type { Network } from "../../components/workload/network";
import type {
  CodeBuildConsumerSettings,
  ContainerSettings,
  Ec2ConsumerSettings,
  EcsConsumerSettings,
  LambdaConsumerSettings,
  LambdaSettings,
  RoleConsumerSettings,
  TaskSettings,
} from "../../model/catalogue/types";
import { parametersExtension } from "../../model/aws/parametersExtension";
import { accountPlace } from "../../model/documents/accountHoldings";
import { consumerPolicy } from "../../model/documents/consumerPolicy";
import { consumerTrust } from "../../model/documents/trustPolicies";
import { functionName } from "../../model/plan/names";
import type { ConsumerPlan, ReadableItem, RolePlan } from "../../model/plan/types";
import type { ProgramInput } from "../programInput";
import type { SecurityArns } from "../outputs/securityOutputs";
import { serviceTags } from "../account/tags";

/** What consumers share in their account. */
export interface Surroundings {
  readonly security: SecurityArns;
  readonly boundary: Boundary;
  readonly network: Network;
  readonly operationsKey: OperationsKey;
  /** @default no limit but the account's */
  readonly concurrentBuilds?: number | undefined;
}

export function consumers(
  input: ProgramInput,
  planned: readonly ConsumerPlan[],
  surroundings: Surroundings,
): void {
  for (const consumer of planned) makeConsumer(input, consumer, surroundings);
}

function makeConsumer(input: ProgramInput, consumer: ConsumerPlan, surroundings: Surroundings): void {
  const { settings } = consumer;
  switch (settings.kind) {
    case "lambda":
      return lambda(input, consumer, settings, surroundings);
    case "ecs":
      return ecs(input, consumer, settings, surroundings);
    case "ec2":
      return ec2(input, consumer, settings, surroundings);
    case "codebuild":
      return codeBuild(input, consumer, settings, surroundings);
    case "eks":
      return eks(input, consumer, surroundings);
    case "role":
      return roleAlone(input, consumer, settings, surroundings);
  }
}

function lambda(
  input: ProgramInput,
  consumer: ConsumerPlan,
  settings: LambdaConsumerSettings,
  surroundings: Surroundings,
): void {
  const { network } = surroundings;
  new LambdaConsumer(consumer.name, {
    ...commonArgs(consumer, surroundings),
    name: functionName(consumer.service, consumer.environment, consumer.consumer),
    role: roleArgs(input, consumer, consumer.role, surroundings),
    ...(settings.function !== undefined && {
      function: {
        ...settings.function,
        layers: layersOf(settings.function, input.plan.organisation.region),
        variables: consumer.variables,
        root: input.root,
        subnetIds: network.privateSubnetIds,
        securityGroupId: network.consumerSecurityGroupId,
      },
    }),
  });
}

/** Those of the manifest, then the extension. */
function layersOf({ layers, extension, architecture }: LambdaSettings, region: string): readonly string[] {
  const published = extension ? parametersExtension(region, architecture) : undefined;
  if (extension && published === undefined)
    throw new Error(`AWS has no extension for ${architecture} in ${region}`);
  return published === undefined ? layers : [...layers, published];
}

function ecs(
  input: ProgramInput,
  consumer: ConsumerPlan,
  { task }: EcsConsumerSettings,
  surroundings: Surroundings,
): void {
  if (consumer.executionRole === undefined) throw new Error(`${consumer.name} has no execution role`);
  new EcsConsumer(consumer.name, {
    ...commonArgs(consumer, surroundings),
    executionRole: roleArgs(input, consumer, consumer.executionRole, surroundings),
    taskRole: roleArgs(input, consumer, consumer.role, surroundings),
    ...(task && { task: taskArgs(consumer, task, input.plan.organisation.region, surroundings) }),
  });
}

function taskArgs(
  consumer: ConsumerPlan,
  task: TaskSettings,
  region: string,
  { security }: Surroundings,
): EcsTaskArgs {
  const arns = secretArns(consumer, security);
  const argsOf = ({ repositoryCredentials, ...own }: ContainerSettings, name?: string) => ({
    ...own,
    injected: injectedValues(consumer, arns, name),
    ...(repositoryCredentials && {
      repositoryCredentials: loginArn(consumer, repositoryCredentials, arns),
    }),
  });
  const sidecars = Object.entries(task.sidecars).map(([name, sidecar]) => [
    name,
    { ...argsOf(sidecar, name), variables: consumer.sidecarVariables[name] },
  ]);
  const { cpu, memoryMiB, architecture } = task;
  return {
    ...argsOf(task),
    variables: consumer.variables,
    ...{ cpu, memoryMiB, architecture, region },
    sidecars: Object.fromEntries(sidecars) as EcsTaskArgs["sidecars"],
  };
}

function ec2(
  input: ProgramInput,
  consumer: ConsumerPlan,
  { instance }: Ec2ConsumerSettings,
  surroundings: Surroundings,
): void {
  new Ec2Consumer(consumer.name, {
    ...commonArgs(consumer, surroundings),
    role: roleArgs(input, consumer, consumer.role, surroundings),
    ...(instance && {
      instance: {
        ...instance,
        service: consumer.service,
        securityGroupId: surroundings.network.consumerSecurityGroupId,
      },
    }),
  });
}

function codeBuild(
  input: ProgramInput,
  consumer: ConsumerPlan,
  { project }: CodeBuildConsumerSettings,
  surroundings: Surroundings,
): void {
  new CodeBuildConsumer(consumer.name, {
    ...commonArgs(consumer, surroundings),
    role: roleArgs(input, consumer, consumer.role, surroundings),
    ...(project && {
      project: {
        injected: injectedValues(consumer, secretArns(consumer, surroundings.security)),
        variables: consumer.variables,
        source: project.source,
        build: project.buildspec,
        image: project.image,
        concurrentBuilds: surroundings.concurrentBuilds,
      },
    }),
  });
}

function eks(input: ProgramInput, consumer: ConsumerPlan, surroundings: Surroundings): void {
  const { cluster, namespace, serviceAccount } = consumer.role.pods ?? {};
  const inCluster = cluster !== undefined && namespace !== undefined && serviceAccount !== undefined;
  new EksConsumer(consumer.name, {
    ...commonArgs(consumer, surroundings),
    role: roleArgs(input, consumer, consumer.role, surroundings),
    association: inCluster ? { cluster, namespace, serviceAccount } : undefined,
  });
}

function roleAlone(
  input: ProgramInput,
  consumer: ConsumerPlan,
  { service }: RoleConsumerSettings,
  surroundings: Surroundings,
): void {
  new RoleConsumer(consumer.name, {
    ...commonArgs(consumer, surroundings),
    role: roleArgs(input, consumer, consumer.role, surroundings),
    profile: hasProfile(service),
  });
}

function commonArgs(consumer: ConsumerPlan, surroundings: Surroundings) {
  const { boundary, operationsKey } = surroundings;
  return {
    name: consumer.name,
    boundary,
    references: valueReferences(consumer, secretArns(consumer, surroundings.security)),
    logs: { retentionDays: logRetentionDays, keyArn: operationsKey.arn },
    tags: serviceTags(consumer),
  };
}

function roleArgs(
  { plan }: ProgramInput,
  consumer: ConsumerPlan,
  role: RolePlan,
  { security }: Surroundings,
): ConsumerRoleArgs {
  return {
    name: role.name,
    path: role.path,
    arn: role.arn,
    trust: consumerTrust(role, accountPlace(plan.organisation, role.account)),
    policy: consumerPolicy(plan, consumer, role, security.key),
  };
}

/** Full ARNs of the secrets a consumer reads or injects. */
function secretArns(consumer: ConsumerPlan, security: SecurityArns): SecretArns {
  const items: readonly ReadableItem[] = [consumer.role, consumer.executionRole].flatMap(
    (role) => role?.grants ?? [],
  );
  return Object.fromEntries(
    items.flatMap((item) => (item.kind === "secret" ? [[item.name, security.secret(item)] as const] : [])),
  );
}
