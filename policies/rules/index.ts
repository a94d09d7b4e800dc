import type { Rule, RuleGroup } from "./rule";
import { accountAnalyzer } from "./accessanalyzer/account-analyzer";
import { trailBase } from "./cloudtrail/trail-base";
import { trailBucketLogged } from "./cloudtrail/trail-bucket-logged";
import { trailKmsEvents } from "./cloudtrail/trail-kms-events";
import { alarmActions } from "./cloudwatch/alarm-actions";
import { alarmsCis } from "./cloudwatch/alarms-cis";
import { alarmsSecrets } from "./cloudwatch/alarms-secrets";
import { buildCmk } from "./codebuild/build-cmk";
import { buildEnvSecret } from "./codebuild/build-env-secret";
import { buildHardening } from "./codebuild/build-hardening";
import { endpointPolicy } from "./ec2/endpoint-policy";
import { instanceMetadata } from "./ec2/instance-metadata";
import { instanceProfile } from "./ec2/instance-profile";
import { instanceUserData } from "./ec2/instance-user-data";
import { networkFlowLogs } from "./ec2/network-flow-logs";
import { taskEnvSecret } from "./ecs/task-env-secret";
import { taskExecutionMinimal } from "./ecs/task-execution-minimal";
import { taskHardening } from "./ecs/task-hardening";
import { taskRoles } from "./ecs/task-roles";
import { taskValueFrom } from "./ecs/task-value-from";
import { boundaryOpen } from "./iam/boundary-open";
import { iamActionStar } from "./iam/iam-action-star";
import { iamAdmin } from "./iam/iam-admin";
import { iamDecryptStar } from "./iam/iam-decrypt-star";
import { iamEnvironmentCross } from "./iam/iam-environment-cross";
import { iamNotElements } from "./iam/iam-not-elements";
import { iamPassRole } from "./iam/iam-pass-role";
import { iamPrivilegeEscalation } from "./iam/iam-privilege-escalation";
import { iamResourceStar } from "./iam/iam-resource-star";
import { iamSecretRead } from "./iam/iam-secret-read";
import { iamSessionVariables } from "./iam/iam-session-variables";
import { roleBoundary } from "./iam/role-boundary";
import { roleConflict } from "./iam/role-conflict";
import { trustConsumer } from "./iam/trust-consumer";
import { trustDeputy } from "./iam/trust-deputy";
import { trustOidc } from "./iam/trust-oidc";
import { trustPods } from "./iam/trust-pods";
import { trustStar } from "./iam/trust-star";
import { keyAdminSplit } from "./kms/key-admin-split";
import { keyCrossAccount } from "./kms/key-cross-account";
import { keyDeletion } from "./kms/key-deletion";
import { keyLockout } from "./kms/key-lockout";
import { keyNoStar } from "./kms/key-no-star";
import { keyPolicy } from "./kms/key-policy";
import { keyRotation } from "./kms/key-rotation";
import { functionEnvCmk } from "./lambda/function-env-cmk";
import { functionEnvSecret } from "./lambda/function-env-secret";
import { functionPublic } from "./lambda/function-public";
import { functionRuntime } from "./lambda/function-runtime";
import { logsBase } from "./logs/logs-base";
import { logsFunction } from "./logs/logs-function";
import { secretBlockPublic } from "./secretsmanager/secret-block-public";
import { secretCmk } from "./secretsmanager/secret-cmk";
import { secretCrossAccountKey } from "./secretsmanager/secret-cross-account-key";
import { secretKeyMatch } from "./secretsmanager/secret-key-match";
import { secretPolicy } from "./secretsmanager/secret-policy";
import { secretPolicyScoped } from "./secretsmanager/secret-policy-scoped";
import { secretRecovery } from "./secretsmanager/secret-recovery";
import { secretReplicaCmk } from "./secretsmanager/secret-replica-cmk";
import { secretRotation } from "./secretsmanager/secret-rotation";
import { secretRotator } from "./secretsmanager/secret-rotator";
import { secretRotationMax } from "./secretsmanager/secret-rotation-max";
import { secretTags } from "./secretsmanager/secret-tags";
import { secretValueInCode } from "./secretsmanager/secret-value-in-code";
import { topicCmk } from "./sns/topic-cmk";
import { topicPolicy } from "./sns/topic-policy";
import { parameterCmk } from "./ssm/parameter-cmk";
import { parameterExpiry } from "./ssm/parameter-expiry";
import { parameterExpiryBounds } from "./ssm/parameter-expiry-bounds";
import { parameterExpiryRouted } from "./ssm/parameter-expiry-routed";
import { parameterPath } from "./ssm/parameter-path";
import { parameterSecure } from "./ssm/parameter-secure";
import { parameterValueInCode } from "./ssm/parameter-value-in-code";

/** Every rule of the pack, by the service whose resources it looks at. */
export const ruleGroups: readonly RuleGroup[] = [
  {
    service: "Secrets Manager",
    rules: [
      secretCmk,
      secretRotation,
      secretRotator,
      secretRotationMax,
      secretPolicy,
      secretPolicyScoped,
      secretBlockPublic,
      secretCrossAccountKey,
      secretKeyMatch,
      secretRecovery,
      secretValueInCode,
      secretReplicaCmk,
      secretTags,
    ],
  },
  {
    service: "Parameter Store",
    rules: [
      parameterSecure,
      parameterCmk,
      parameterExpiry,
      parameterExpiryBounds,
      parameterExpiryRouted,
      parameterPath,
      parameterValueInCode,
    ],
  },
  {
    service: "KMS",
    rules: [keyRotation, keyPolicy, keyNoStar, keyDeletion, keyLockout, keyCrossAccount, keyAdminSplit],
  },
  {
    service: "IAM",
    rules: [
      iamAdmin,
      iamActionStar,
      iamResourceStar,
      iamDecryptStar,
      iamSecretRead,
      iamSessionVariables,
      iamEnvironmentCross,
      iamPrivilegeEscalation,
      iamPassRole,
      iamNotElements,
      trustStar,
      trustDeputy,
      trustOidc,
      trustPods,
      trustConsumer,
      roleBoundary,
      roleConflict,
      boundaryOpen,
    ],
  },
  { service: "Lambda", rules: [functionEnvCmk, functionEnvSecret, functionPublic, functionRuntime] },
  { service: "ECS", rules: [taskEnvSecret, taskValueFrom, taskRoles, taskExecutionMinimal, taskHardening] },
  { service: "CodeBuild", rules: [buildEnvSecret, buildCmk, buildHardening] },
  {
    service: "EC2",
    rules: [instanceMetadata, instanceUserData, instanceProfile, endpointPolicy, networkFlowLogs],
  },
  { service: "IAM Access Analyzer", rules: [accountAnalyzer] },
  { service: "CloudTrail", rules: [trailBase, trailKmsEvents, trailBucketLogged] },
  { service: "CloudWatch", rules: [alarmsCis, alarmsSecrets, alarmActions] },
  { service: "SNS", rules: [topicCmk, topicPolicy] },
  { service: "CloudWatch Logs", rules: [logsBase, logsFunction] },
];

export const rules: readonly Rule[] = ruleGroups.flatMap((group) => group.rules);
