import fc from "fast-check";

/** Documents in the dialect, more often than not about the call that is made, and the calls. */

export const [security, prod, stranger] = ["111111111111", "333333333333", "999999999999"] as const;
export const organisations: Readonly<Record<string, string | undefined>> = {
  [security]: "o-exampleorgid",
  [prod]: "o-exampleorgid",
  [stranger]: undefined,
};
export const roles = [
  "services/orders/orders-prod-api",
  "services/orders/orders-prod-api-2",
  "platform/writers",
];
const secrets = [
  "orders/prod/database-a1B2c3",
  "orders/prod/database-admin-Z9y8X7",
  "billing/staging/token-q1W2e3",
];
const parameters = ["/orders/prod/token", "/orders/prod/deep/token", "/billing/staging/token"];
const regions = ["eu-west-1", "eu-central-1"];
export const keyId = "1234abcd-12ab-34cd-56ef-1234567890ab";
export const alias = "alias/prod/configuration";
export const rotator = `arn:aws:lambda:eu-west-1:${security}:function:rotation-prod`;

export type Statement = Readonly<Record<string, unknown>>;

export interface RandomCase {
  readonly account: string;
  readonly role: string;
  readonly kind: "secret" | "parameter";
  readonly name: string;
  readonly region: string;
  readonly owner: string;
  readonly keyOwner: string;
  readonly action: string;
  readonly way: "through the service" | "directly";
  readonly endpoint: boolean;
  readonly identity: readonly (readonly Statement[])[];
  readonly boundary?: readonly Statement[];
  readonly controls?: readonly (readonly (readonly Statement[])[])[];
  readonly resource?: readonly Statement[];
  readonly key: readonly Statement[];
  readonly endpointPolicy: readonly Statement[];
  readonly shares: readonly {
    accounts: readonly string[];
    external: boolean;
    permission: "read" | "read-with-history";
  }[];
  readonly rotated: boolean;
}

const readActions = [
  "ssm:GetParameter",
  "ssm:GetParameters",
  "ssm:GetParameterHistory",
  "ssm:GetParametersByPath",
];

const call = fc
  .record({
    kind: fc.constantFrom("secret" as const, "parameter" as const),
    account: fc.constantFrom(security, prod, prod, stranger),
    role: fc.constantFrom(...roles),
    at: fc.nat(2),
    region: fc.constantFrom(...regions),
    owner: fc.constantFrom<string>(security, security, prod),
    keyElsewhere: fc.boolean(),
    decrypts: fc.boolean(),
    read: fc.constantFrom(...readActions),
    way: fc.constantFrom("through the service" as const, "directly" as const),
    endpoint: fc.boolean(),
    rotated: fc.boolean(),
  })
  .map(({ kind, at, keyElsewhere, decrypts, read, ...rest }) => ({
    ...rest,
    kind,
    name: (kind === "secret" ? secrets : parameters)[at]!,
    keyOwner: keyElsewhere ? security : rest.owner,
    action: decrypts ? "kms:Decrypt" : kind === "secret" ? "secretsmanager:GetSecretValue" : read,
  }));

type Made = typeof call extends fc.Arbitrary<infer T> ? T : never;

export const randomCase: fc.Arbitrary<RandomCase> = call.chain((made) => {
  const identity = fc.array(statement(made, "identity"), { minLength: 1, maxLength: 3 });
  const resource = fc.array(statement(made, "resource"), { minLength: 1, maxLength: 3 });
  return fc
    .record(
      {
        identity: fc.array(identity, { maxLength: 2, minLength: 1 }),
        boundary: identity,
        controls: fc.array(fc.array(identity, { minLength: 1, maxLength: 2 }), { maxLength: 2 }),
        resource,
        key: resource,
        endpointPolicy: resource,
        shares: fc.array(
          fc.record({
            accounts: fc.subarray([prod, stranger, security], { minLength: 1 }),
            external: fc.boolean(),
            permission: fc.constantFrom("read" as const, "read-with-history" as const),
          }),
          { maxLength: 2 },
        ),
      },
      { requiredKeys: ["identity", "key", "endpointPolicy", "shares"] },
    )
    .map((documents) => ({ ...made, ...documents }));
});

const mixedCase = (text: string) => fc.constantFrom(text, text.toLowerCase(), text.toUpperCase());

