import { type Partition, isSupported } from "../aws/partitions";
import { isAccount } from "../aws/textRules";
import { hasWildcard } from "../aws/patterns";

/** Parts of an ARN of a thing there is: no wildcard in it. */
export interface ReadArn {
  readonly text: string;
  readonly partition: Partition;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  readonly resource: string;
}

/**
 * `arn:partition:service:region:account:resource`, of a supported partition and an account of 12 digits.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 * @param resource what the resource part is, such as `secret:`
 */
export function readArn(text: string, service: string, resource: RegExp): ReadArn | undefined {
  const [arn, partition, ofService, region = "", account = "", ...rest] = text.split(":");
  const name = rest.join(":");
  const isRegional = service !== "iam";
  return arn === "arn" &&
    isSupported(partition) &&
    ofService === service &&
    (isRegional ? /^[a-z0-9-]+$/.test(region) : region === "") &&
    isAccount(account) &&
    resource.test(name) &&
    !hasWildcard(text)
    ? { text, partition, service, region, account, resource: name }
    : undefined;
}
