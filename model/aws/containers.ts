/**
 * What Amazon ECS takes of a container on Fargate, in seconds where it is a time.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
 */
export const containerLimits = {
  healthInterval: { from: 5, to: 300, unit: "seconds" },
  healthTimeout: { from: 2, to: 60, unit: "seconds" },
  healthRetries: { from: 1, to: 10, unit: "tries" },
  healthStartPeriod: { from: 1, to: 300, unit: "seconds" },
  /** The longest on Fargate. */
  stopTimeout: { from: 1, to: 120, unit: "seconds" },
} as const;

/** Of one task definition. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html */
export const mostContainers = 10;

/** Bytes of a task definition. Same page. */
export const taskDefinitionBytes = 64 * 1_024;

/**
 * An ordinary user of a container: a name or a number, with a group or without, and not root. Numbers are positive.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html#ECS-Type-ContainerDefinition-user
 */
export const ordinaryUsers =
  /^(?!root(?::|$))(?:[1-9]\d{0,8}|[a-z_][a-z0-9_-]{0,31})(?::(?:[1-9]\d{0,8}|[a-z_][a-z0-9_-]{0,31}))?$/;

/** A file in such a folder, which is never the root. */
export const filePaths =
  /^(?!\/(?:proc|sys|dev)(?:\/|$))(?=.{4,255}$)(?:\/(?!\.{1,2}(?:\/|$))[A-Za-z0-9._-]+){2,}$/;

/** A folder of a container that may be covered by another file system: none of the kernel's, and no way back up. */
export const mountablePaths =
  /^(?!\/(?:proc|sys|dev)(?:\/|$))(?=.{2,255}$)(?:\/(?!\.{1,2}(?:\/|$))[A-Za-z0-9._-]+)+$/;
