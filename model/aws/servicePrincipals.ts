/** By which a service tells on whose behalf it calls: for a resource of that account, or for that one resource. */
export type SourceKey = "aws:SourceAccount" | "aws:SourceArn";

/**
 * Where a policy names a service: the trust of a role that it assumes, or the policy of a function that it invokes, a
 * key it encrypts with, a topic it publishes to, a queue it sends to, a bucket it writes to.
 */
export type ServicePlace = "role" | "function" | "key" | "topic" | "queue" | "bucket";

export interface ServiceUse {
  /** Every key that AWS says the service sends there; a condition on any other is never met. */
  readonly sends: readonly SourceKey[];
  /** Keys that another page of AWS's shows. Nothing is asked for them here, and who asks for them is right as well. */
  readonly disputed?: { readonly keys: readonly SourceKey[]; readonly page: string };
  /** Of a key: what its calls carry as encryption context. `kms:DescribeKey` carries none, whoever calls. */
  readonly contexts?: readonly string[];
  /** AWS's page that says so, or that shows the policy without a source where it sends none. */
  readonly page: string;
  /** Where it sends no source: what else limits whom it can act for. */
  readonly limit?: string;
}

/**
 * A role can be handed to a service by its own account alone, so none of another account's resources runs as it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
 */
const passRole = "iam:PassRole hands a role to a service within its own account alone";

interface Unsourced extends ServiceUse {
  readonly sends: readonly [];
}

/** The page on the role itself shows a trust without a source, another of the same service shows both keys. */
function differing(page: string, other: string): Unsourced {
  return {
    sends: [],
    page: `https://docs.aws.amazon.com/${page}`,
    limit: passRole,
    disputed: {
      keys: ["aws:SourceAccount", "aws:SourceArn"],
      page: `https://docs.aws.amazon.com/${other}`,
    },
  };
}

/** Services whose roles may be made elsewhere in an account: each page shows a trust with both keys. */
function both(page: string): ServiceUse {
  return { sends: ["aws:SourceAccount", "aws:SourceArn"], page: `https://docs.aws.amazon.com/${page}` };
}

/**
 * What AWS's services send with their calls, by the name in front of the domain in their principal, and by place: policies
 * are made from it and judged by it. AWS keeps no such list, and asking for what is not sent ends in a service that cannot
 * do its work; so where its pages are silent, or say different things, nothing is asked.
 */
