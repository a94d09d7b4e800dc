import type { Architecture } from "../catalogue/types";
import { partitionOf } from "./partitions";

/** Accounts in which AWS publishes the extension, by region, and whether for arm64 too. */
const publishers: Readonly<
  Record<string, { readonly account: string; readonly x86: number; readonly arm?: number }>
> = {
  "af-south-1": { account: "317013901791", x86: 4, arm: 1 },
  "ap-east-1": { account: "768336418462", x86: 4, arm: 1 },
  "ap-northeast-1": { account: "133490724326", x86: 4, arm: 4 },
  "ap-northeast-2": { account: "738900069198", x86: 4, arm: 1 },
  "ap-northeast-3": { account: "576959938190", x86: 4 },
  "ap-south-1": { account: "176022468876", x86: 4, arm: 4 },
  "ap-south-2": { account: "070087711984", x86: 1 },
  "ap-southeast-1": { account: "044395824272", x86: 4, arm: 4 },
  "ap-southeast-2": { account: "665172237481", x86: 4, arm: 4 },
  "ap-southeast-3": { account: "490737872127", x86: 4, arm: 1 },
  "ca-central-1": { account: "200266452380", x86: 4, arm: 1 },
  "cn-north-1": { account: "287114880934", x86: 4 },
  "cn-northwest-1": { account: "287310001119", x86: 4 },
  "eu-central-1": { account: "187925254637", x86: 4, arm: 4 },
  "eu-central-2": { account: "772501565639", x86: 1 },
  "eu-north-1": { account: "427196147048", x86: 4, arm: 1 },
  "eu-south-1": { account: "325218067255", x86: 4, arm: 1 },
  "eu-south-2": { account: "524103009944", x86: 1 },
  "eu-west-1": { account: "015030872274", x86: 4, arm: 4 },
  "eu-west-2": { account: "133256977650", x86: 4, arm: 4 },
  "eu-west-3": { account: "780235371811", x86: 4, arm: 1 },
  "me-central-1": { account: "858974508948", x86: 4 },
  "me-south-1": { account: "832021897121", x86: 4, arm: 1 },
  "sa-east-1": { account: "933737806257", x86: 4, arm: 1 },
  "us-east-1": { account: "177933569100", x86: 4, arm: 4 },
  "us-east-2": { account: "590474943231", x86: 4, arm: 4 },
  "us-gov-east-1": { account: "129776340158", x86: 4 },
  "us-gov-west-1": { account: "127562683043", x86: 4 },
  "us-west-1": { account: "997803712105", x86: 4, arm: 1 },
  "us-west-2": { account: "345057560386", x86: 4, arm: 4 },
};

/**
 * ARN of the layer with the AWS Parameters and Secrets Lambda Extension, release 1.0.103, which AWS's CDK pins for these
 * regions; undefined where it has none for such processors.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/retrieving-secrets_lambda.html#retrieving-secrets_lambda_ARNs
 * https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/region-info/build-tools/fact-tables.ts
 */
export function parametersExtension(region: string, architecture: Architecture): string | undefined {
  const publisher = publishers[region];
  const version = architecture === "arm64" ? publisher?.arm : publisher?.x86;
  if (publisher === undefined || version === undefined) return undefined;
  const name = `AWS-Parameters-and-Secrets-Lambda-Extension${architecture === "arm64" ? "-Arm64" : ""}`;
  return `arn:${partitionOf(region)}:lambda:${region}:${publisher.account}:layer:${name}:${version}`;
}
