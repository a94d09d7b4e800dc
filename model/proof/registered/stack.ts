import { groupBy } from "../../groupBy";

/** What a stack holds, as its program registered it, or as a state or an export has it. */
export interface StackDocuments {
  readonly stack: string;
  /** 12 digits. */
  readonly account: string;
  readonly resources: readonly StackResource[];
}

export interface StackResource {
  readonly urn: string;
  readonly type: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** Types of resources that have a say in who reads a value. */
export const types = {
  attachment: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  alias: "aws:kms/alias:Alias",
  endpoint: "aws:ec2/vpcEndpoint:VpcEndpoint",
  expiringParameter: "secrets-platform:index:ExpiringParameter",
  grant: "aws:kms/grant:Grant",
  key: "aws:kms/key:Key",
  parameter: "aws:ssm/parameter:Parameter",
  policy: "aws:iam/policy:Policy",
  role: "aws:iam/role:Role",
  rolePolicy: "aws:iam/rolePolicy:RolePolicy",
  rotation: "aws:secretsmanager/secretRotation:SecretRotation",
  secret: "aws:secretsmanager/secret:Secret",
  secretPolicy: "aws:secretsmanager/secretPolicy:SecretPolicy",
  share: "aws:ram/resourceShare:ResourceShare",
  shareAccount: "aws:ram/principalAssociation:PrincipalAssociation",
  shareItem: "aws:ram/resourceAssociation:ResourceAssociation",
} as const;

/**
 * Others that would have one, and that nothing here registers: what they open is not read, so that a stack with one of
 * them is not decided about.
 */
export const unread: readonly string[] = [
  types.grant,
  "aws:iam/groupPolicy:GroupPolicy",
  "aws:iam/policyAttachment:PolicyAttachment",
  "aws:iam/rolePoliciesExclusive:RolePoliciesExclusive",
  "aws:iam/userPolicy:UserPolicy",
  "aws:iam/userPolicyAttachment:UserPolicyAttachment",
  "aws:kms/externalKey:ExternalKey",
  "aws:kms/keyPolicy:KeyPolicy",
  "aws:kms/replicaKey:ReplicaKey",
];

export type ReadType = keyof typeof types;

/** The resources of one stack, by type. */
export class ResourcesByType {
  readonly #byType: ReadonlyMap<string, readonly StackResource[]>;

  constructor({ resources }: StackDocuments) {
    this.#byType = groupBy(resources, ({ type }) => type);
  }

  all(type: ReadType): readonly StackResource[] {
    return this.#byType.get(types[type]) ?? [];
  }

  /** Those whose type is not read, though it has a say. */
  unread(): readonly StackResource[] {
    return unread.flatMap((type) => this.#byType.get(type) ?? []);
  }
}

/** A property as the provider answered, else as the program gave it; undefined where it is no text. */
export function textOf({ inputs, outputs }: StackResource, property: string): string | undefined {
  const value = outputs[property] ?? inputs[property];
  return typeof value === "string" && value !== "" ? value : undefined;
}

export function listOf({ inputs, outputs }: StackResource, property: string): readonly unknown[] {
  const value = outputs[property] ?? inputs[property];
  return Array.isArray(value) ? value : [];
}
