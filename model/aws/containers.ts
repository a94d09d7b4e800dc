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

/**
 * Folders of the kernel, and those that programs and their libraries lie in: a folder in memory begins empty and hides what
 * the image has there, without which nothing starts, not even a shell.
 * https://docs.docker.com/engine/storage/tmpfs/
 * https://refspecs.linuxfoundation.org/FHS_3.0/fhs/index.html
 */
const covered = String.raw`\/(?:proc|sys|dev)(?:\/|$)`;
const programs = String.raw`\/(?:s?bin|lib(?:32|64|x32)?|usr(?:\/(?:s?bin|lib(?:32|64|x32)?))?)`;
const names = String.raw`(?:\/(?!\.{1,2}(?:\/|$))[A-Za-z0-9._-]+)`;

/** A file in such a folder, which is never the root. */
export const filePaths = new RegExp(
  String.raw`^(?!${covered})(?!${programs}\/[^/]+$)(?=.{4,255}$)${names}{2,}$`,
);

/** A folder of a container that may be covered by another file system, and no way back up. */
export const mountablePaths = new RegExp(String.raw`^(?!${covered})(?!${programs}$)(?=.{2,255}$)${names}+$`);

/** Where neither may be, in words. */
export const coveredPaths = "/proc, /sys, /dev and folders of programs, such as /bin and /usr/lib";
