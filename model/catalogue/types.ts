import type { ExternalSecretType } from "../aws/externalSecrets";
import type { RoleServiceName } from "../aws/roleServices";
import type { GeneratedForm } from "../values/generatedForm";
import type { AddressForm } from "../values/connectionFields";
import type { KeyPairKind } from "../values/keyPair";
import type { Position } from "../yaml/problem";

/**
 * What all manifests together say, checked and with every default filled in. Items are listed in the order of their
 * manifest, services by name. Values that a manifest gives once for all environments are spread over them here.
 */
export interface Catalogue {
  readonly services: readonly Service[];
}

export type PerEnvironment<T> = Readonly<Record<string, T>>;

export interface Service {
  readonly name: string;
  /** E-mail address of the owning team. */
  readonly owner: string;
  readonly description: string;
  /** Names of workload stacks, at least one, in the manifest's order. */
  readonly environments: readonly string[];
  /** `key: own`: the service has a key of its own in each environment. */
  readonly ownKey: boolean;
  /** `retire: true` on the service: protection of all its items is lifted. */
  readonly retire: boolean;
  readonly secrets: readonly Secret[];
  readonly parameters: readonly Parameter[];
  readonly consumers: readonly Consumer[];
  readonly at: Position;
}

interface Item {
  readonly name: string;
  readonly description: string;
  /** Other services whose consumers may name this item. */
  readonly shareWith: readonly string[];
  /** Own `retire` or the service's. */
  readonly retire: boolean;
  readonly at: Position;
}

export interface Secret extends Item {
  readonly kind: "secret";
  readonly rotation: Rotation;
  /** Names of the JSON fields that every value has; empty: the secret is one plain string. */
  readonly fields: readonly string[];
  /** Of a generated secret; absent: `defaultForm`. */
  readonly generated?: GeneratedValue;
  /** Present exactly for a generated secret that is a key pair. */
  readonly keyPair?: KeyPair;
  /** Present exactly for database rotations. */
  readonly database?: PerEnvironment<Database>;
  /** For databases: keeps a connection address as a field, in this form. */
  readonly url?: AddressForm;
  /** Regions beside the home region. */
  readonly replicas: readonly string[];
}

/** Signs tokens; its public keys are published. */
export interface KeyPair {
  readonly kind: KeyPairKind;
  /** Longest that a token is valid. */
  readonly tokenSeconds: number;
  /** Other services whose consumers may read the public keys. */
  readonly shareWith: readonly string[];
}

/** Forms of what this platform makes up; absent ones are `defaultForm`. */
export interface GeneratedValue {
  /** Of the one plain string. */
  readonly form?: GeneratedForm;
  /** By field, of a secret with fields. */
  readonly fields?: Readonly<Record<string, GeneratedForm>>;
}

export const databaseEngines = [
  "postgres",
  "mysql",
  "mariadb",
  "sqlserver",
  "oracle",
  "redshift",
  "documentdb",
] as const;
export type DatabaseEngine = (typeof databaseEngines)[number];

export const databaseStrategies = ["single-user", "alternating-users"] as const;
export type DatabaseStrategy = (typeof databaseStrategies)[number];

/** JSON fields every database secret has; the value AWS's published rotation functions expect. */
export const databaseFields = ["username", "password", "host", "port", "dbname", "engine"] as const;

/** JSON fields of the secrets that RDS, Redshift and DocumentDB make themselves. */
export const managedFields = ["username", "password"] as const;

export type Rotation =
  GeneratedRotation | DatabaseRotation | RdsManagedRotation | FunctionRotation | ExternalRotation;

/** When to rotate, in AWS's own terms. */
export interface RotationSchedule {
  /** `rate(30 days)` or `cron(0 4 ? * SUN *)`. */
  readonly expression: string;
  /** Longest time between two rotations, in days; at most 90. */
  readonly longestDays: number;
  /** Length of the rotation window in hours; absent: AWS's default, the rest of the day. */
  readonly windowHours?: number;
}

export interface GeneratedRotation {
  readonly method: "generated";
  readonly schedule: RotationSchedule;
}

export interface DatabaseRotation {
  readonly method: "database";
  readonly engine: DatabaseEngine;
  readonly strategy: DatabaseStrategy;
  readonly schedule: RotationSchedule;
  /** Who runs it: AWS's published application, or this platform's function (PostgreSQL only). */
  readonly hosted: "aws" | "platform";
  /** For alternating users: the secret that may change passwords, this service's or one shared with it. */
  readonly admin?: SecretReference;
}

