import { newestNodejs } from "../../../model/aws/lambdaRuntimes";
import { defaultBuildImage, defaultHandler } from "../../../model/catalogue/normalise/consumer";
import type { Subject } from "../subject";
import type { ConsumerPlan } from "../../../model/plan/types";
import { association, instance, templateOfRole } from "./templateOfRole";
import type { TemplatePart } from "./templatePart";
import { codebuildReference } from "./codebuildReference";
import { yamlText } from "../../../model/yaml/yamlText";

/**
 * A template with what the team's own takes in: the rest of it is theirs. AWS::ECS::TaskDefinition, AWS::Lambda::Function,
 * AWS::CodeBuild::Project, AWS::EC2::LaunchTemplate or AWS::EKS::PodIdentityAssociation, by the consumer's kind; of a role
 * what its service runs.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html
 */
export function cloudformation(subject: Subject): string {
  const { Parameters, ...resource } = partOf(subject);
  const text = yamlText({
    AWSTemplateFormatVersion: "2010-09-09",
    Parameters,
    Resources: { Consumer: resource },
  });
  // Where the resource takes no variables, the program has to know by itself.
  const unsaid = subject.read
    .filter(({ arn }) => !text.includes(arn))
    .map(({ arn }) => `# Read at run time: ${arn}\n`);
  return unsaid.join("") + text;
}

/** Why there is nothing to print: pods of these get the role without a resource of the team's. */
export function noTemplate({ settings, role }: ConsumerPlan): string | undefined {
  if (settings.kind !== "eks") return undefined;
  const { cluster, oidcProvider } = role.pods ?? {};
  if (cluster !== undefined) return "its association with the cluster is made by the platform";
  return oidcProvider === undefined
    ? undefined
    : "its pods get the role by the annotation eks.amazonaws.com/role-arn of their service account";
}

function partOf(subject: Subject): TemplatePart {
  const { settings } = subject.consumer;
  switch (settings.kind) {
    case "ecs":
      return task(subject);
    case "lambda":
      return lambda(subject);
    case "codebuild":
      return build(subject);
    case "ec2":
      return instance(subject);
    case "eks":
      return association(subject);
    case "role":
      return templateOfRole(settings.service, subject);
  }
}

const given = { Type: "String" } as const;

function task({ consumer, document }: Subject) {
  return {
    Parameters: { Image: given },
    Type: "AWS::ECS::TaskDefinition",
    Properties: {
      Family: consumer.name,
      TaskRoleArn: document.roles.task,
      ExecutionRoleArn: document.roles.execution,
      ContainerDefinitions: [
        {
          Name: consumer.consumer,
          Image: { Ref: "Image" },
          Environment: document.environment.map(({ name, value }) => ({ Name: name, Value: value })),
          ...(document.repositoryCredentials && {
            RepositoryCredentials: {
              CredentialsParameter: document.repositoryCredentials.credentialsParameter,
            },
          }),
          Secrets: document.secrets.map(({ name, valueFrom }) => ({ Name: name, ValueFrom: valueFrom })),
        },
      ],
    },
  };
}

function lambda({ consumer, document }: Subject) {
  const { settings } = consumer;
  const built = settings.kind === "lambda" ? settings.function : undefined;
  return {
    Parameters: { CodeBucket: given, CodeKey: given },
    Type: "AWS::Lambda::Function",
    Properties: {
      // The log group that the role writes to goes by it.
      FunctionName: consumer.name,
      Role: document.roles.runtime,
      Handler: built?.handler ?? defaultHandler,
      Runtime: built?.runtime ?? newestNodejs,
      Code: { S3Bucket: { Ref: "CodeBucket" }, S3Key: { Ref: "CodeKey" } },
      Environment: {
        Variables: Object.fromEntries(document.environment.map(({ name, value }) => [name, value])),
      },
    },
  };
}

function build({ document, injected, consumer }: Subject) {
  const variable = (Name: string, Type: string, Value: string) => ({ Name, Type, Value });
  const { settings } = consumer;
  return {
    Parameters: { Repository: given },
    Type: "AWS::CodeBuild::Project",
    Properties: {
      // The role's trust names the project.
      Name: consumer.name,
      ServiceRole: document.roles.runtime,
      Artifacts: { Type: "NO_ARTIFACTS" },
      Source: { Type: "GITHUB", Location: { Ref: "Repository" } },
      Environment: {
        Type: "LINUX_CONTAINER",
        ComputeType: "BUILD_GENERAL1_SMALL",
        Image: (settings.kind === "codebuild" ? settings.project?.image : undefined) ?? defaultBuildImage,
        EnvironmentVariables: [
          ...document.environment.map(({ name, value }) => variable(name, "PLAINTEXT", value)),
          ...injected.map((one) =>
            variable(
              one.variable,
              one.item.kind === "parameter" ? "PARAMETER_STORE" : "SECRETS_MANAGER",
              codebuildReference(one),
            ),
          ),
        ],
      },
    },
  };
}
