/** What AWS asks of the name of a resource of one type. */
export interface AwsName {
  /** Inputs that tell one from another together; the last holds its own name. Where that is absent AWS makes one up. */
  readonly by: readonly string[];
  /** Where no two may have the same. IAM's and S3's names are of no region. */
  readonly within: "region" | "account" | "everywhere";
  /** In characters. */
  readonly longest?: number;
  /** What AWS answers to a second one; absent where it takes the second and drops the first without a word. */
  readonly refusal?: (name: string) => string;
  /** Names that differ in nothing but capitals are one. */
  readonly anyCase?: boolean;
}

const iam = (longest: number, refusal: (name: string) => string): AwsName => ({
  by: ["name"],
  within: "account",
  longest,
  anyCase: true,
  refusal: (name) => `EntityAlreadyExists: ${refusal(name)}`,
});

const inRegion = (longest: number, refusal?: AwsName["refusal"]): AwsName => ({
  by: ["name"],
  within: "region",
  longest,
  ...(refusal && { refusal }),
});

/** Settings of another resource, of which it has one. */
const oneOf = (property: string): AwsName => ({ by: [property], within: "region" });

const bucketSettings = [
  "bucketLifecycleConfiguration:BucketLifecycleConfiguration",
  "bucketLogging:BucketLogging",
  "bucketObjectLockConfiguration:BucketObjectLockConfiguration",
  "bucketOwnershipControls:BucketOwnershipControls",
  "bucketPolicy:BucketPolicy",
  "bucketPublicAccessBlock:BucketPublicAccessBlock",
  "bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  "bucketVersioning:BucketVersioning",
];

/**
 * By type token. Lengths, and which calls refuse a name that is taken, are those of AWS's API models
 * (https://github.com/boto/botocore, `data/SERVICE/VERSION/service-2.json`); where a model gives no length, those of
 * https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html (256),
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html (80),
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_CreateTrail.html (128),
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html (255),
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateLaunchTemplate.html (128),
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html (255),
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html (63). A function's name has 64 at most:
 * https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html.
 */
