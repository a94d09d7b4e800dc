import type { Properties } from "../properties";

/**
 * Values that the real provider fills in for inputs the program left out, by type token without the `aws:` in front;
 * policies see them. Only types this project uses, and only defaults that are the same for everybody.
 */
const byType: Record<string, Properties> = {
  "secretsmanager/secret:Secret": { forceOverwriteReplicaSecret: false, recoveryWindowInDays: 30 },
  "kms/key:Key": {
    bypassPolicyLockoutSafetyCheck: false,
    customerMasterKeySpec: "SYMMETRIC_DEFAULT",
    enableKeyRotation: false,
    isEnabled: true,
    keyUsage: "ENCRYPT_DECRYPT",
  },
  "kms/replicaKey:ReplicaKey": {
    bypassPolicyLockoutSafetyCheck: false,
    deletionWindowInDays: 30,
    enabled: true,
  },
  "iam/role:Role": { forceDetachPolicies: false, maxSessionDuration: 3600, path: "/" },
  "iam/policy:Policy": { path: "/" },
  "iam/instanceProfile:InstanceProfile": { path: "/" },
  "lambda/function:Function": {
    memorySize: 128,
    packageType: "Zip",
    publish: false,
    reservedConcurrentExecutions: -1,
    skipDestroy: false,
    timeout: 3,
  },
  "cloudwatch/logGroup:LogGroup": { retentionInDays: 0, skipDestroy: false },
  "cloudwatch/eventRule:EventRule": { eventBusName: "default", forceDestroy: false },
  "cloudwatch/eventTarget:EventTarget": { eventBusName: "default", forceDestroy: false },
  "cloudwatch/metricAlarm:MetricAlarm": { actionsEnabled: true, treatMissingData: "missing" },
  "cloudtrail/trail:Trail": {
    enableLogFileValidation: false,
    enableLogging: true,
    includeGlobalServiceEvents: true,
    isMultiRegionTrail: false,
    isOrganizationTrail: false,
  },
  "codebuild/project:Project": { buildTimeout: 60, projectVisibility: "PRIVATE", queuedTimeout: 480 },
  "ecs/taskDefinition:TaskDefinition": { skipDestroy: false, trackLatest: false },
  "ec2/securityGroup:SecurityGroup": { description: "Managed by Pulumi", revokeRulesOnDelete: false },
  "ec2/vpc:Vpc": { enableDnsSupport: true, instanceTenancy: "default" },
  "ec2/subnet:Subnet": { assignIpv6AddressOnCreation: false, mapPublicIpOnLaunch: false },
  "ec2/vpcEndpoint:VpcEndpoint": { vpcEndpointType: "Gateway" },
  "ram/resourceShare:ResourceShare": { allowExternalPrincipals: false },
  "s3/bucketPublicAccessBlock:BucketPublicAccessBlock": {
    blockPublicAcls: false,
    blockPublicPolicy: false,
    ignorePublicAcls: false,
    restrictPublicBuckets: false,
  },
  "sns/topic:Topic": { contentBasedDeduplication: false, fifoTopic: false },
};

/** Defaults of the inputs of one type. */
export function defaultsOf(type: string): Properties {
  return byType[type.replace(/^aws:/, "")] ?? {};
}
