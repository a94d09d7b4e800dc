import type { Partition } from "../aws/partitions";
import type { TlsMode } from "../functions/rotation";

export type { Partition };

/** What Pulumi.yaml and the stacks' files say about the organisation, checked. */
export interface Organisation {
  /** `o-` and 10 to 32 letters and digits. */
  readonly id: string;
  readonly partition: Partition;
  /** The one region of all stacks; secrets reach others by `replicas`. */
  readonly region: string;
  readonly stacks: readonly Stack[];
  readonly principals: Principals;
}

/** Stack = account. */
export type Stack = SecurityStack | WorkloadStack;

interface StackBase {
  /** Pulumi stack name. */
  readonly name: string;
  /** 12 digits. */
  readonly account: string;
  /** @default the platform's own trail */
  readonly trail?: TrailSettings;
  /** `existing`: something else looks for access from outside the account. @default the platform's own analyzer */
  readonly accessAnalyzer?: "existing";
  /** @default `defaultAlarms` of model/detection */
  readonly alarms?: AlarmSettings;
  /** @default nobody is told */
  readonly notices?: NoticeSettings;
  /** @default what the account has, for whoever comes first */
  readonly concurrency?: ConcurrencySettings;
}

/** Holds keys, secrets and `home: security` parameters of the environments it names. */
export interface SecurityStack extends StackBase {
  readonly kind: "security";
  readonly environments: readonly string[];
  /** By environment: where in the security account rotation functions reach that environment's databases. */
  readonly rotationNetwork: Readonly<Record<string, RotationNetwork>>;
  /** Set in the one security stack that holds the organisation's audit bucket. */
  readonly logArchive?: LogArchiveSettings;
}

export interface RotationNetwork {
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
  /**
   * How this platform's own function checks the databases' certificates (`model/functions/rotation`), and whether AWS's
   * functions, which know a full check and plain text only, demand TLS (`model/values/databaseSecret`).
   * @default `verify-full`
   */
  readonly tls?: TlsMode | undefined;
}

export interface LogArchiveSettings {
  /** Days each object is locked in GOVERNANCE mode. */
  readonly lockDays: number;
  /** Days until objects expire; more than `lockDays`. */
  readonly keepDays: number;
  /** Set where auditors may query the archive with Athena. */
  readonly queries?: ArchiveQuerySettings | undefined;
}

export interface ArchiveQuerySettings {
  /** Gigabytes (10^9 bytes) that one query may read before Athena ends it: what it can cost at most. */
  readonly scanLimitGigabytes: number;
  /**
   * Regions whose records are asked for beside the home region and those of replicas. Each costs time, as every account
   * and day of it is looked for.
   */
  readonly regions?: readonly string[] | undefined;
}

/** One environment: its consumers, their roles, and the parameters that live with them. */
export interface WorkloadStack extends StackBase {
  readonly kind: "workload";
  readonly environment: string;
  /** Protects its secrets and keys, and lengthens recovery and deletion windows. */
  readonly production: boolean;
  readonly network: NetworkSettings;
  /** Further statements of the permissions boundary, for what services do beside reading configuration. */
  readonly boundary: readonly BoundaryStatement[];
}

export interface NetworkSettings {
  /** IPv4 range in CIDR notation. */
  readonly cidr: string;
  /** 2 to 4. */
  readonly availabilityZones: number;
  /** NAT gateways: none (endpoints only), one, or one a zone. */
  readonly nat: "none" | "single" | "per-zone";
  /** @default all traffic, kept for 365 days */
  readonly flowLogs?: FlowLogSettings | undefined;
}

/** What is recorded of a network's traffic. */
export interface FlowLogSettings {
  /** One of `logRetentions`. */
  readonly days?: number | undefined;
  /** Everything, or what groups and access lists refused. */
  readonly traffic?: "all" | "rejected" | undefined;
}

export interface BoundaryStatement {
  /** IAM actions, `*` within one allowed: no whole service, nothing that opens values, keys, roles or records. */
  readonly actions: readonly string[];
  /** ARNs, `*` allowed behind the service; none where keys are used, roles assumed or code replaced. */
  readonly resources: readonly string[];
}