/** A secret of a service, in the environment in question. */
export interface SecretReference {
  readonly service: string;
  readonly item: string;
}

export interface RdsManagedRotation {
  readonly method: "rds-managed";
  /** ARN of the secret that the database service made, in the workload account. */
  readonly arn: PerEnvironment<string>;
}

export interface FunctionRotation {
  readonly method: "function";
  readonly schedule: RotationSchedule;
  /** ARN of the team's function in the security account. */
  readonly arn: PerEnvironment<string>;
  /** ARN of that function's role in the security account. */
  readonly role: PerEnvironment<string>;
}

/** Secrets Manager itself rotates it at a partner of AWS. */
export interface ExternalRotation {
  readonly method: "external";
  readonly schedule: RotationSchedule;
  readonly type: ExternalSecretType;
  /** As RotateSecret takes it. */
  readonly metadata: Readonly<Record<string, string>>;
}

export interface Database {
  /** In its one spelling (`canonicalHost`), so that equal hosts are equal letter by letter. */
  readonly host: string;
  readonly port: number;
  readonly name: string;
  readonly username: string;
  /** Where reads may go, in its one spelling. */
  readonly readerHost?: string;
}

export interface Parameter extends Item {
  readonly kind: "parameter";
  readonly type: "String" | "StringList" | "SecureString";
  readonly tier: "Standard" | "Advanced";
  /** For String and StringList (entries joined by commas): the value in each environment. */
  readonly value?: PerEnvironment<string>;
  /** Name of the secret whose public keys it holds; then it has no value of the manifest's. */
  readonly keysOf?: string;
  /** For String and StringList: why anybody may know the value, though it looks random. */
  readonly public?: SaidPublic;
  /** Present exactly for SecureString. */
  readonly expires?: Expiry;
  /** Account that holds it: String and StringList always `workload`, but for public keys, which lie with their secret. */
  readonly home: "security" | "workload";
}

/** An owner's word that a value is public. */
export interface SaidPublic {
  readonly reason: string;
  readonly at: Position;
}

export type Expiry =
  | { readonly never: false; readonly afterDays: number; readonly warnDays: number }
  | { readonly never: true; readonly reason: string; readonly remindDays: number };

/** An item of a service, as a consumer names it: `item` or `service/item`, with `.field` in `environment`. */
export interface ItemReference {
  readonly service: string;
  readonly item: string;
  readonly field?: string;
}

export interface Injection {
  /** Name of the environment variable. */
  readonly variable: string;
  readonly reference: ItemReference;
  /** Name of the container beside the main one that has it. */
  readonly container?: string;
  /** File that the container makes of the variable before its program starts, which sees the file alone. */
  readonly file?: string;
}

/** A variable in plain text. */
export interface PlainVariable {
  readonly variable: string;
  readonly value: PerEnvironment<string>;
  /** Name of the container beside the main one that has it. */
  readonly container?: string;
}

interface ConsumerBase {
  readonly name: string;
  /** Read at run time by the consumer's own role. */
  readonly reads: readonly ItemReference[];
  /** Copied into the process at start by ECS or CodeBuild. */
  readonly environment: readonly Injection[];
  /** What the process is told in plain text; none for EC2. */
  readonly variables: readonly PlainVariable[];
  readonly at: Position;
}

export type Consumer =
  | LambdaConsumerSettings
  | EcsConsumerSettings
  | Ec2ConsumerSettings
  | CodeBuildConsumerSettings
  | EksConsumerSettings
  | RoleConsumerSettings;

export interface LambdaConsumerSettings extends ConsumerBase {
  readonly kind: "lambda";
  /** Absent: only a role and its log group are made. */
  readonly function?: LambdaSettings;
}

export interface LambdaSettings {
  /** Path from the repository's root. */
  readonly code: string;
  readonly handler: string;
  readonly runtime: string;
  /** Where the manifest names it; absent: it is the default. */
  readonly runtimeAt?: Position;
  readonly memoryMiB: number;
  readonly timeoutSeconds: number;
  readonly architecture: Architecture;
  /** ARNs of versions. */
  readonly layers: readonly string[];
  /** AWS's Parameters and Secrets extension. */
  readonly extension: boolean;
  readonly ephemeralStorageMiB: number;
}

