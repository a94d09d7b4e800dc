import type { ExternalSecretType } from "../aws/externalSecrets";
import type { RoleServiceName } from "../aws/roleServices";
import type {
  Consumer,
  DatabaseEngine,
  DatabaseStrategy,
  Expiry,
  SaidPublic,
  RotationSchedule,
} from "../catalogue/types";
import type { Organisation, RotationNetwork } from "../organisation/types";
import type { GeneratedForm } from "../values/generatedForm";
import type { KeyPairKind } from "../values/keyPair";
import type { Position } from "../yaml/problem";
import type { DatabaseLogin } from "../values/databaseSecret";

/**
 * Everything the stacks will hold, with the names AWS will know it by. Computed once; components, documents, rules and
 * the command line all read the same Plan.
 */
export interface Plan {
  readonly organisation: Organisation;
  readonly environments: readonly EnvironmentPlan[];
  readonly keys: readonly KeyPlan[];
  readonly secrets: readonly SecretPlan[];
  /** Secrets made and rotated by a database service; only reading them is granted. */
  readonly managedSecrets: readonly ManagedSecretPlan[];
  readonly parameters: readonly ParameterPlan[];
  readonly consumers: readonly ConsumerPlan[];
  readonly rotators: readonly RotatorPlan[];
}

export interface EnvironmentPlan {
  readonly name: string;
  readonly production: boolean;
  /** Stack and account of the keys, secrets and `home: security` parameters. */
  readonly security: { readonly stack: string; readonly account: string };
  readonly workload: { readonly stack: string; readonly account: string };
}

/** A customer-managed key of one environment, or of one service in it. */
export interface KeyPlan {
  /** Unique in the plan: `{home}:{alias}`. */
  readonly id: string;
  readonly home: "security" | "workload";
  readonly environment: string;
  /** Account that holds it. */
  readonly account: string;
  /** `alias/{environment}/configuration` or `alias/{environment}/{service}`. */
  readonly alias: string;
  /** Set when it is one service's own. */
  readonly service?: string;
  /** Regions that need a replica key, for the replicas of secrets under it. */
  readonly replicaRegions: readonly string[];
  readonly protected: boolean;
  /** Days between deletion and its end. */
  readonly deletionWindowDays: number;
}

interface ItemPlan {
  readonly service: string;
  readonly environment: string;
  /** Name inside the manifest. */
  readonly item: string;
  readonly owner: string;
  readonly description: string;
  /** Account that holds it. */
  readonly account: string;
  /** Other services whose consumers may read it, as its manifest says. */
  readonly shareWith: readonly string[];
  /** Roles that read it, in the order of services and consumers. */
  readonly readers: readonly RoleIdentity[];
  /** Its own `retire: true` or its service's: on its way out, so `platform set` puts nothing into it any more. */
  readonly retired?: true;
  readonly at: Position;
}

/** A secret this platform makes, under a key of its own environment. */
export interface SecretPlan extends ItemPlan {
  readonly kind: "secret";
  /** `{service}/{environment}/{secret}` */
  readonly name: string;
  /** `...:secret:{name}-??????` */
  readonly arnPattern: string;
  readonly key: KeyPlan;
  readonly shape: SecretShape;
  readonly rotation: RotationPlan;
  /**
   * Roles that read and write the value while rotating it, or read it as an administrator's login: ARNs, or patterns
   * where AWS makes up the end of the name.
   */
  readonly rotatorRoles: readonly string[];
  readonly replicas: readonly string[];
  readonly protected: boolean;
  /** Days a deleted secret can still be restored. */
  readonly recoveryWindowDays: number;
}

/** The form of a secret's value. `generated`: what this platform makes up has another form than `defaultForm`. */
export type SecretShape =
  | { readonly form: "string"; readonly generated?: GeneratedForm }
  | {
      readonly form: "fields";
      readonly fields: readonly string[];
      /** Forms of the fields that have another than `defaultForm`. */
      readonly generated?: Readonly<Record<string, GeneratedForm>>;
    }
  | ({ readonly form: "external" } & ExternalPlan)
  | ({ readonly form: "key-pair" } & KeyPairPlan)
  | ({ readonly form: "database" } & DatabaseLogin);

