import type { Organisation } from "../organisation/types";
import { namedRoleArn, roleArn } from "../plan/arns";
import { platformPath, platformRoleNames } from "../plan/names";

type PlatformRole = keyof typeof platformRoleNames;

/** ARN of one of the roles this platform makes for people, in one account. */
export function platformRoleArn(organisation: Organisation, account: string, role: PlatformRole): string {
  return roleArn({ partition: organisation.partition, account }, platformPath, platformRoleNames[role]);
}

export function deployerArn({ partition, principals }: Organisation, account: string): string {
  return namedRoleArn({ partition, account }, principals.deployer);
}

/** Those who look after keys and policies, the deployer among them. */
export function administratorArns(organisation: Organisation, account: string): readonly string[] {
  const { partition, principals } = organisation;
  const administrators = principals.administrators.map((name) => namedRoleArn({ partition, account }, name));
  return [...new Set([deployerArn(organisation, account), ...administrators])];
}
