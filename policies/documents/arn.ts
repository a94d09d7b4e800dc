import { overlap } from "../../model/aws/patterns";

/** `arn:partition:service:region:account:resource`, each part as written; the resource keeps its own colons. */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  readonly resource: string;
}

/** Undefined when the text is not an ARN (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html). */
export function parseArn(text: string): Arn | undefined {
  if (!text.startsWith("arn:")) return undefined;
  const parts = text.split(":");
  if (parts.length < 6) return undefined;
  const [, partition = "", service = "", region = "", account = "", ...resource] = parts;
  return { partition, service, region, account, resource: resource.join(":") };
}

/** Is there an ARN that both patterns cover? Wildcards stay within their part, as in IAM. */
export function overlapArns(one: string, other: string): boolean {
  const [first, second] = [parseArn(one), parseArn(other)];
  if (first === undefined || second === undefined) return overlap(one, other);
  return (
    overlap(first.partition, second.partition) &&
    overlap(first.service, second.service) &&
    overlap(first.region, second.region) &&
    overlap(first.account, second.account) &&
    overlap(withSuffix(first, second), withSuffix(second, first))
  );
}

/**
 * The resource, with a secret's six characters that are not known as ones that they can be: letters and digits, so that
 * no name with a slash lies in them (https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html).
 */
function withSuffix({ service, resource }: Arn, other: Arn): string {
  if (service !== "secretsmanager" || /-[A-Za-z0-9?]{6}$/.test(other.resource)) return resource;
  return resource.replace(/-\?{6}$/, "-AAAAAA");
}

/** The account of a principal written as `arn:…:iam::111111111111:root` or as the twelve digits alone. */
export function accountPrincipal(text: string): string | undefined {
  if (isAccountNumber(text)) return text;
  const arn = parseArn(text);
  return arn?.service === "iam" && arn.resource === "root" ? arn.account : undefined;
}

export function isAccountNumber(text: string): boolean {
  if (text.length !== 12) return false;
  for (const digit of text) if (digit < "0" || digit > "9") return false;
  return true;
}