export interface EcsConsumerSettings extends ConsumerBase {
  readonly kind: "ecs";
  /** Absent: only the two roles and the log group are made. */
  readonly task?: TaskSettings;
  /** Repositories of Amazon ECR that a task definition of the team's own pulls from. */
  readonly repositories: readonly string[];
  /** Secrets with logins of private registries that the execution role reads, for whichever container. */
  readonly repositoryCredentials: readonly ItemReference[];
  /** ECS service to redeploy after a rotation. */
  readonly rollout?: { readonly cluster: string; readonly service: string };
}

/** Processors that something is built for. */
export type Architecture = "x86_64" | "arm64";

/** A task, and the container in it that the consumer itself describes. */
export interface TaskSettings extends ContainerSettings {
  /** Fargate CPU units. */
  readonly cpu: number;
  readonly memoryMiB: number;
  readonly architecture: Architecture;
  /** Where the manifest gives that. */
  readonly architectureAt?: Position;
  /** Containers beside it, by their names. */
  readonly sidecars: Readonly<Record<string, SidecarSettings>>;
}

export interface SidecarSettings extends ContainerSettings {
  /** It runs to its end before those start that stay. */
  readonly init?: true;
}

export interface ContainerSettings {
  readonly image: string;
  /** Where the manifest names it. */
  readonly imageAt: Position;
  /** In place of the image's; present wherever files are written. */
  readonly entryPoint?: readonly string[];
  readonly command?: readonly string[];
  readonly ports: readonly Port[];
  /** `UID:GID` or a name; absent: an ordinary user without a name. */
  readonly user?: string;
  readonly writable: readonly WritableFolder[];
  readonly healthCheck?: HealthCheck;
  /** Absent: 30, as ECS has it. */
  readonly stopTimeoutSeconds?: number;
  /** Secret with the login of a private registry. */
  readonly repositoryCredentials?: ItemReference;
}

export interface Port {
  readonly port: number;
  readonly protocol: "tcp" | "udp";
}

/** A folder in memory. */
export interface WritableFolder {
  readonly path: string;
  readonly sizeMiB: number;
}

export interface HealthCheck {
  /** As ECS takes it: `CMD-SHELL` and a command of the shell, or `CMD` and words. */
  readonly command: readonly string[];
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly retries: number;
  readonly startPeriodSeconds?: number;
}

export interface Ec2ConsumerSettings extends ConsumerBase {
  readonly kind: "ec2";
  /** Absent: only the role and its instance profile are made. */
  readonly instance?: InstanceSettings;
}

export interface InstanceSettings {
  readonly instanceType: string;
  /** Network hops that credentials of its role may make; 2 reaches its containers. */
  readonly hopLimit: number;
  /** Where the manifest gives that. */
  readonly hopLimitAt?: Position;
}

export interface CodeBuildConsumerSettings extends ConsumerBase {
  readonly kind: "codebuild";
  /** Absent: only the role and its log group are made. */
  readonly project?: BuildProjectSettings;
  /** Repositories of Amazon ECR that a build project of the team's own takes its image from. */
  readonly repositories: readonly string[];
}

export interface BuildProjectSettings {
  /** Repository or object the build starts from; absent: no source, the commands stand alone. */
  readonly source?: { readonly type: "CODECOMMIT" | "GITHUB" | "S3"; readonly location: string };
  /** A file in the source, or commands of an inline build specification. */
  readonly buildspec: { readonly file: string } | { readonly commands: readonly string[] };
  readonly image: string;
  /** Where the manifest names it; absent: it is the default. */
  readonly imageAt?: Position;
}

/** Pods of one service account. */
export interface EksConsumerSettings extends ConsumerBase {
  readonly kind: "eks";
  readonly namespace: PerEnvironment<string>;
  readonly serviceAccount: PerEnvironment<string>;
  /** Name of the cluster; absent: any of the account, or that of `oidcProvider`. */
  readonly cluster?: PerEnvironment<string>;
  /** Issuer of the cluster's tokens, without `https://`; never beside `cluster`. */
  readonly oidcProvider?: PerEnvironment<string>;
}

/** A role that its team hands to a service of AWS. */
export interface RoleConsumerSettings extends ConsumerBase {
  readonly kind: "role";
  readonly service: RoleServiceName;
}