/** A credential that a partner of AWS gave out (`model/aws/externalSecrets.ts`). */
export interface ExternalPlan {
  readonly type: ExternalSecretType;
  /** Names of the fields that every value has; a value may have the type's others too. */
  readonly fields: readonly string[];
}

/** A pair that signs tokens (`model/values/keyPair.ts`). */
export interface KeyPairPlan {
  readonly kind: KeyPairKind;
  /** Longest that a token is valid. */
  readonly tokenSeconds: number;
  /** Name of the parameter with the public keys. */
  readonly publicKeys: string;
}

export type RotationPlan = RotationByFunction | RotationAtPartner;

interface RotationBase {
  readonly schedule: RotationSchedule;
  /** First rotation at creation; false while the value is one that cannot log in yet. */
  readonly immediately: boolean;
}

export interface RotationByFunction extends RotationBase {
  /** Absent for the team's own function. */
  readonly rotator?: RotatorPlan;
  /** ARN of the function that rotates; known beforehand for every kind. */
  readonly functionArn: string;
  /**
   * Name of the secret with the administrator's login, for alternating users; of one that a database service manages, its
   * ARN.
   */
  readonly admin?: string;
  readonly partner?: undefined;
}

/** Secrets Manager itself rotates it, at a partner of AWS. */
export interface RotationAtPartner extends RotationBase {
  readonly partner: PartnerPlan;
  readonly functionArn?: undefined;
  readonly rotator?: undefined;
  readonly admin?: undefined;
}

export interface PartnerPlan {
  readonly type: ExternalSecretType;
  /** As RotateSecret takes it. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Name of the role that Secrets Manager assumes for this secret alone, under `/platform/`. */
  readonly roleName: string;
  readonly role: string;
}

/** A rotation function of the security account, serving many secrets. */
export type RotatorPlan = PlatformRotatorPlan | HostedRotatorPlan;

interface RotatorBase {
  readonly environment: string;
  readonly account: string;
  /** Lambda function name, unique in the account. */
  readonly functionName: string;
  readonly functionArn: string;
  /** ARN of its role, or a pattern. */
  readonly role: string;
  /** Names of the secrets it rotates. */
  readonly secrets: readonly string[];
  /** Names of the administrator secrets it reads. */
  readonly admins: readonly string[];
  /** Keys all those secrets are under. */
  readonly keys: readonly KeyPlan[];
}

/** This platform's own function (functions/rotation). */
export interface PlatformRotatorPlan extends RotatorBase {
  readonly hosted: "platform";
  readonly rotates: "generated" | "postgres";
  /** Present for databases. */
  readonly network?: RotationNetwork;
  /** Name of its role, under `/platform/`. */
  readonly roleName: string;
  /** Present where it reads logins of administrators that a database service manages. */
  readonly managedAdmins?: ManagedAdminsPlan;
}

/** The role of a workload account by which a rotation function reads administrators' logins of database services there. */
export interface ManagedAdminsPlan {
  /** The workload account. */
  readonly account: string;
  /** Name of the role, under `/platform/`. */
  readonly roleName: string;
  readonly role: string;
  /** ARNs of the secrets that it reads, and nothing else. */
  readonly secrets: readonly string[];
}

/** An application AWS publishes in the Serverless Application Repository. */
export interface HostedRotatorPlan extends RotatorBase {
  readonly hosted: "aws";
  readonly engine: DatabaseEngine;
  readonly strategy: DatabaseStrategy;
  readonly network: RotationNetwork;
  /** Name of its CloudFormation stack, without the `serverlessrepo-` AWS puts before it. */
  readonly stackName: string;
  /** Over every secret it rotates. */
  readonly secretsKey: KeyPlan;
  /** Over the administrator's secret, for alternating users. */
  readonly adminKey?: KeyPlan;
}

