import type {
  BuildProjectSettings,
  Consumer,
  ContainerSettings,
  EcsConsumerSettings,
} from "../catalogue/types";
import { arn, logGroupArn, type Place } from "../plan/arns";
import { buildLogGroupName, ecsLogGroupName, functionName, lambdaLogGroupName } from "../plan/names";
import type { ConsumerPlan, Plan, RolePlan } from "../plan/types";
import { imageRepository } from "./imageRepository";
import type { KeyArns } from "./keyArns";
import { networkInterfaceStatements } from "./networkInterfaceStatements";
import type { IdentityStatement } from "./policy";
import { policyDocument, type PolicyDocument } from "./policy";
import { readStatements } from "./readStatements";

/**
 * The one policy of a consumer's role: what its kind needs to run, and reading exactly what it was granted. Undefined
 * where nothing is needed. At most 10,240 characters, see `limits`.
 */
export function consumerPolicy(
  plan: Plan,
  consumer: ConsumerPlan,
  role: RolePlan,
  keyArns: KeyArns,
): PolicyDocument | undefined {
  const place: Place = { ...plan.organisation, account: role.account };
  const statements = [
    ...runStatements(consumer, role, place),
    ...readStatements(plan.organisation, role.grants, keyArns),
  ];
  return statements.length > 0 ? policyDocument(statements) : undefined;
}

function runStatements(consumer: ConsumerPlan, role: RolePlan, place: Place): IdentityStatement[] {
  const { service, environment, consumer: name, settings } = consumer;
  switch (role.use) {
    case "lambda": {
      const group = lambdaLogGroupName(functionName(service, environment, name));
      return [writeLogs(place, group), ...networkInterfaceStatements(place)];
    }
    case "ecs-execution":
      return [writeLogs(place, ecsLogGroupName(consumer.name)), ...pullImages(imagesOf(settings), place)];
    case "codebuild":
      return [
        writeLogs(place, buildLogGroupName(consumer.name)),
        ...pullImages(imagesOf(settings), place),
        ...(settings.kind === "codebuild" ? fetchSource(settings.project?.source, place) : []),
      ];
    case "ecs-task":
    case "ec2":
    case "eks":
    case "role":
      return [];
  }
}

function writeLogs(place: Place, group: string): IdentityStatement {
  return {
    Sid: "WriteLogs",
    Effect: "Allow",
    Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
    Resource: `${logGroupArn(place, group)}:*`,
  };
}

/** The main container first. */
function containersOf({ task }: EcsConsumerSettings): readonly ContainerSettings[] {
  return task === undefined ? [] : [task, ...Object.values(task.sidecars)];
}

/** What a role pulls: the images of what is built, or those that the team's own compute is said to take. */
function imagesOf(settings: Consumer): readonly string[] {
  switch (settings.kind) {
    case "ecs":
      return [...containersOf(settings).map(({ image }) => image), ...settings.repositories];
    case "codebuild":
      return [...(settings.project ? [settings.project.image] : []), ...settings.repositories];
    default:
      return [];
  }
}

/** An image outside Amazon ECR's private registries needs no permission. */
function pullImages(images: readonly string[], place: Place): IdentityStatement[] {
  const named = images.map((image) => imageRepository(image, place.partition));
  const repositories = [...new Set(named.filter((repository) => repository !== undefined))].sort();
  if (repositories.length === 0) return [];
  return [
    {
      Sid: "LogInToRegistry",
      Effect: "Allow",
      Action: "ecr:GetAuthorizationToken",
      // The action takes no resource.
      Resource: "*",
    },
    {
      Sid: "PullImage",
      Effect: "Allow",
      Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      Resource: repositories.length === 1 ? repositories[0]! : repositories,
    },
  ];
}

type Source = BuildProjectSettings["source"];

/** A GitHub source uses the account's own connection, which CodeBuild holds. */
function fetchSource(source: Source, place: Place): IdentityStatement[] {
  if (source?.type === "CODECOMMIT") {
    const repository = source.location.split("/").at(-1) ?? "";
    return [
      {
        Sid: "FetchSource",
        Effect: "Allow",
        Action: "codecommit:GitPull",
        Resource: arn("codecommit", place, repository),
      },
    ];
  }
  if (source?.type === "S3") {
    return [
      {
        Sid: "FetchSource",
        Effect: "Allow",
        Action: ["s3:GetObject", "s3:GetObjectVersion"],
        Resource: `arn:${place.partition}:s3:::${source.location}`,
      },
    ];
  }
  return [];
}
