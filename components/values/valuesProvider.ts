import { Config, type Input, ProviderResource, type ResourceOptions, secret } from "@pulumi/pulumi";

/** How the values plugin reaches AWS; every setting means what it means to the AWS provider. */
export interface ValuesProviderArgs {
  readonly region?: Input<string>;
  readonly profile?: Input<string>;
  readonly accessKey?: Input<string>;
  readonly secretKey?: Input<string>;
  readonly token?: Input<string>;
  /** 12 digits each; with any other account nothing is done. */
  readonly allowedAccountIds?: Input<readonly string[]>;
  readonly assumeRole?: Input<object>;
  readonly assumeRoles?: Input<readonly object[]>;
  readonly assumeRoleWithWebIdentity?: Input<object>;
  /** By service: `secretsmanager`, `ssm`, `sts`. */
  readonly endpoints?: Input<readonly object[]>;
}

/**
 * The plugin of `provider/`, configured. Pass it to the components that make values (`providers: [valuesProvider]`):
 * their SecretValues and ExpiringParameters use it by themselves.
 */
export class ValuesProvider extends ProviderResource {
  constructor(name: string, args: ValuesProviderArgs, opts?: ResourceOptions) {
    super("secrets-platform", name, { ...args }, opts);
  }
}

/** The provider with the AWS settings of the stack's own configuration (`aws:region`, `aws:allowedAccountIds`, ...). */
export function stackValuesProvider(name = "values", opts?: ResourceOptions): ValuesProvider {
  return new ValuesProvider(name, stackAwsSettings(new Config("aws")), opts);
}

/**
 * The settings of a stack that decide as whom AWS is called, and where.
 * @throws Error for settings the plugin cannot follow: it would act as someone else than the AWS provider.
 */
function stackAwsSettings(aws: Config): ValuesProviderArgs {
  const unsupported = ["sharedConfigFiles", "sharedCredentialsFiles"].filter(
    (name) => aws.get(name) !== undefined,
  );
  if (unsupported.length > 0) {
    throw new Error(
      `${unsupported.map((name) => `aws:${name}`).join(" and ")} cannot be followed by the values plugin; ` +
        "set AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE in the environment, which both follow",
    );
  }
  const keys = ["accessKey", "secretKey", "token"] as const;
  return withoutUndefined({
    region: aws.get("region"),
    profile: aws.get("profile"),
    ...Object.fromEntries(keys.map((name) => [name, optionalSecret(aws.get(name))])),
    allowedAccountIds: aws.getObject<(string | number)[]>("allowedAccountIds")?.map(String),
    assumeRole: aws.getObject<object>("assumeRole"),
    assumeRoles: aws.getObject<object[]>("assumeRoles"),
    assumeRoleWithWebIdentity: aws.getObject<object>("assumeRoleWithWebIdentity"),
    endpoints: aws.getObject<object[]>("endpoints"),
  });
}

function optionalSecret(value: string | undefined): Input<string> | undefined {
  return value === undefined ? undefined : secret(value);
}

function withoutUndefined(settings: {
  [Name in keyof ValuesProviderArgs]: ValuesProviderArgs[Name] | undefined;
}) {
  return Object.fromEntries(
    Object.entries(settings).filter(([, value]) => value !== undefined),
  ) as ValuesProviderArgs;
}
