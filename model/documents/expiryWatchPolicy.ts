import type { Organisation } from "../organisation/types";
import { arn, logGroupArn, type Place } from "../plan/arns";
import { lambdaLogGroupName, platformFunctionNames } from "../plan/names";
import { noticesStatements } from "./noticesStatements";
import { policyDocument, type PolicyDocument } from "./policy";

/**
 * What the expiry watch may do: look at what is there, never at a value, and tell the topic.
 * @param replicas whether secrets of the account have copies in other regions, of which the list tells nothing
 */
export function expiryWatchPolicy(
  organisation: Organisation,
  account: string,
  topicArn: string,
  replicas: boolean,
): PolicyDocument {
  const place: Place = { ...organisation, account };
  return policyDocument([
    {
      Sid: "LookThrough",
      Effect: "Allow",
      // The listing actions take no resource.
      Action: ["secretsmanager:ListSecrets", "ssm:DescribeParameters"],
      Resource: "*",
    },
    {
      Sid: "FindOwners",
      Effect: "Allow",
      Action: "ssm:ListTagsForResource",
      Resource: arn("ssm", place, "parameter/*"),
    },
    ...(replicas
      ? [
          {
            Sid: "LookAtReplicas",
            Effect: "Allow" as const,
            Action: "secretsmanager:DescribeSecret",
            Resource: arn("secretsmanager", place, "secret:*"),
          },
        ]
      : []),
    ...noticesStatements(place, topicArn),
    {
      Sid: "WriteLogs",
      Effect: "Allow",
      Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
      Resource: `${logGroupArn(place, lambdaLogGroupName(platformFunctionNames.expiryWatch))}:*`,
    },
  ]);
}
