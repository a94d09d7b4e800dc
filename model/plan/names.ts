import { createHash } from "node:crypto";

/**
 * Every name AWS knows our things by. All are functions of the manifest and nothing else, so that policies can name
 * what does not exist yet.
 */

export function secretName(service: string, environment: string, secret: string): string {
  return `${service}/${environment}/${secret}`;
}

export function parameterName(service: string, environment: string, parameter: string): string {
  return `/${service}/${environment}/${parameter}`;
}

/** No item is called so: it is the branch of what the platform tells of a service. */
export const referencesBranch = "platform";

/** Parameter that says where a consumer finds its values. */
export function referencesName(service: string, environment: string, consumer: string): string {
  return parameterName(service, environment, `${referencesBranch}/${consumer}`);
}

/** Last part of the alias of an environment's key; no service with a key of its own is called so. */
const environmentsKey = "configuration";

/** `service` given: the key of that service alone. */
export function keyAlias(environment: string, service = environmentsKey): string {
  return `alias/${environment}/${service}`;
}

/** What a consumer's things are called: its role, function, log group, build project, launch template. */
export function consumerName(service: string, environment: string, consumer: string): string {
  return `${service}-${environment}-${consumer}`;
}

/** An ECS consumer has a role of each use; every other kind has one role without a suffix. */
export type RoleSuffix = "execution" | "task";

/** At most 64 characters, IAM's limit; unique in an account whatever its path. */
export function roleName(
  service: string,
  environment: string,
  consumer: string,
  suffix?: RoleSuffix,
): string {
  const name = consumerName(service, environment, consumer);
  return shorten(suffix === undefined ? name : `${name}-${suffix}`, 64);
}

export function rolePath(service: string): string {
  return `/services/${service}/`;
}

/** Last step of the path of consumers' roles that nothing in the platform's network runs as. No service is called so. */
export const elsewhereStep = "_elsewhere";

/** Of roles for pods and for services that a team sets up itself: alarms on addresses know by it that they read from elsewhere. */
export function elsewherePath(service: string): string {
  return `${rolePath(service)}${elsewhereStep}/`;
}

/** Behind a secret's name: what its public keys are named by. No item's own name has a dot. */
export const publicKeysSuffix = ".jwks";

/** What the tag `service` says of things that belong to the platform itself. */
export const platformService = "platform";

/** Path of the roles this platform makes for people and its own functions. */
export const platformPath = "/platform/";

/** Path of consumers' roles; reserved to the deployer by the organisation policy, since names are grants. */
export const servicesPath = "/services/";

/** Path of the roles of teams' own rotation functions; reserved in the same way. */
export const rotationPath = "/rotation/";

/** A role under `rotationPath`, as it stands behind `role` in an ARN; no step of it is `.` or `..`. */
export const rotationRolePattern = `${rotationPath}(?:(?!\\.{1,2}/)[\\w+=,.@-]+/)*(?!\\.{1,2}$)[\\w+=,.@-]{1,64}`;

/** At most 64 characters, Lambda's limit. */
export function functionName(service: string, environment: string, consumer: string): string {
  return shorten(consumerName(service, environment, consumer), 64);
}

/** What the names of the platform's rotation functions begin with. */
const rotatorPrefix = "rotation-";

/** Function of the security account that rotates secrets of one kind in one environment. */
export function rotatorName(environment: string, kind: string): string {
  return shorten(`${rotatorPrefix}${environment}-${kind}`, 64);
}

/**
 * Role that Secrets Manager assumes to rotate one secret at a partner of AWS, in the security account. The hash of the
 * secret's whole name keeps those apart whose parts, joined by hyphens, are the same. At most 64 characters, IAM's limit.
 */
export function partnerRoleName(secret: string): string {
  const [service = "", environment = "", item = ""] = secret.split("/");
  const name = rotatorName(environment, `partner-${service}-${item}`);
  return `${name.slice(0, 64 - 9)}-${hash(secret, 8)}`;
}

/** Whether a name is one that the platform gives functions of its own: no team's function is called so. */
export function isPlatformFunction(name: string): boolean {
  return name.startsWith(rotatorPrefix) || (Object.values(platformFunctionNames) as string[]).includes(name);
}

/** A service, by what decides which key its values are under. */
export interface KeyOwner {
  readonly name: string;
  readonly ownKey: boolean;
}

/**
 * What sets AWS's rotation applications of an environment apart: each takes one key over what it rotates and one
 * administrator's secret. The key goes without saying where it is the administrator's, or the environment's.
 */
