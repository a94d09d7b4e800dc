import { newestNodejs } from "../../../model/aws/lambdaRuntimes";
import { defaultBuildImage, defaultHandler } from "../../../model/catalogue/normalise/consumer";
import type { Subject } from "../subject";
import { codebuildReference } from "./codebuildReference";
import { yamlText } from "./yamlText";

/**
 * A template with what the team's own takes in: the rest of it is theirs. AWS::ECS::TaskDefinition, AWS::Lambda::Function or
 * AWS::CodeBuild::Project, by the consumer's kind.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html
 */
export function cloudformation(subject: Subject): string {
  const { settings } = subject.consumer;
  const { Parameters, ...resource } =
    settings.kind === "ecs" ? task(subject) : settings.kind === "lambda" ? lambda(subject) : build(subject);
  return yamlText({ AWSTemplateFormatVersion: "2010-09-09", Parameters, Resources: { Consumer: resource } });
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
