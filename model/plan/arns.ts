import { type Partition, partitions } from "../aws/partitions";
import { rolePatterns } from "../aws/singleSignOn";

/** Where an ARN points: partition, region and account. */
export interface Place {
  readonly partition: Partition;
  readonly region: string;
  readonly account: string;
}

/** Any ARN; `region` is left out for global services. */
export function arn(service: string, place: Place, resource: string): string {
  return `arn:${place.partition}:${service}:${place.region}:${place.account}:${resource}`;
}

/** Secrets Manager adds a hyphen and six characters to a secret's name; `?` matches exactly one each. */
export function secretArnPattern(place: Place, name: string): string {
  return arn("secretsmanager", place, `secret:${name}-??????`);
}

/** `name` begins with a slash. */
export function parameterArn(place: Place, name: string): string {
  return arn("ssm", place, `parameter${name}`);
}

export function functionArn(place: Place, name: string): string {
  return arn("lambda", place, `function:${name}`);
}

export function logGroupArn(place: Place, name: string): string {
  return arn("logs", place, `log-group:${name}`);
}

/** `path` begins and ends with a slash. */
export function roleArn(place: Pick<Place, "partition" | "account">, path: string, name: string): string {
  return `arn:${place.partition}:iam::${place.account}:role${path}${name}`;
}

/**
 * ARNs of a role given as in the principals' settings: a name that may hold a path and, of a single sign-on role,
 * wildcards, for conditions that take patterns (`ArnLike`).
 */
export function namedRoleArns(
  place: Pick<Place, "partition" | "account">,
  nameWithPath: string,
): readonly string[] {
  return rolePatterns(nameWithPath).map((name) => roleArn(place, "/", name));
}

/** The account itself; in a policy it stands for everybody in it, so it never goes without a condition on roles. */
export function accountPrincipal(place: Pick<Place, "partition" | "account">): string {
  return `arn:${place.partition}:iam::${place.account}:root`;
}

/**
 * What `kms:ViaService` may say when a service uses a key for somebody. In China services have been seen under both
 * domains, so both are listed there.
 * https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service
 */
export function viaService(
  service: "lambda" | "s3" | "secretsmanager" | "sns" | "ssm",
  { partition, region }: Pick<Place, "partition" | "region">,
): string | readonly string[] {
  const [host = "", ...others] = [
    ...new Set([partitions.aws.dnsSuffix, partitions[partition].dnsSuffix]),
  ].map((domain) => `${service}.${region}.${domain}`);
  return others.length > 0 ? [host, ...others] : host;
}

/** Service principal; the same in every partition for the services used here. */
export function servicePrincipal(service: string): string {
  return `${service}.amazonaws.com`;
}
