import { supportedPartitions, supportedRegions } from "./partitions";

/**
 * A form of texts: `allowed` and `remedy` are the second and third part of what is said of a text that has another. Schemas
 * of files and arguments of components take the same.
 */
export interface TextRule {
  readonly pattern: RegExp;
  readonly allowed: string;
  readonly remedy: string;
  /** What is said gives the text's length in place of the text. */
  readonly unquoted?: boolean;
}

export const accountPattern = String.raw`\d{12}`;

const wholeAccount = new RegExp(`^${accountPattern}$`);

export function isAccount(text: string): boolean {
  return wholeAccount.test(text);
}
const region = "[a-z0-9-]+";

/** Behind the name of a secret in its full ARN. */
export const secretEnding = "-[A-Za-z0-9]{6}";

/** The ARN of something in a region, whatever its partition; `resource` is the source of a pattern. */
export function regionalArn(service: string, resource: string, partitions = "[a-z-]+"): RegExp {
  return new RegExp(`^arn:(?:${partitions}):${service}:${region}:${accountPattern}:${resource}$`);
}

/** As `regionalArn`, of IAM, whose ARNs name no region. */
export function iamArn(resource: string, partitions = "[a-z-]+", owner = accountPattern): RegExp {
  return new RegExp(`^arn:(?:${partitions}):iam::(?:${owner}):${resource}$`);
}

/** Partitions of the platform, as those of an ARN in a manifest or a stack's file. */
export const ownPartitions = supportedPartitions.join("|");

export const regionNames: TextRule = {
  pattern: supportedRegions,
  allowed: `a region of the partitions ${supportedPartitions.join(", ")} is needed, as in eu-west-1`,
  remedy: "write it as AWS does",
};

export const accountIds: TextRule = {
  pattern: new RegExp(`^${accountPattern}$`),
  allowed: "an account number has 12 digits",
  remedy: "write it in quotes with its leading zeros",
};

export const organisationIds: TextRule = {
  pattern: /^o-[a-z0-9]{10,32}$/,
  allowed: "`o-` and 10 to 32 lower-case letters and digits are needed",
  remedy: "copy it from `aws organizations describe-organization`",
};

export const keyArns: TextRule = {
  pattern: regionalArn("kms", "key/[A-Za-z0-9-]+"),
  allowed: "the ARN of a key is needed, as neither id nor alias serves other accounts",
  remedy: "pass the key's ARN",
};

export const secretArns: TextRule = {
  pattern: regionalArn("secretsmanager", `secret:.+${secretEnding}`),
  allowed: "a secret's full ARN is needed, with the six characters AWS puts at its end",
  remedy: "copy it from `aws secretsmanager describe-secret`",
};

export const parameterArns: TextRule = {
  pattern: regionalArn("ssm", "parameter/.+"),
  allowed: "the ARN of a parameter is needed",
  remedy: "pass the parameter's name as an ARN",
};

export const functionName = "[A-Za-z0-9_-]{1,64}";

/** https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html */
export const functionNames: TextRule = {
  pattern: new RegExp(`^${functionName}$`),
  allowed: "1 to 64 letters, digits, `_` and `-` are allowed",
  remedy: "shorten it or replace the other characters",
};

/** Without version or alias: nothing that AWS publishes says that Secrets Manager rotates by one. */
export const functionArns: TextRule = {
  pattern: regionalArn("lambda", `function:${functionName}`),
  allowed: "the ARN of a function is needed, without version or alias",
  remedy: "pass the function's ARN",
};

export const roleArns: TextRule = {
  pattern: iamArn(String.raw`role/(?:[\w+=,.@-]+/)*[\w+=,.@-]{1,64}`),
  allowed: "the ARN of a role is needed",
  remedy: "pass the role's ARN",
};

const hostLabel = "[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?";

/**
 * What both SNS and a tag take: an owner's address stands in tags, and notices are sent by it
 * (https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html).
 */
export const emailAddresses: TextRule = {
  pattern: new RegExp(`^(?=.{3,254}$)[A-Za-z0-9._+=-]+@${hostLabel}(?:\\.${hostLabel})+$`),
  allowed: "an e-mail address is needed",
  remedy: "correct it",
};

/**
 * Neither user nor query: SNS shows an endpoint to whoever may list subscriptions. Of the letters that a path may have
 * (https://www.rfc-editor.org/rfc/rfc3986#section-3.3) those that mean something to a shell or a pattern go as `%2A`.
 */
export const httpsAddresses: TextRule = {
  pattern: new RegExp(
    `^(?=.{1,2048}$)https://${hostLabel}(?:\\.${hostLabel})*(?::\\d{1,5})?(?:/(?!\\.{1,2}(?:/|$))(?:[\\w.~+=:,-]|%[0-9A-Fa-f]{2})*)*$`,
  ),
  allowed: "an https address without user, query or fragment is needed",
  remedy: "correct it, since what lets a sender in does not belong in an address",
  unquoted: true,
};