export const servicePrincipals = {
  bedrock: { role: both("bedrock/latest/userguide/kb-permissions.html") },
  /** Its page on roles shows no trust. */
  chatbot: {
    role: {
      sends: [],
      page: "https://docs.aws.amazon.com/chatbot/latest/adminguide/understanding-permissions.html",
      limit: passRole,
    },
  },
  cloudtrail: {
    bucket: both("awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html"),
    key: {
      ...both("awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html"),
      contexts: ["aws:cloudtrail:arn"],
    },
    /**
     * Its page on the role knows no source, and with one CreateTrail fails: "Check the trust relationships for your
     * role" (https://github.com/prowler-cloud/prowler/issues/4714).
     */
    role: {
      sends: [],
      page: "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-required-policy-for-cloudwatch-logs.html",
      limit: `${passRole}, and the role writes to one log group`,
    },
    topic: both("awscloudtrail/latest/userguide/cloudtrail-permissions-for-sns-notifications.html"),
  },
  cloudwatch: {
    key: {
      ...both("sns/latest/dg/sns-key-management.html#compatibility-with-aws-services"),
      contexts: ["aws:sns:topicArn"],
    },
    topic: both("sns/latest/dg/sns-access-policy-use-cases.html"),
  },
  codebuild: { role: both("codebuild/latest/userguide/setting-up-service-role.html") },
  config: { role: both("config/latest/developerguide/iamrole-permissions.html") },
  "delivery.logs": { bucket: both("AmazonCloudWatch/latest/logs/AWS-logs-and-resource-policy.html") },
  /** Its principal names the region as well, where it reads the login of an endpoint. */
  dms: {
    role: differing(
      "dms/latest/userguide/security_iam_secretsmanager.html",
      "dms/latest/userguide/cross-service-confused-deputy-prevention.html",
    ),
  },
  ec2: {
    role: {
      sends: [],
      page: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/iam-roles-for-amazon-ec2.html",
      limit: passRole,
    },
  },
  "ecs-tasks": { role: both("AmazonECS/latest/developerguide/task-iam-roles.html") },
  "encryption.athena": {
    key: { ...both("athena/latest/ug/managed-results.html"), contexts: ["aws:athena:arn"] },
  },
  events: {
    /** With an account it invokes nothing, the page says. */
    function: {
      sends: ["aws:SourceArn"],
      page: "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-troubleshooting.html#eb-lam-function-not-invoked",
    },
    /** The page asks for the rule, and for no account. */
    queue: {
      sends: ["aws:SourceArn"],
      page: "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-sqs-permissions",
    },
    role: both("eventbridge/latest/userguide/cross-service-confused-deputy-prevention.html"),
  },
  glue: {
    role: differing(
      "glue/latest/dg/create-an-iam-role.html",
      "glue/latest/dg/cross-service-confused-deputy-prevention.html",
    ),
  },
  iot: { role: both("iot/latest/developerguide/cross-service-confused-deputy-prevention.html") },
  /** AWS's user guide shows the plain trust; samples of AWS's own ask for an account (github.com/aws/agent-toolkit-for-aws). */
  lambda: {
    role: {
      sends: [],
      page: "https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html",
      limit: passRole,
    },
  },
  "logging.s3": { bucket: both("AmazonS3/latest/userguide/enable-server-access-logging.html") },
  /** Its principal names the region as well. */
  logs: {
    key: {
      sends: [],
      contexts: ["aws:logs:arn"],
      page: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html",
      limit: "the encryption context names the log group, and so its account",
    },
  },
  "monitoring.rds": { role: both("AmazonRDS/latest/UserGuide/USER_Monitoring.OS.Enabling.html") },
  /** Its page shows tags that a session gets in place of a source; `eks-cluster-arn` of them names the cluster's account. */
  "pods.eks": {
    role: {
      sends: [],
      page: "https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html",
      limit: `${passRole}, and tags of the request name cluster, namespace and service account`,
      disputed: {
        keys: ["aws:SourceAccount", "aws:SourceArn"],
        page: "https://aws-samples.github.io/sample-eks-nitro-sandbox/ci-cd/docker-builds/iam/pod-identity-trust.json",
      },
    },
  },
  pipes: { role: both("eventbridge/latest/userguide/cross-service-confused-deputy-prevention.html") },
  rds: {
    role: differing(
      "AmazonRDS/latest/UserGuide/rds-proxy-iam-setup.html",
      "AmazonRDS/latest/UserGuide/cross-service-confused-deputy-prevention.html",
    ),
  },
  sagemaker: { role: both("sagemaker/latest/dg/security-confused-deputy-prevention.html") },
  scheduler: { role: both("scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html") },
  secretsmanager: {
    function: both("secretsmanager/latest/userguide/rotate-secrets_turn-on-for-other.html"),
    role: both("secretsmanager/latest/userguide/mes-security.html"),
  },
  ssm: { role: both("systems-manager/latest/userguide/cross-service-confused-deputy-prevention.html") },
  states: { role: both("step-functions/latest/dg/procedure-create-iam-role.html") },
  "tasks.apprunner": {
    role: {
      sends: [],
      page: "https://docs.aws.amazon.com/apprunner/latest/dg/security_iam_service-with-iam.html",
      limit: passRole,
    },
  },
  transfer: { role: both("transfer/latest/userguide/confused-deputy.html") },
  "vpc-flow-logs": { role: both("vpc/latest/userguide/flow-logs-iam-role.html") },
} as const satisfies Readonly<Record<string, Partial<Readonly<Record<ServicePlace, ServiceUse>>>>>;
