/** Where policy documents stand in resources, and the file of their kind. Others stay in the stack's file. */
const files: Readonly<Record<string, string>> = {
  "aws:cloudwatch/eventBusPolicy:EventBusPolicy policy": "busPolicies.json",
  "aws:ec2/vpcEndpoint:VpcEndpoint policy": "endpointPolicies.json",
  "aws:iam/policy:Policy policy": "boundaries.json",
  "aws:iam/role:Role assumeRolePolicy": "trusts.json",
  "aws:iam/rolePolicy:RolePolicy policy": "rolePolicies.json",
  "aws:kms/key:Key policy": "keyPolicies.json",
  "aws:s3/bucketPolicy:BucketPolicy policy": "bucketPolicies.json",
  "aws:secretsmanager/secretPolicy:SecretPolicy policy": "secretPolicies.json",
  "aws:sns/topicPolicy:TopicPolicy policy": "topicPolicies.json",
  "aws:sqs/queuePolicy:QueuePolicy policy": "queuePolicies.json",
};

/** `property` is the name of an input. */
export function fileOfDocument(type: string, property: string): string | undefined {
  return files[`${type} ${property}`];
}
