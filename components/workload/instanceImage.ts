/**
 * Newest Amazon Linux 2023 for an instance type, as AWS publishes it: the launch template names the public parameter,
 * so that every launch takes the image of that day.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/create-launch-template.html#use-an-ssm-parameter-instead-of-an-ami-id
 */
export function instanceImage(instanceType: string): string {
  const family = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default";
  return `resolve:ssm:${family}-${isArm(instanceType) ? "arm64" : "x86_64"}`;
}

/**
 * AWS marks its own processors by a `g` behind the generation, as in t4g, c7gn and im4gn, and NVIDIA's by `gb`; a1 was
 * the first.
 * https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html
 */
function isArm(instanceType: string): boolean {
  return /^(a1|[a-z]+\d+[a-z]*g[a-z]*|[a-z0-9]+-gb\d+)[.-]/.test(instanceType);
}
