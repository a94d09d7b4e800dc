/**
 * What no document of this platform may say, whoever made it: the issue's own list, read from the text that AWS gets.
 */

/** `gateway`: of a gateway endpoint, where AWS takes no principal but everybody. */
export type DocumentKind = "identity" | "resource" | "trust" | "gateway";

type OneOrMany = string | readonly string[];

interface ReadStatement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Principal?: "*" | Readonly<Record<string, OneOrMany>>;
  readonly NotPrincipal?: unknown;
  readonly Action?: OneOrMany;
  readonly NotAction?: unknown;
  readonly Resource?: OneOrMany;
  readonly NotResource?: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, OneOrMany>>>>;
}

/** `account` is that of whatever the document belongs to. */
export function forbidden(document: unknown, kind: DocumentKind, account: string): string[] {
  const { Statement } = document as { Statement: readonly ReadStatement[] };
  return Statement.filter(({ Effect }) => Effect !== "Deny").flatMap((statement, index) => {
    const name = statement.Sid ?? `statement ${index}`;
    return [
      ...negations(statement),
      ...(kind === "identity"
        ? wideResources(statement)
        : kind === "gateway"
          ? waysOut(statement, account)
          : principals(statement, account)),
    ].map((fault) => `${name}: ${fault}`);
  });
}

function negations(statement: ReadStatement): string[] {
  const found = (["NotPrincipal", "NotAction", "NotResource"] as const).filter((key) => key in statement);
  return [
    ...found.map((key) => `allows by ${key}`),
    ...(many(statement.Action).includes("*") ? ["allows every action"] : []),
  ];
}

/** https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html */
const actionsWithoutResources = new Set([
  "cloudtrail:DescribeTrails",
  "cloudtrail:ListPublicKeys",
  "cloudtrail:LookupEvents",
  "cloudwatch:PutMetricData",
  "ec2:DescribeNetworkInterfaces",
  "ec2:DescribeSubnets",
  "ec2:DescribeVpcEndpoints",
  "ecr:GetAuthorizationToken",
  "iam:GetAccountAuthorizationDetails",
  "kms:ListAliases",
  "logs:GetQueryResults",
  "logs:StopQuery",
  "ram:GetResourceShareAssociations",
  "ram:GetResourceShares",
  "secretsmanager:GetRandomPassword",
  "secretsmanager:ListSecrets",
  "ssm:DescribeParameters",
]);

function wideResources({ Action, Resource }: ReadStatement): string[] {
  if (Resource === undefined) return ["names no resource"];
  const wide = many(Resource).filter((resource) => /^(?:arn:)?[*:]+$/.test(resource));
  if (wide.length === 0) return [];
  const taking = many(Action).filter((action) => !actionsWithoutResources.has(action));
  return taking.length === 0 ? [] : [`allows ${taking.join(", ")} on every resource`];
}

/** Roles of the account to things of the organisation; anybody else only reads objects of buckets by name. */
function waysOut({ Principal, Action, Resource, Condition = {} }: ReadStatement, account: string): string[] {
  if (Principal !== "*") return ["names principals, which a gateway takes for root users"];
  const roles = valuesOf(Condition, ["ArnEquals", "ArnLike"], "aws:PrincipalArn");
  const [whose, to] = ["aws:PrincipalOrgID", "aws:ResourceOrgID"].map((key) =>
    valuesOf(Condition, ["StringEquals"], key),
  ) as [readonly string[], readonly string[]];
  if (roles.length > 0 && roles.every((role) => namesRoles(role, account))) {
    return whose.length > 0 && whose.join() === to.join() ? [] : ["leads out of the organisation"];
  }
  const reads = many(Action).every((action) => action === "s3:GetObject");
  const named = many(Resource).every((resource) => /^arn:[a-z-]+:s3:::[a-z0-9.-]+\/\*$/.test(resource));
  return reads && named && Resource !== undefined ? [] : ["allows everybody"];
}

function principals({ Principal, Condition }: ReadStatement, account: string): string[] {
  if (Principal === undefined) return ["names no principal"];
  if (Principal === "*") return ["allows everybody"];
  const others = Object.keys(Principal).filter(
    (type) =>
      type !== "AWS" &&
      type !== "Service" &&
      !(type === "Federated" && isOneSubject(Principal, Condition, account)),
  );
  return [
    ...others.map((type) => `allows a ${type} principal`),
    ...(many(Principal["Service"]).some((name) => name.includes("*")) ? ["allows any service"] : []),
    ...many(Principal["AWS"]).flatMap((name) => awsPrincipal(name, Condition ?? {}, account)),
  ];
}

/** Of a provider of the account, one whole subject with one audience. */
function isOneSubject(
  principal: Readonly<Record<string, OneOrMany>>,
  conditions: ReadStatement["Condition"],
  account: string,
): boolean {
  const [, provider] = new RegExp(`^arn:[a-z-]+:iam::${account}:oidc-provider/([^*?,]+)$`).exec(
    many(principal["Federated"]).join(),
  ) ?? [undefined, undefined];
  return (
    provider !== undefined &&
    ["aud", "sub"].every((claim) => {
      const [value, ...more] = valuesOf(conditions ?? {}, ["StringEquals"], `${provider}:${claim}`);
      return value !== undefined && more.length === 0;
    })
  );
}

function awsPrincipal(
  name: string,
  conditions: NonNullable<ReadStatement["Condition"]>,
  account: string,
): string[] {
  if (name.includes("*")) return ["allows everybody"];
  const whole = /^(?:arn:[^:]+:iam::)?(\d{12})(?::root)?$/.exec(name)?.[1];
  const owner = whole ?? name.split(":")[4] ?? "";
  const roles = valuesOf(
    conditions,
    ["ArnEquals", "ArnLike", "StringEquals", "StringLike"],
    "aws:PrincipalArn",
  );
  const organisations = valuesOf(conditions, ["StringEquals"], "aws:PrincipalOrgID");
  return [
    ...(whole !== undefined && (roles.length === 0 || roles.some((role) => !namesRoles(role, owner)))
      ? [`allows the whole account ${whole}`]
      : []),
    ...(owner !== account && organisations.length === 0
      ? [`allows account ${owner} outside the organisation`]
      : []),
  ];
}

/** A pattern that means some roles of that account, not all of anybody's. */
function namesRoles(pattern: string, account: string): boolean {
  return new RegExp(`^arn:[a-z-]+:iam::${account}:role/`).test(pattern);
}

function valuesOf(
  conditions: NonNullable<ReadStatement["Condition"]>,
  operators: readonly string[],
  key: string,
): readonly string[] {
  return operators.flatMap((operator) => many(conditions[operator]?.[key]));
}

function many(value: OneOrMany | undefined): readonly string[] {
  return value === undefined ? [] : typeof value === "string" ? [value] : value;
}
