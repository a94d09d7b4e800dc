import type { Organisation } from "../organisation/types";
import { namedRoleArns, roleArn } from "../plan/arns";
import { platformPath, platformRoleNames } from "../plan/names";

type PlatformRole = keyof typeof platformRoleNames;

/** ARN of one of the roles this platform makes for people, in one account. */
export function platformRoleArn(organisation: Organisation, account: string, role: PlatformRole): string {
  return roleArn({ partition: organisation.partition, account }, platformPath, platformRoleNames[role]);
}

/** For `ArnLike`: a single sign-on role is named by patterns. */
export function deployerArns({ partition, principals }: Organisation, account: string): readonly string[] {
  return namedRoleArns({ partition, account }, principals.deployer);
}

/** Those who look after keys and policies, the deployer among them; for `ArnLike` as well. */
export function administratorArns(organisation: Organisation, account: string): readonly string[] {
  const { partition, principals } = organisation;
  const administrators = principals.administrators.flatMap((name) =>
    namedRoleArns({ partition, account }, name),
  );
  return [...new Set([...deployerArns(organisation, account), ...administrators])];
}
