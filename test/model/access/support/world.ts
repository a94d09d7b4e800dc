import type { AccessDocuments, NamedPolicy, ShareDocuments } from "../../../../model/access/input";

/** One role, one secret, one SecureString, one key and one endpoint, with only those policies that a case gives. */

export type Statement = Readonly<Record<string, unknown>>;

export interface World {
  /** Account of the role; the others are the security account's. */
  readonly account?: string;
  readonly role?: string;
  readonly organisation?: string | null;
  readonly identity?: readonly Statement[];
  readonly boundary?: readonly Statement[];
  /** Service control policies, by level. */
  readonly controls?: readonly (readonly Statement[])[];
  readonly secretPolicy?: readonly Statement[];
  /** `null`: AWS's own key. */
  readonly key?: readonly Statement[] | null;
  readonly endpoint?: readonly Statement[];
  readonly shares?: readonly ShareDocuments[];
  readonly rotationFunction?: string;
  readonly region?: string;
}

export const [security, prod, other] = ["111111111111", "333333333333", "444444444444"] as const;
export const partition = (region: string) =>
  region.startsWith("cn-") ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws";

export function arnsOf({ account = security, role = "services/orders/api", region = "eu-west-1" }: World) {
  const arn = `arn:${partition(region)}`;
  return {
    principal: `${arn}:iam::${account}:role/${role}`,
    root: `${arn}:iam::${account}:root`,
    secret: `${arn}:secretsmanager:${region}:${security}:secret:orders/prod/database-a1B2c3`,
    parameter: `${arn}:ssm:${region}:${security}:parameter/orders/prod/token`,
    key: `${arn}:kms:${region}:${security}:key/1234abcd-12ab-34cd-56ef-1234567890ab`,
  };
}

export const all: Statement = { Sid: "All", Effect: "Allow", Action: "*", Resource: "*" };
export const everybody: Statement = { ...all, Sid: "Everybody", Principal: "*" };

export function documentsOf(world: World): AccessDocuments {
  const { account = security, organisation = "o-exampleorgid", controls, boundary, secretPolicy } = world;
  const { principal, secret, parameter, key } = arnsOf(world);
  const customer = world.key === null ? {} : { key };
  return {
    accounts: [security, prod, other].map((id) => ({
      account: id,
      ...(id === account && organisation !== null && { organisation }),
      ...(id !== account && { organisation: "o-exampleorgid" }),
      ...(id === account &&
        controls && { controls: controls.map((level, at) => [policy(`control ${at + 1}`, level)]) }),
    })),
    principals: [
      {
        arn: principal,
        policies: world.identity === undefined ? [] : [policy("the role's policy", world.identity)],
        ...(boundary && { boundary: policy("the boundary", boundary) }),
      },
    ],
    items: [
      {
        kind: "secret",
        arn: secret,
        ...customer,
        ...(secretPolicy && { policy: policy("the secret's policy", secretPolicy) }),
        ...(world.rotationFunction !== undefined && { rotationFunction: world.rotationFunction }),
      },
      { kind: "parameter", arn: parameter, type: "SecureString", ...customer, shares: world.shares ?? [] },
    ],
    keys: [
      {
        arn: key,
        aliases: ["alias/prod/configuration"],
        policy: policy("the key's policy", world.key ?? []),
      },
    ],
    endpoints: [
      {
        id: "vpce-1",
        account: "222222222222",
        service: "secretsmanager",
        policy: policy("the endpoint's policy", world.endpoint ?? [everybody]),
      },
    ],
  };
}

export function policy(name: string, statements: readonly Statement[]): NamedPolicy {
  return { name, document: { Version: "2012-10-17", Statement: statements } };
}
