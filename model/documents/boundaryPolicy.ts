import { arn, type Place, viaService } from "../plan/arns";
import type { EnvironmentPlan, Plan } from "../plan/types";
import { policyDocument, type PolicyDocument } from "./policy";

/**
 * Permissions boundary of every role under `/services/` of one environment: whatever policies such a role is given, it
 * reads nothing outside its environment, puts no value, and touches neither keys, roles nor trails. What services do
 * beside reading configuration is added by the stack's `boundary` setting. At most 6,144 characters.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 */
export function boundaryPolicy(plan: Plan, environment: EnvironmentPlan): PolicyDocument {
  const { organisation } = plan;
  const workload: Place = { ...organisation, account: environment.workload.account };
  const anyRegion: Place = { ...workload, region: "*" };
  const security: Place = { ...anyRegion, account: environment.security.account };
  const secrets = [
    arn("secretsmanager", security, `secret:*/${environment.name}/*`),
    // Secrets that a database service manages are named by it.
    arn("secretsmanager", workload, "secret:rds!*"),
    arn("secretsmanager", workload, "secret:redshift!*"),
  ];
  const parameters = [security, workload].map((place) =>
    arn("ssm", place, `parameter/*/${environment.name}/*`),
  );
  const regions = [...new Set([organisation.region, ...plan.keys.flatMap((key) => key.replicaRegions)])];
  return policyDocument([
    {
      Sid: "ReadThisEnvironment",
      Effect: "Allow",
      Action: [
        "secretsmanager:DescribeSecret",
        "secretsmanager:GetSecretValue",
        "ssm:GetParameter",
        "ssm:GetParameters",
      ],
      Resource: [...secrets, ...parameters],
    },
    {
      Sid: "DecryptThroughServices",
      Effect: "Allow",
      Action: "kms:Decrypt",
      Resource: [security, workload].map((place) => arn("kms", place, "key/*")),
      Condition: {
        StringEquals: {
          "kms:ViaService": regions.flatMap((region) =>
            (["secretsmanager", "ssm"] as const).flatMap((service) =>
              viaService(service, { partition: organisation.partition, region }),
            ),
          ),
        },
      },
    },
    {
      Sid: "RunInThisAccount",
      Effect: "Allow",
      Action: [
        "logs:CreateLogStream",
        "logs:PutLogEvents",
        "ec2:AssignPrivateIpAddresses",
        "ec2:CreateNetworkInterface",
        "ec2:DeleteNetworkInterface",
        "ec2:UnassignPrivateIpAddresses",
        "codecommit:GitPull",
      ],
      Resource: ["logs", "ec2", "codecommit"].map((service) => arn(service, workload, "*")),
    },
    {
      Sid: "FetchImagesAndSources",
      Effect: "Allow",
      Action: [
        "ecr:BatchCheckLayerAvailability",
        "ecr:BatchGetImage",
        "ecr:GetDownloadUrlForLayer",
        "s3:GetObject",
        "s3:GetObjectVersion",
      ],
      Resource: [`arn:${workload.partition}:ecr:*:*:repository/*`, `arn:${workload.partition}:s3:::*/*`],
    },
    {
      Sid: "ActionsWithoutResource",
      Effect: "Allow",
      Action: ["ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets", "ecr:GetAuthorizationToken"],
      Resource: "*",
    },
    ...settingsStatements(plan, environment),
    {
      Sid: "NoOtherEnvironment",
      Effect: "Deny",
      Action: [
        "secretsmanager:BatchGetSecretValue",
        "secretsmanager:GetSecretValue",
        "ssm:GetParameter",
        "ssm:GetParameterHistory",
        "ssm:GetParameters",
        "ssm:GetParametersByPath",
      ],
      NotResource: [...secrets, ...parameters],
    },
    {
      Sid: "NoChangeToValuesKeysRolesTrails",
      Effect: "Deny",
      Action: [
        "cloudtrail:DeleteTrail",
        "cloudtrail:PutEventSelectors",
        "cloudtrail:StopLogging",
        "cloudtrail:UpdateTrail",
        "iam:*",
        "kms:CreateGrant",
        "kms:PutKeyPolicy",
        "kms:ScheduleKeyDeletion",
        "logs:DeleteLogGroup",
        "logs:DeleteLogStream",
        "logs:PutRetentionPolicy",
        "secretsmanager:PutResourcePolicy",
        "secretsmanager:PutSecretValue",
        "secretsmanager:UpdateSecret*",
        "ssm:PutParameter",
      ],
      Resource: "*",
    },
  ]);
}

function settingsStatements({ organisation }: Plan, environment: EnvironmentPlan) {
  const stack = organisation.stacks.find(({ name }) => name === environment.workload.stack);
  const statements = stack?.kind === "workload" ? stack.boundary : [];
  return statements.map(({ actions, resources }, index) => ({
    Sid: `Settings${index + 1}`,
    Effect: "Allow" as const,
    Action: actions,
    Resource: resources,
  }));
}
