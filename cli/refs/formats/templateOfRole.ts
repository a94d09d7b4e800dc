import { hopLimits } from "../../../model/aws/instanceMetadata";
import type { RoleServiceName } from "../../../model/aws/roleServices";
import type { Subject } from "../subject";
import { endpoint, proxy } from "./templateOfDatabase";
import type { TemplatePart } from "./templatePart";

const given = { Type: "String" } as const;
const ref = (name: string) => ({ Ref: name });

/** Where each service takes the role, by its page of the template reference, and where it takes secrets, those too. */
const parts: Readonly<Record<RoleServiceName, (subject: Subject) => TemplatePart>> = {
  apprunner: ({ document, read }) => ({
    Parameters: { Image: given },
    Type: "AWS::AppRunner::Service",
    Properties: {
      InstanceConfiguration: { InstanceRoleArn: document.roles.runtime },
      SourceConfiguration: {
        ImageRepository: {
          ImageIdentifier: ref("Image"),
          ImageRepositoryType: "ECR",
          ImageConfiguration: {
            RuntimeEnvironmentVariables: read.map(({ variable, arn }) => ({ Name: variable, Value: arn })),
          },
        },
      },
    },
  }),
  batch: ({ document, read }) => ({
    Parameters: { Image: given },
    Type: "AWS::Batch::JobDefinition",
    Properties: {
      Type: "container",
      ContainerProperties: {
        Image: ref("Image"),
        JobRoleArn: document.roles.runtime,
        ResourceRequirements: [
          { Type: "VCPU", Value: "1" },
          { Type: "MEMORY", Value: "2048" },
        ],
        Environment: read.map(({ variable, arn }) => ({ Name: variable, Value: arn })),
      },
    },
  }),
  dms: endpoint,
  ec2: instance,
  glue: ({ document }) => ({
    Parameters: { ScriptLocation: given },
    Type: "AWS::Glue::Job",
    Properties: {
      Role: document.roles.runtime,
      Command: { Name: "glueetl", ScriptLocation: ref("ScriptLocation") },
    },
  }),
  rds: proxy,
  sagemaker: ({ document }) => ({
    Parameters: { Image: given },
    Type: "AWS::SageMaker::Model",
    Properties: {
      ExecutionRoleArn: document.roles.runtime,
      PrimaryContainer: { Image: ref("Image") },
    },
  }),
  states: ({ document }) => ({
    Parameters: { Definition: given },
    Type: "AWS::StepFunctions::StateMachine",
    Properties: { RoleArn: document.roles.runtime, DefinitionString: ref("Definition") },
  }),
};

/** Of a consumer of kind `role`, by the service that its team hands it to. */
export function templateOfRole(service: RoleServiceName, subject: Subject): TemplatePart {
  return parts[service](subject);
}

/** Instances find the role by its profile, which has the consumer's name; containers on them, where the manifest says so. */
export function instance({ consumer }: Subject): TemplatePart {
  const { settings } = consumer;
  const hops = (settings.kind === "ec2" ? settings.instance?.hopLimit : undefined) ?? hopLimits.instance;
  return {
    Parameters: { Image: { Type: "AWS::EC2::Image::Id" } },
    Type: "AWS::EC2::LaunchTemplate",
    Properties: {
      LaunchTemplateData: {
        ImageId: ref("Image"),
        IamInstanceProfile: { Name: consumer.name },
        MetadataOptions: { HttpTokens: "required", HttpPutResponseHopLimit: hops },
      },
    },
  };
}

/** The association that lets pods of a cluster have the role. */
export function association({ consumer, document }: Subject): TemplatePart {
  const { namespace, serviceAccount } = consumer.role.pods ?? {};
  return {
    Parameters: { Cluster: given },
    Type: "AWS::EKS::PodIdentityAssociation",
    Properties: {
      ClusterName: ref("Cluster"),
      Namespace: namespace,
      ServiceAccount: serviceAccount,
      RoleArn: document.roles.runtime,
    },
  };
}
