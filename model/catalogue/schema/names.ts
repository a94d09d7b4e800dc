import { ofEnvironments } from "./perEnvironment";
import { z } from "zod";
import { emailAddresses } from "../../aws/textRules";
import { partitionOf, supportedPartitions, supportedRegions } from "../../aws/partitions";
import { longestShown } from "../../yaml/credentials";
import { type Expectation, expecting, text, wordsOf } from "../../yaml/expectation";

const kebab = "[a-z][a-z0-9]*(?:-[a-z0-9]+)*";
const shortKebab = `(?=.{1,32}$)${kebab}`;
const serviceKebab = `(?!aws|ssm)(?=.{2,32}$)${kebab}`;
const kebabWords = "lower-case letters, digits and single hyphens, beginning with a letter";

/**
 * Name of a service: also the first part of its parameters' names, which AWS reserves for itself where they begin with
 * `aws` or `ssm` (https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-parameter-name-constraints.html).
 */
export function serviceName() {
  return text(
    new RegExp(`^${serviceKebab}$`),
    `must be 2 to 32 characters: ${kebabWords}, and not \`aws\` or \`ssm\``,
  );
}

/** Name of a consumer: a part of the names of roles and functions, which take 64 characters. */
export function consumerName() {
  return text(new RegExp(`^${shortKebab}$`), `must be 1 to 32 characters: ${kebabWords}`);
}

/**
 * Longest name of an item: what is longer is never shown, since it may be a value. AWS takes more: with service and
 * environment before it, 512 characters for a secret, and 1,011 for a parameter, ARN included.
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html
 */
const longestItemName = longestShown;

/** Name of a parameter. */
export function itemName() {
  return text(
    new RegExp(`^(?=.{1,${longestItemName}}$)${kebab}$`),
    `must be 1 to ${longestItemName} characters: ${kebabWords}`,
  );
}

/**
 * Name of a secret. Secrets Manager adds a hyphen and six characters of its own and takes a name that ends alike for a
 * partial ARN (https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html).
 */
export function secretName() {
  return itemName().check(
    expecting(z.regex(/^(?!.*-.{6}$)/), {
      allowed: "must not end in a hyphen and six characters",
      remedy: "choose another: Secrets Manager takes such an ending for the one it adds to every ARN",
    }),
  );
}

/** Name of a workload stack; which ones there are is the organisation's to say. */
export function environmentName() {
  return text(/^[\w.-]{1,64}$/, "must be the name of a workload stack, such as `staging`").register(
    ofEnvironments,
  );
}

/** Name of a JSON field of a secret. */
export function fieldName() {
  return text(
    /^[A-Za-z_][A-Za-z0-9_-]{0,63}$/,
    "must be 1 to 64 letters, digits, underscores and hyphens, beginning with a letter or underscore",
  );
}

/** Name of an environment variable. */
export function variableName() {
  return text(
    /^[A-Za-z_][A-Za-z0-9_]{0,127}$/,
    "must be 1 to 128 letters, digits and underscores, not beginning with a digit",
  );
}

/** `item` or `service/item`; with `.jwks` behind it the public keys of a key pair. */
export function itemReference() {
  return text(
    new RegExp(`^(?:${kebab}/)?${kebab}(?:\\.jwks)?$`),
    "must be `item`, or `service/item` for one that another service shares; with `.jwks` behind it the public keys of a key pair",
    "write its name as it stands under `secrets` or `parameters`; single fields can only be named under `environment`",
  );
}

/** `item` or `service/item`, of a secret that may change others' passwords. */
export function administratorReference() {
  return text(
    new RegExp(`^(?:${kebab}/)?${kebab}$`),
    "must be `item`, or `service/item` for one that another service shares",
    "name the secret of the administrator's login",
  );
}

/** `item`, `item.field`, `service/item` or `service/item.field`. */
export function valueReference() {
  return text(
    new RegExp(`^(?:${kebab}/)?${kebab}(?:\\.[A-Za-z_][A-Za-z0-9_-]*)?$`),
    "must be `item`, `item.field`, `service/item` or `service/item.field`",
    "name a secret or parameter; values themselves never stand in a manifest",
  );
}

/** AWS region of a partition this platform was made for. */
export function regionName() {
  const allowed = "must be an AWS region, such as `eu-central-1`";
  const schema = z.string().regex(supportedRegions).meta({ patternErrorMessage: allowed });
  return expecting(schema, (value) => otherPartition(String(value)) ?? { allowed });
}

function otherPartition(region: string): Expectation | undefined {
  const partition = partitionOf(region);
  if (partition === undefined) return undefined;
  const supported = `${supportedPartitions.slice(0, -1).join(", ")} and ${supportedPartitions.at(-1)}`;
  return wordsOf(
    `it is a region of the partition ${partition}, and the platform supports ${supported} alone`,
    "choose a region of one of them",
  );
}

/** E-mail address that AWS takes as the value of a tag. */
export function emailAddress() {
  return text(emailAddresses.pattern, "must be an e-mail address, such as `orders-team@example.com`");
}

/**
 * A sentence for people. 1,024 characters is what Parameter Store takes; Secrets Manager takes 2,048. Space around it,
 * such as the line break behind a text that YAML folds, is left out.
 */
export function description() {
  const line = expecting(z.regex(onOneLine), {
    allowed:
      "must be a sentence on one line, without tabs, control characters and marks that turn the direction of writing",
    remedy: "write it on one line, or behind `>`, which folds lines into one",
  });
  const schema = z
    .string()
    .regex(/\S/)
    .check(line)
    .max(1024)
    .meta({ patternErrorMessage: "must be a sentence on one line" });
  return expecting(schema, { allowed: "must be a sentence of 1 to 1024 characters" });
}

/**
 * Between the first and the last letter stands no control character (U+0000 to U+001F, U+007F to U+009F), no separator of
 * lines (U+2028, U+2029) and no mark of direction (https://trojansource.codes).
 */
const onOneLine =
  /^\s*(?:[^\s\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+(?:[^\S\u0000-\u001f\u2028\u2029]+[^\s\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+)*\s*)?$/;