function actionsFor({ action }: Made): fc.Arbitrary<unknown> {
  const [service = "", name = ""] = action.split(":");
  const fitting = fc.oneof(
    fc.constantFrom(
      action,
      `${service}:*`,
      "*",
      `${service}:${name.slice(0, 3)}*`,
      `${service}:?${name.slice(1)}`,
    ),
    mixedCase(action),
  );
  const other = fc.constantFrom(
    "secretsmanager:PutSecretValue",
    "kms:GenerateDataKey",
    "ssm:Describe*",
    "s3:*",
  );
  return fc.oneof(
    { weight: 6, arbitrary: fitting },
    { weight: 2, arbitrary: fc.tuple(other, fitting) },
    { weight: 1, arbitrary: other },
  );
}

function resourceArn({ kind, name, region, owner, action, keyOwner }: Made): string {
  if (action === "kms:Decrypt") return `arn:aws:kms:${region}:${keyOwner}:key/${keyId}`;
  return kind === "secret"
    ? `arn:aws:secretsmanager:${region}:${owner}:secret:${name}`
    : `arn:aws:ssm:${region}:${owner}:parameter${name}`;
}

/** The text itself, and patterns that cover it or just do not. */
export function patternsOf(text: string): fc.Arbitrary<string> {
  const parts = text.split(":");
  const last = parts.slice(0, 5).join(":").length + 1;
  return fc.oneof(
    fc.constantFrom(
      text,
      text.replace(/.{6}$/, "??????"),
      text.replace(/.{5}$/, "??????"),
      text.replace(/\/[^/]*$/, "/*"),
      text.replace(/:[a-z]+-[a-z]+-\d:/, ":*:"),
      text.replace(/\/(prod|staging)\//, "/*/"),
      `${text}*`,
      `${text}-2`,
      text.replace("prod", "staging"),
      text.replace(security, prod),
    ),
    fc
      .nat(Math.max(0, parts.length - 1))
      .map((at) => (at === 0 || at === 2 ? text : parts.with(at, "*").join(":"))),
    // Within the last part: fewer than six are no ARN.
    fc.integer({ min: last, max: text.length - 1 }).map((at) => `${text.slice(0, at)}?${text.slice(at + 1)}`),
    fc.integer({ min: last, max: text.length - 1 }).map((at) => `${text.slice(0, at)}*`),
  );
}

function resourcesFor(made: Made): fc.Arbitrary<object> {
  const whole = resourceArn(made);
  const path = whole.replace(/\/[^/]*$/, "");
  const one = fc.oneof(
    { weight: 3, arbitrary: fc.constant("*") },
    { weight: 4, arbitrary: patternsOf(whole) },
    { weight: 2, arbitrary: patternsOf(made.action === "ssm:GetParametersByPath" ? path : whole) },
  );
  const some = fc.oneof(one, fc.array(one, { minLength: 1, maxLength: 3 }));
  return fc.oneof(
    { weight: 9, arbitrary: some.map((Resource) => ({ Resource })) },
    { weight: 1, arbitrary: some.map((NotResource) => ({ NotResource })) },
  );
}

function principalsFor({ account, role }: Made): fc.Arbitrary<unknown> {
  const name = fc.constantFrom(
    account,
    `arn:aws:iam::${account}:root`,
    `arn:aws:iam::${account}:role/${role}`,
    `arn:aws:iam::${prod}:root`,
    `arn:aws:iam::${prod}:role/${roles[0]}`,
    "*",
    "AROAEXAMPLEEXAMPLE12",
  );
  return fc.oneof(
    { weight: 1, arbitrary: fc.constant("*") },
    {
      weight: 6,
      arbitrary: fc.oneof(name, fc.array(name, { minLength: 1, maxLength: 2 })).map((AWS) => ({ AWS })),
    },
    { weight: 1, arbitrary: fc.constant({ Service: "secretsmanager.amazonaws.com" }) },
  );
}

function statement(made: Made, kind: "identity" | "resource"): fc.Arbitrary<Statement> {
  return fc
    .record({
      Effect: fc.oneof(
        { weight: 7, arbitrary: fc.constant("Allow") },
        { weight: 1, arbitrary: fc.constant("Deny") },
      ),
      Action: actionsFor(made),
      resources: resourcesFor(made),
      Condition: fc.oneof(
        { weight: 3, arbitrary: fc.constant(undefined) },
        { weight: 3, arbitrary: conditions(made, 1) },
        { weight: 1, arbitrary: conditions(made, 2) },
      ),
      Principal: principalsFor(made),
    })
    .map(({ resources, Principal, Condition, ...rest }) => ({
      ...rest,
      ...resources,
      ...(kind === "resource" && { Principal }),
      ...(Condition && { Condition }),
    }));
}

function conditions(made: Made, count: number): fc.Arbitrary<object> {
  return fc
    .array(condition(made), { minLength: count, maxLength: count })
    .map((all) => all.reduce((found, one) => ({ ...found, ...one }), {}));
}

const negatedOrNot = (operator: string) =>
  fc.constantFrom(operator, operator, operator.replace(/Equals|Like/, "Not$&"), `${operator}IfExists`);

/** By operator: texts and ARNs of one value, lists, and whether there is any. */
function condition(made: Made): fc.Arbitrary<object> {
  const { account, role, region, kind } = made;
  const service = kind === "secret" ? "secretsmanager" : "ssm";
  const item = resourceArn({ ...made, action: "" });
  const text = (key: string, right: string, ...wrong: string[]) =>
    fc.record({ key: mixedCase(key), value: fc.constantFrom(right, right, ...wrong) });
  const single = fc.oneof(
    text("aws:PrincipalOrgID", "o-exampleorgid", "o-otherotherot"),
    text("aws:PrincipalAccount", account, prod),
    text("aws:ResourceAccount", security, prod),
    text("aws:ResourceOrgID", "o-exampleorgid"),
    text("aws:RequestedRegion", region, "us-east-1"),
    text("aws:SourceAccount", account),
    text("kms:CallerAccount", account, stranger),
    text("kms:ViaService", `${service}.${region}.amazonaws.com`, `ssm.${region}.amazonaws.com`, "s3.*"),
    text("kms:EncryptionContext:SecretARN", item, "x"),
    text("kms:EncryptionContext:PARAMETER_ARN", item, "x"),
    text("secretsmanager:SecretId", item),
  );
  const arns = fc.oneof(
    fc.tuple(fc.constant("aws:PrincipalArn"), patternsOf(`arn:aws:iam::${account}:role/${role}`)),
    fc.tuple(fc.constant("secretsmanager:resource/AllowRotationLambdaArn"), patternsOf(rotator)),
    fc.tuple(fc.constant("kms:EncryptionContext:SecretARN"), patternsOf(item)),
    fc.tuple(fc.constant("aws:SourceArn"), patternsOf(rotator)),
  );
  const lists = fc.oneof(
    fc.record({
      key: fc.constant("kms:ResourceAliases"),
      value: fc.subarray([alias, "alias/two", "alias/*"], { minLength: 1 }),
    }),
    fc.record({
      key: fc.constant("kms:EncryptionContextKeys"),
      value: fc.subarray(["PARAMETER_ARN", "SecretARN", "SecretVersionId"], { minLength: 1 }),
    }),
  );
  const flags = fc.oneof(
    fc.record({ key: fc.constant("aws:SecureTransport"), value: fc.constantFrom("true", "false") }),
    fc.record({ key: fc.constant("aws:ViaAWSService"), value: fc.constantFrom("true", "false") }),
  );
  return fc.oneof(
    {
      weight: 4,
      arbitrary: fc
        .tuple(fc.constantFrom("StringEquals", "StringLike").chain(negatedOrNot), single)
        .map(([operator, { key, value }]) => ({ [operator]: { [key]: value } })),
    },
    {
      weight: 4,
      arbitrary: fc
        .tuple(fc.constantFrom("ArnEquals", "ArnLike").chain(negatedOrNot), arns, fc.boolean())
        .map(([operator, [key, value], more]) => ({
          [operator]: { [key]: more ? [value, rotator] : value },
        })),
    },
    {
      weight: 2,
      arbitrary: fc
        .tuple(
          fc.constantFrom("ForAnyValue:", "ForAllValues:"),
          fc.constantFrom("StringEquals", "StringLike", "StringNotEquals", "StringNotLike"),
          lists,
        )
        .map(([set, operator, { key, value }]) => ({ [set + operator]: { [key]: value } })),
    },
    { weight: 1, arbitrary: flags.map(({ key, value }) => ({ Bool: { [key]: value } })) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(single, fc.constantFrom("true", "false"))
        .map(([{ key }, value]) => ({ Null: { [key]: value } })),
    },
  );
}
