/**
 * By class: the type of each component. It is part of every URN in every state that was ever written, so that another one
 * would replace what is deployed.
 */
export const types: Readonly<Record<string, string>> = {
  AccessAlarms: "secrets-platform:account:AccessAlarms",
  AccessAnalyzer: "secrets-platform:account:AccessAnalyzer",
  AuditTrail: "secrets-platform:account:AuditTrail",
  BreakGlassRole: "secrets-platform:account:BreakGlassRole",
  EnvironmentKey: "secrets-platform:account:EnvironmentKey",
  EventRules: "secrets-platform:account:EventNotices",
  ExpiryWatch: "secrets-platform:account:ExpiryWatch",
  NoticesTopic: "secrets-platform:account:NoticesTopic",
  OperationsKey: "secrets-platform:account:OperationsKey",
  PlatformRole: "secrets-platform:account:PlatformRole",
  SecureParameter: "secrets-platform:account:SecureParameter",
  ArchiveQueries: "secrets-platform:security:ArchiveQueries",
  HostedRotation: "secrets-platform:security:HostedRotation",
  LogArchive: "secrets-platform:security:LogArchive",
  RotatingSecret: "secrets-platform:security:RotatingSecret",
  RotationEvents: "secrets-platform:security:RotationEvents",
  PublicKeys: "secrets-platform:security:PublicKeys",
  RotationFunction: "secrets-platform:security:RotationFunction",
  Boundary: "secrets-platform:workload:Boundary",
  CodeBuildConsumer: "secrets-platform:workload:CodeBuildConsumer",
  EksConsumer: "secrets-platform:workload:EksConsumer",
  RoleConsumer: "secrets-platform:workload:RoleConsumer",
  Ec2Consumer: "secrets-platform:workload:Ec2Consumer",
  EcsConsumer: "secrets-platform:workload:EcsConsumer",
  LambdaConsumer: "secrets-platform:workload:LambdaConsumer",
  Network: "secrets-platform:workload:Network",
  PlainParameter: "secrets-platform:workload:PlainParameter",
  RotationRollout: "secrets-platform:workload:RotationRollout",
};
