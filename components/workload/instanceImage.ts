import { instanceArchitecture } from "../../model/aws/instanceArchitecture";

/**
 * Newest Amazon Linux 2023 for an instance type, as AWS publishes it: the launch template names the public parameter,
 * so that every launch takes the image of that day.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/create-launch-template.html#use-an-ssm-parameter-instead-of-an-ami-id
 */
export function instanceImage(instanceType: string): string {
  const family = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default";
  return `resolve:ssm:${family}-${instanceArchitecture(instanceType)}`;
}
