import { arn, type Place } from "../plan/arns";
import type { IdentityStatement } from "./policy";

/**
 * What Lambda needs to place a function in a network's subnets.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-permissions
 */
export function networkInterfaceStatements(place: Place): IdentityStatement[] {
  return [
    {
      Sid: "UseNetworkInterfaces",
      Effect: "Allow",
      Action: [
        "ec2:AssignPrivateIpAddresses",
        "ec2:CreateNetworkInterface",
        "ec2:DeleteNetworkInterface",
        "ec2:UnassignPrivateIpAddresses",
      ],
      Resource: ["network-interface", "security-group", "subnet"].map((kind) =>
        arn("ec2", place, `${kind}/*`),
      ),
    },
    {
      Sid: "FindNetworkInterfaces",
      Effect: "Allow",
      Action: ["ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets"],
      // The actions take no resource.
      Resource: "*",
    },
  ];
}