/**
 * The people and machines beside the consumers. `deployer` and `administrators` are existing roles of the same name
 * in every account; the others are roles the stacks make under `/platform/`, with `trusted` saying who may assume them.
 * Role names may hold a path (`teams/deployer`), and those of single sign-on the wildcards of `model/aws/singleSignOn`.
 */
export interface Principals {
  readonly deployer: string;
  readonly administrators: readonly string[];
  /**
   * Roles that make those two in each account, and that nobody else may change: names, with `*` as in
   * `stacksets-exec-*`.
   * @default `stacksets-exec-*`, the roles of stack sets of the management account
   */
  readonly foundation?: readonly string[] | undefined;
  readonly writers: PlatformPrincipal;
  readonly developers: PlatformPrincipal & { readonly environments: readonly string[] };
  readonly auditors: PlatformPrincipal;
  readonly breakGlass: PlatformPrincipal & { readonly mfa: "iam" | "identity-provider" };
}

export interface PlatformPrincipal {
  /** Roles of the same account, path included. */
  readonly trusted: readonly string[];
}

/**
 * What runs at once. AWS refuses either where the account's quotas are too low for it, as those of new accounts are
 * (docs/quotas.md).
 */
export interface ConcurrencySettings {
  /** Calls of each of the platform's own functions that are kept free for it, and more than which never run at once. */
  readonly functions?: number | undefined;
  /** In a workload account: builds of each project that run at once at most. */
  readonly builds?: number | undefined;
}

/** A trail of the platform's own, or the log group of one that is there already. */
export type TrailSettings =
  { readonly mode: "create" } | { readonly mode: "existing"; readonly logGroup: string };

/** What alarms of an account take for usual. */
export interface AlarmSettings {
  /** What the names of alarms, filters and rules begin with. */
  readonly namePrefix?: string;
  /** IPv4 ranges in CIDR notation that consumers read from beside the network's endpoints. */
  readonly expectedAddresses?: readonly string[];
  /** Roles beside ours that may read values here: names, with their path, `*` allowed at the end; or of single sign-on. */
  readonly expectedRoles?: readonly string[];
  /** Consumers' roles that run outside the network, and so read from any address; `*` allowed at the end. */
  readonly outsideNetwork?: readonly string[];
  /** Reads by consumers within five minutes that raise an alarm, however usual they are. */
  readonly readsInFiveMinutes?: number;
  /** Standard deviations above the learned number of reads that are unusual. */
  readonly readsBand?: number;
  /** Refused reads within five minutes that raise an alarm. */
  readonly deniedReads?: number;
  /** Refused calls of any kind within five minutes that raise an alarm. */
  readonly unauthorisedCalls?: number;
  /** Failed sign-ins to the console within five minutes that raise an alarm. */
  readonly failedSignIns?: number;
  /** Whether what the deployer changes in policies raises an alarm too. */
  readonly deployerChanges?: "ignore" | "report";
}

/** Who is told what an account's topic is told. */
export interface NoticeSettings {
  /** Addresses that get everything; each has to confirm. */
  readonly email?: readonly string[];
  /** Owners of services who get only what is about their own values. */
  readonly owners?: readonly string[];
  /** HTTPS endpoints that get everything; each has to confirm. */
  readonly https?: readonly string[];
  readonly slack?: readonly SlackChannel[];
  readonly teams?: readonly TeamsChannel[];
}

/** https://docs.aws.amazon.com/chatbot/latest/adminguide/slack-setup.html */
export interface SlackChannel {
  /** `T…`, authorised once in the console of Amazon Q Developer in chat applications. */
  readonly workspace: string;
  /** `C…` or `G…`. */
  readonly channel: string;
}

/** https://docs.aws.amazon.com/chatbot/latest/adminguide/teams-setup.html */
export interface TeamsChannel {
  /** UUID of the Microsoft 365 tenant. */
  readonly tenant: string;
  /** UUID of the team. */
  readonly team: string;
  /** As in the channel's link, decoded: `19:…@thread.tacv2`. */
  readonly channel: string;
}
