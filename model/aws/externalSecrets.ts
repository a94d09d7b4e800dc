/** What a text has to be like, and how that is said. */
export interface TextForm {
  readonly pattern: RegExp;
  /** Behind "must be". */
  readonly allowed: string;
}

/** A field of the value of a managed external secret; always a text. */
export interface ExternalField {
  /** What it holds, without a full stop. */
  readonly holds: string;
  /** Absent: any text that is not empty. */
  readonly form?: TextForm;
  /** A value may lack it. */
  readonly optional?: true;
  /** Says whose credential it is, and so stays the same; any other may change with each rotation. */
  readonly fixed?: true;
  /** Kept by every rotation only where this key of the metadata is `True`. */
  readonly keptBy?: string;
  /** What stands there until the first value is supplied, where a random text has not the right form. */
  readonly standIn?: string;
}

/** A key of the metadata that RotateSecret hands to the partner. */
export interface ExternalMetadata {
  readonly holds: string;
  readonly required: boolean;
}

export interface ExternalPartner {
  /** Who holds the credential, by name. */
  readonly partner: string;
  /** AWS's page that lists fields and metadata. */
  readonly page: string;
  readonly fields: Readonly<Record<string, ExternalField>>;
  readonly metadata: Readonly<Record<string, ExternalMetadata>>;
}

/** RFC 2606, section 2: nobody has a host of this name, so that a stand-in is sent to nobody. */
const nobody = "unset.invalid";

const guide = "https://docs.aws.amazon.com/secretsmanager/latest/userguide";

const hostForm: TextForm = {
  pattern:
    /^(?=.{4,253}$)[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+$/,
  allowed: "a host name with its domain, without scheme, port or path",
};

/**
 * Types of managed external secrets: Secrets Manager itself changes the credential at the partner, by the role that the
 * secret names, and no function does. The provider of AWS gives the type when it makes the secret, and cannot change it.
 *
 * AWS's list is longer. Here are the types that the provider of AWS documents, each with all that AWS's page says of
 * it but one key: Salesforce's `adminSecretArn`, without which the secret's own credential changes itself.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/managed-external-secrets.html
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/mes-partners.html
 * https://www.pulumi.com/registry/packages/aws/api-docs/secretsmanager/secret/
 */
export const externalPartners = {
  SalesforceClientSecret: {
    partner: "Salesforce",
    page: `${guide}/mes-partner-salesforce.html`,
    fields: {
      consumerKey: { holds: "client id of the external client app" },
      consumerSecret: { holds: "client secret that belongs to it" },
      baseUri: {
        holds: "base address of the Salesforce organisation",
        fixed: true,
        form: {
          pattern: /^https:\/\/[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+$/,
          allowed: "an address such as `https://example.my.salesforce.com`, without a path",
        },
        standIn: `https://${nobody}`,
      },
      appId: {
        holds: "identifier of the external client app",
        fixed: true,
        form: { pattern: /^0x[A-Za-z0-9]+$/, allowed: "`0x` and letters or digits behind it" },
        standIn: "0xunset",
      },
      consumerId: { holds: "identifier of the app's consumer" },
    },
    metadata: {
      apiVersion: { holds: "version of Salesforce's API, v65.0 or later", required: true },
    },
  },
  BigIDClientSecret: {
    partner: "BigID",
    page: `${guide}/mes-partner-BigId.html`,
    fields: {
      hostname: {
        holds: "full host name of the BigID instance",
        fixed: true,
        form: hostForm,
        standIn: nobody,
      },
      refreshToken: { holds: "refresh token of the user" },
    },
    metadata: {},
  },
  SnowflakeKeyPairAuthentication: {
    partner: "Snowflake",
    page: `${guide}/mes-partner-Snowflake.html`,
    fields: {
      account: {
        holds: "account identifier: what stands before `.snowflakecomputing.com`",
        fixed: true,
        standIn: nobody,
      },
      user: { holds: "user that logs in with the key pair", fixed: true },
      privateKey: { holds: "RSA private key in PEM" },
      publicKey: { holds: "its public key in PEM" },
      passphrase: {
        holds: "passphrase of an encrypted private key",
        optional: true,
        keptBy: "encryptPrivateKey",
      },
    },
    metadata: {
      cryptographicAlgorithm: { holds: "algorithm of the keys; RS256 unless it is given", required: false },
      encryptPrivateKey: {
        holds: "whether a new private key is encrypted; it is not unless asked for",
        required: false,
      },
    },
  },
} as const satisfies Readonly<Record<string, ExternalPartner>>;

export type ExternalSecretType = keyof typeof externalPartners;

/** By the partner's name as AWS lists them. */
export const externalSecretTypes = Object.keys(externalPartners) as [
  ExternalSecretType,
  ...ExternalSecretType[],
];

export function externalPartner(type: ExternalSecretType): ExternalPartner {
  return externalPartners[type];
}

/** Names of the fields that no rotation changes. */
export function fixedFields(type: ExternalSecretType): readonly string[] {
  return Object.entries(externalPartner(type).fields)
    .filter(([, { fixed }]) => fixed)
    .map(([name]) => name);
}

/** Algorithms that a new pair of keys for Snowflake may have. */
export const snowflakeAlgorithms = ["RS256", "RS384", "RS512"] as const;

/** Names of the fields that every value has after a rotation with this metadata. */
export function keptFields(
  type: ExternalSecretType,
  metadata: Readonly<Record<string, unknown>>,
): readonly string[] {
  return Object.entries(externalPartner(type).fields)
    .filter(([, { optional, keptBy }]) => {
      if (optional === undefined) return true;
      return keptBy !== undefined && (metadata[keptBy] === true || metadata[keptBy] === "True");
    })
    .map(([name]) => name);
}

/**
 * What the role that Secrets Manager assumes to rotate one needs on it, as AWS's page shows.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/mes-security.html
 */
export const externalRotationActions = [
  "secretsmanager:DescribeSecret",
  "secretsmanager:GetSecretValue",
  "secretsmanager:PutSecretValue",
  "secretsmanager:UpdateSecretVersionStage",
] as const;
