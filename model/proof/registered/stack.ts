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
  /** False for a component. */
  readonly custom?: boolean;
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
}

/** A property as the provider answered, else as the program gave it; undefined where it is no text. */
export function textOf({ inputs, outputs }: StackResource, property: string): string | undefined {
  const value = outputs[property] ?? inputs[property];
  return typeof value === "string" && value !== "" ? value : undefined;
}

/**
 * A list; empty where there is none.
 * @param note is told of something else, such as what only the deployment will know
 */
export function listOf(
  { urn, inputs, outputs }: StackResource,
  property: string,
  note: (reason: string) => void,
): readonly unknown[] {
  const value = outputs[property] ?? inputs[property];
  if (Array.isArray(value)) return value;
  if (value !== undefined && value !== null) note(`${property} of ${nameIn(urn)}, which is no list`);
  return [];
}

/** The last part of a URN, which people know the resource by. */
export function nameIn(urn: string): string {
  return urn.slice(urn.lastIndexOf("::") + 2);
}

/** Notes each that is attached to what the stack does not have: what it does there is not known. */
export function noteStrays(
  attached: readonly StackResource[],
  isKnown: (name: string | undefined) => boolean,
  property: string,
  note: (reason: string) => void,
): void {
  for (const one of attached) {
    const name = textOf(one, property);
    if (!isKnown(name))
      note(
        `${one.type} ${nameIn(one.urn)} of ${name ?? `an unknown ${property}`}, which is not in its stack`,
      );
  }
}
