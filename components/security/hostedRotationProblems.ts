import { functionNames, keyArns, regionNames, secretArns, type TextRule } from "../../model/aws/textRules";
import { checkTags } from "../argumentRules";
import { checkLogSettings } from "../logGroup";
import { check, checkDistinct, checkText, checkTexts, type ArgumentProblem } from "../validation";
import type { HostedRotationArgs } from "./hostedRotationArgs";

/** Everything wrong with a HostedRotation's arguments. */
export function hostedRotationProblems(args: HostedRotationArgs): ArgumentProblem[] {
  return [
    ...checkText("region", args.region, regionNames),
    ...checkText("stackName", args.stackName, stackNames),
    ...checkText("functionName", args.functionName, functionNames),
    ...checkDistinct("network.subnetIds", args.network.subnetIds, true),
    ...checkTexts("network.subnetIds", args.network.subnetIds, subnetIds),
    ...checkDistinct("network.securityGroupIds", args.network.securityGroupIds, true),
    ...checkTexts("network.securityGroupIds", args.network.securityGroupIds, securityGroupIds),
    ...checkText("keyArn", args.keyArn, keyArns),
    ...checkLogSettings("logs", args.logs),
    ...adminProblems(args),
    ...checkText("version", args.version, versions),
    ...checkText("excludedCharacters", args.excludedCharacters, excludedCharacters),
    ...checkTags("tags", args.tags),
  ];
}

function adminProblems({ strategy, admin }: HostedRotationArgs): ArgumentProblem[] {
  const needed = strategy === "alternating-users";
  return [
    ...check(needed === (admin !== undefined), "admin", {
      found: `${admin === undefined ? "none" : "an administrator's secret"} was found`,
      allowed: "alternating users need one, a single user takes none",
      remedy: needed ? "name the secret that may change passwords" : "leave it out",
    }),
    ...checkText("admin.secretArn", admin?.secretArn, secretArns),
    ...checkText("admin.keyArn", admin?.keyArn, keyArns),
  ];
}

/** CloudFormation takes 128 characters, `serverlessrepo-` among them. */
const stackNames: TextRule = {
  pattern: /^(?!serverlessrepo-)[A-Za-z][A-Za-z0-9-]{0,112}$/,
  allowed: "1 to 113 letters, digits and `-` are allowed, beginning with a letter, without `serverlessrepo-`",
  remedy: "shorten it or leave the prefix to AWS",
};

const subnetIds: TextRule = {
  pattern: /^subnet-[0-9a-f]{8,17}$/,
  allowed: "the ID of a subnet is needed, as in subnet-0a1b2c3d4e5f60001",
  remedy: "copy it from `aws ec2 describe-subnets`",
};

const securityGroupIds: TextRule = {
  pattern: /^sg-[0-9a-f]{8,17}$/,
  allowed: "the ID of a security group is needed, as in sg-0a1b2c3d4e5f60001",
  remedy: "copy it from `aws ec2 describe-security-groups`",
};

const versions: TextRule = {
  pattern: /^\d+\.\d+\.\d+$/,
  allowed: "three numbers joined by points are allowed",
  remedy: "take one that the application's page in the repository lists",
};

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetRandomPassword.html */
const excludedCharacters: TextRule = {
  pattern: /^[!-~]{0,93}$/,
  allowed: "up to 93 printable ASCII characters are allowed",
  remedy: "name each character once",
};