export interface ManagedSecretPlan extends ItemPlan {
  readonly kind: "managed-secret";
  readonly arn: string;
  /** Role by which a rotation function reads it as an administrator's login; absent where none does. */
  readonly administratorsRole?: string;
}

export interface ParameterPlan extends ItemPlan {
  readonly kind: "parameter";
  /** `/{service}/{environment}/{parameter}` */
  readonly name: string;
  readonly arn: string;
  readonly home: "security" | "workload";
  readonly type: "String" | "StringList" | "SecureString";
  readonly tier: "Standard" | "Advanced";
  /** Absent for SecureString and public keys. */
  readonly value?: string;
  /** Holds the public keys of this secret of the service, which its rotation writes. */
  readonly keysOf?: string;
  /** Why anybody may know the value, though it looks random. */
  readonly public?: SaidPublic;
  /** Present exactly for SecureString. */
  readonly key?: KeyPlan;
  /** Present exactly for SecureString. */
  readonly expires?: Expiry;
  readonly protected: boolean;
}

export type ReadableItem = SecretPlan | ManagedSecretPlan | ParameterPlan;

/** One service's use of its values in one environment. */
export interface ConsumerPlan {
  readonly service: string;
  readonly environment: string;
  readonly consumer: string;
  readonly owner: string;
  readonly account: string;
  /** `{service}-{environment}-{consumer}`, the Pulumi name of its component. */
  readonly name: string;
  readonly settings: Consumer;
  /** Runs as; for ECS the task role. */
  readonly role: RolePlan;
  /** ECS only: fetches what is injected. */
  readonly executionRole?: RolePlan;
  readonly injections: readonly InjectionPlan[];
  /** Plain text by variable, of the process or the main container. */
  readonly variables: Readonly<Record<string, string>>;
  /** The same of each container beside the main one that has any, by its name. */
  readonly sidecarVariables: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Where it finds all that; absent where it would be longer than a parameter takes. */
  readonly references?: ReferencesPlan;
}

/** A String parameter of the workload account that says where a consumer finds its values. */
export interface ReferencesPlan {
  /** `/{service}/{environment}/platform/{consumer}` */
  readonly name: string;
  readonly arn: string;
  readonly tier: "Standard" | "Advanced";
}

export interface InjectionPlan {
  readonly variable: string;
  readonly item: ReadableItem;
  /** JSON field of a secret; absent: the whole value. */
  readonly field?: string;
  /** Name of the container beside the main one that has it. */
  readonly container?: string;
  /** File that the container makes of it. */
  readonly file?: string;
}

/** A consumer's role, without what it is granted: items name their readers by it, so that the Plan has no cycle. */
export interface RoleIdentity {
  readonly service: string;
  readonly environment: string;
  readonly consumer: string;
  readonly account: string;
  readonly use: "lambda" | "ecs-execution" | "ecs-task" | "ec2" | "codebuild" | "eks" | "role";
  /** Present exactly for `role`: the service that its team hands it to. */
  readonly by?: RoleServiceName;
  /** Present exactly for `eks`. */
  readonly pods?: PodsPlan;
  /** At most 64 characters; shortened with a hash past that. */
  readonly name: string;
  /** `/services/{service}/`, with `_elsewhere/` behind it where what runs as it is not in the platform's network */
  readonly path: string;
  readonly arn: string;
}

/** Pods that a role is for, in one environment. */
export interface PodsPlan {
  readonly namespace: string;
  readonly serviceAccount: string;
  /** Name of the cluster that alone they run in; absent: in any of the account, or in that of `oidcProvider`. */
  readonly cluster?: string;
  /** Issuer of the cluster's tokens without `https://`, where Pod Identity is not to be had. */
  readonly oidcProvider?: string;
}

export interface RolePlan extends RoleIdentity {
  /** What it may read, and nothing else. */
  readonly grants: readonly ReadableItem[];
}
