import { arn, functionArn, type Place } from "../plan/arns";
import type { IdentityStatement } from "./policy";

const changing = [
  "ec2:AssignPrivateIpAddresses",
  "ec2:CreateNetworkInterface",
  "ec2:DeleteNetworkInterface",
  "ec2:UnassignPrivateIpAddresses",
];

const finding = ["ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets"];

/**
 * What Lambda needs to place a function in a network's subnets; not the function's own code, which could use up the
 * network's addresses. Lambda's calls for the function say nothing of it, those of its code name it.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
 * https://docs.aws.amazon.com/lambda/latest/dg/permissions-source-function-arn.html
 */
export function networkInterfaceStatements(place: Place): IdentityStatement[] {
  return [
    {
      Sid: "UseNetworkInterfaces",
      Effect: "Allow",
      Action: changing,
      Resource: ["network-interface", "security-group", "subnet"].map((kind) =>
        arn("ec2", place, `${kind}/*`),
      ),
    },
    {
      Sid: "FindNetworkInterfaces",
      Effect: "Allow",
      Action: finding,
      // The actions take no resource.
      Resource: "*",
    },
    {
      Sid: "NoNetworkInterfacesFromCode",
      Effect: "Deny",
      Action: [...changing, ...finding],
      Resource: "*",
      // Whatever function runs as the role, also one that a team deploys by other means.
      Condition: { ArnLike: { "lambda:SourceFunctionArn": functionArn(place, "*") } },
    },
  ];
}