export const awsNames: Readonly<Record<string, AwsName>> = {
  "aws:iam/role:Role": iam(64, (name) => `Role with name ${name} already exists.`),
  "aws:iam/instanceProfile:InstanceProfile": iam(128, (name) => `Instance Profile ${name} already exists.`),
  "aws:iam/policy:Policy": iam(128, (name) => `A policy called ${name} already exists.`),
  "aws:iam/rolePolicy:RolePolicy": { by: ["role", "name"], within: "account", longest: 128 },
  "aws:kms/alias:Alias": inRegion(
    256,
    (name) => `AlreadyExistsException: An alias with the name ${name} already exists`,
  ),
  "aws:secretsmanager/secret:Secret": inRegion(
    512,
    (name) => `ResourceExistsException: The operation failed because the secret ${name} already exists.`,
  ),
  "aws:secretsmanager/secretPolicy:SecretPolicy": oneOf("secretArn"),
  "aws:secretsmanager/secretRotation:SecretRotation": oneOf("secretId"),
  "aws:ssm/parameter:Parameter": inRegion(
    2048,
    () => "ParameterAlreadyExists: The parameter already exists.",
  ),
  "aws:lambda/function:Function": inRegion(
    64,
    (name) => `ResourceConflictException: Function already exist: ${name}`,
  ),
  "aws:lambda/permission:Permission": {
    by: ["function", "statementId"],
    within: "region",
    longest: 100,
    refusal: (id) =>
      `ResourceConflictException: The statement id (${id}) provided already exists. ` +
      "Please provide a new statement id, or remove the existing statement.",
  },
  "aws:lambda/eventSourceMapping:EventSourceMapping": {
    by: ["eventSourceArn", "functionName"],
    within: "region",
    refusal: (name) =>
      `ResourceConflictException: An event source mapping to function ${name} already exists.`,
  },
  "aws:cloudwatch/logGroup:LogGroup": inRegion(
    512,
    () => "ResourceAlreadyExistsException: The specified log group already exists",
  ),
  "aws:cloudwatch/logMetricFilter:LogMetricFilter": {
    by: ["logGroupName", "name"],
    within: "region",
    longest: 512,
  },
  "aws:cloudwatch/metricAlarm:MetricAlarm": inRegion(255),
  "aws:cloudwatch/eventBus:EventBus": inRegion(
    256,
    (name) => `ResourceAlreadyExistsException: Event bus ${name} already exists.`,
  ),
  "aws:cloudwatch/eventBusPolicy:EventBusPolicy": oneOf("eventBusName"),
  "aws:cloudwatch/eventRule:EventRule": { by: ["eventBusName", "name"], within: "region", longest: 64 },
  "aws:cloudwatch/eventTarget:EventTarget": {
    by: ["eventBusName", "rule", "targetId"],
    within: "region",
    longest: 64,
  },
  "aws:sns/topic:Topic": inRegion(256),
  "aws:sns/topicPolicy:TopicPolicy": oneOf("arn"),
  "aws:sqs/queue:Queue": inRegion(80),
  "aws:sqs/queuePolicy:QueuePolicy": oneOf("queueUrl"),
  "aws:codebuild/project:Project": inRegion(
    150,
    (name) => `ResourceAlreadyExistsException: Project already exists: ${name}`,
  ),
  "aws:cloudtrail/trail:Trail": inRegion(
    128,
    (name) => `TrailAlreadyExistsException: Trail ${name} already exists`,
  ),
  "aws:ecs/taskDefinition:TaskDefinition": { by: ["family"], within: "region", longest: 255 },
  // https://docs.aws.amazon.com/eks/latest/APIReference/API_CreatePodIdentityAssociation.html
  "aws:eks/podIdentityAssociation:PodIdentityAssociation": {
    by: ["clusterName", "namespace", "serviceAccount"],
    within: "region",
    longest: 253,
    refusal: () => "ResourceInUseException: Association already exists",
  },
  "aws:ec2/launchTemplate:LaunchTemplate": inRegion(
    128,
    () => "InvalidLaunchTemplateName.AlreadyExistsException: Launch template name already in use.",
  ),
  "aws:ec2/securityGroup:SecurityGroup": {
    by: ["vpcId", "name"],
    within: "region",
    longest: 255,
    refusal: (name) => `InvalidGroup.Duplicate: The security group '${name}' already exists for this VPC.`,
  },
  "aws:accessanalyzer/analyzer:Analyzer": {
    by: ["analyzerName"],
    within: "region",
    longest: 255,
    refusal: (name) => `ConflictException: An analyzer ${name} already exists.`,
  },
  "aws:accessanalyzer/archiveRule:ArchiveRule": {
    by: ["analyzerName", "ruleName"],
    within: "region",
    longest: 255,
    refusal: (name) => `ConflictException: An archive rule ${name} already exists.`,
  },
  "aws:athena/workgroup:Workgroup": inRegion(
    128,
    () => "InvalidRequestException: WorkGroup is already created",
  ),
  "aws:glue/catalogDatabase:CatalogDatabase": inRegion(
    255,
    () => "AlreadyExistsException: Database already exists.",
  ),
  "aws:glue/catalogTable:CatalogTable": {
    by: ["databaseName", "name"],
    within: "region",
    longest: 255,
    refusal: () => "AlreadyExistsException: Table already exists.",
  },
  "aws:serverlessrepository/cloudFormationStack:CloudFormationStack": inRegion(
    // The repository puts `serverlessrepo-` in front, and CloudFormation takes 128 characters:
    // https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html
    113,
    (name) => `AlreadyExistsException: Stack [serverlessrepo-${name}] already exists`,
  ),
  "aws:s3/bucket:Bucket": {
    by: ["bucket"],
    within: "everywhere",
    longest: 63,
    refusal: () =>
      "BucketAlreadyExists: The requested bucket name is not available. " +
      "The bucket namespace is shared by all users of the system.",
  },
  ...Object.fromEntries(bucketSettings.map((type) => [`aws:s3/${type}`, oneOf("bucket")])),
  "secrets-platform:index:SecretValue": oneOf("secretId"),
  "secrets-platform:index:ExpiringParameter": inRegion(
    2048,
    () => "ParameterAlreadyExists: The parameter already exists.",
  ),
};

/** What two resources of one type and place may not have in common; undefined where AWS makes the name up. */
export function identityOf({ by, anyCase }: AwsName, inputs: Readonly<Record<string, unknown>>) {
  if (typeof inputs[by.at(-1) ?? ""] !== "string") return undefined;
  const identity = by.map((property) => shortest(property, inputs[property] ?? "")).join("|");
  return anyCase === true ? identity.toLowerCase() : identity;
}

/** A function and a bus may be named by ARN as well, and the default bus goes without a name. */
function shortest(property: string, value: unknown): string {
  const text = String(value);
  if (property === "eventBusName" && text === "default") return "";
  if (!/^(?:function|functionName|eventBusName)$/.test(property) || !text.startsWith("arn:")) return text;
  return text.split(/[:/]/).at(-1) ?? text;
}
