/**
 * Processors of an EC2 instance type. AWS marks its own by a `g` behind the generation, as in t4g, c7gn and im4gn, and
 * NVIDIA's by `gb`; a1 was the first.
 * https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html
 */
export function instanceArchitecture(instanceType: string): "arm64" | "x86_64" {
  return /^(a1|[a-z]+\d+[a-z]*g[a-z]*|[a-z0-9]+-gb\d+)[.-]/.test(instanceType) ? "arm64" : "x86_64";
}