export function hostedRotatorIdentity(
  method: { readonly engine: string; readonly strategy: string },
  service: KeyOwner,
  admin: { readonly owner: KeyOwner; readonly item: string } | undefined,
): readonly string[] {
  const key = keyOwner(service);
  const expectedKey = admin === undefined ? environmentsKey : keyOwner(admin.owner);
  return [
    method.engine,
    method.strategy,
    ...(key === expectedKey ? [] : [key]),
    ...(admin === undefined ? [] : [`${admin.owner.name}-${admin.item}`]),
  ];
}

function keyOwner({ name, ownKey }: KeyOwner): string {
  return ownKey ? name : environmentsKey;
}

/**
 * CloudFormation stack of one of AWS's rotation applications. Nine characters: behind the `serverlessrepo-` that AWS
 * adds they make up the 24 that CloudFormation keeps of a stack's name when it shortens the names of its roles, so
 * the roles can be recognised by prefix.
 */
export function hostedStackName(...identity: readonly string[]): string {
  return `sp${hash(identity.join("\n"), 7)}`;
}

export const hostedStackPrefix = "serverlessrepo-";

/** Keeps `name` when it fits, else cuts it and ends it in a hash of the whole, so that it stays unique. */
export function shorten(name: string, limit: number): string {
  return name.length <= limit ? name : `${name.slice(0, limit - 9)}-${hash(name, 8)}`;
}

/** The first `length` letters and digits of a SHA-256 in base 36. */
function hash(text: string, length: number): string {
  const digest = createHash("sha256").update(text).digest("hex");
  return BigInt(`0x${digest}`).toString(36).padStart(50, "0").slice(0, length);
}

/** Roles for people, under `/platform/`, of the same name in every account. */
export const platformRoleNames = {
  writers: "secrets-writers",
  developers: "secrets-developers",
  auditors: "secrets-auditors",
  breakGlass: "secrets-break-glass",
} as const;

/** The permissions boundary of every role under `/services/`. */
export function boundaryName(environment: string): string {
  return `services-boundary-${environment}`;
}

/** The trail of every account. */
export const trailName = "secrets-platform";

/** What looks for access from outside every account. */
export const analyzerName = "secrets-platform";

/** Where CloudTrail writes for alarms to read. */
export const trailLogGroupName = "/secrets-platform/trail";

/** Where the flow logs of a workload account's network go. */
export const flowLogGroupName = "/secrets-platform/network";

/** What the name of the audit bucket begins with; random digits follow, since names are unique in the whole world. */
export const archiveBucketPrefix = "secrets-platform-trails";

/** What stands behind that bucket's name in the name of the one that requests to it are logged in. */
export const accessLogSuffix = "-access";

/** What the keys of those logs begin with. */
export const accessLogPrefix = "requests/";

/** Alias of the key over that bucket. */
export const archiveKeyAlias = "alias/log-archive";

/** What Athena knows that bucket's records by; Glue takes no hyphens. */
export const archiveQueryNames = {
  database: "secrets_platform",
  table: "trail_records",
  workgroup: "secrets-platform-audit",
} as const;

/** Where alarms, rules and the daily watch of an account tell what needs a person. */
export const noticesTopicName = "secrets-platform-notices";

export function lambdaLogGroupName(functionName: string): string {
  return `/aws/lambda/${functionName}`;
}

export function ecsLogGroupName(consumer: string): string {
  return `/ecs/${consumer}`;
}

export function buildLogGroupName(project: string): string {
  return `/aws/codebuild/${project}`;
}

/** Event bus of a workload account that its security account tells of rotations. */
export const rotationBusName = "secrets-platform-rotations";

/** Rotations that wait for their rollout, and those whose rollout was given up. FIFO queues are called so. */
export const rolloutQueueNames = {
  waiting: "rotation-rollout.fifo",
  failed: "rotation-rollout-failed.fifo",
} as const;

/** Rule of the security account that hands an environment's rotations on. */
export function rotationEventsRule(environment: string): string {
  return `${platformFunctionNames.rotationEvents}-${environment}`;
}

/** Roles and functions of the platform beside the rotation functions, under `/platform/`. */
export const platformFunctionNames = {
  expiryWatch: "expiry-watch",
  rollout: "rotation-rollout",
  /** Role by which the security account's events reach the workload accounts. */
  rotationEvents: "rotation-events",
  /** Role by which an account's rules reach its notices topic. */
  eventRules: "event-notices",
  /** Role that chat channels are told by. */
  chatNotices: "chat-notices",
  /** Role by which a trail writes to its log group. */
  trail: "secrets-platform-trail",
  /** Role by which flow logs of the network are written. */
  flowLogs: "network-flow-logs",
  /** Role of a workload account by which its rotation function reads logins of administrators that a database service manages. */
  administrators: "rotation-administrators",
} as const;
