import { accountPrincipal, arn, namedRoleArns, type Place } from "../plan/arns";
import { consumerName } from "../plan/names";
import type { PlatformPrincipal } from "../organisation/types";
import type { RolePlan } from "../plan/types";
import { type Condition, policyDocument, type PolicyDocument } from "./policy";
import { podTrust } from "./podTrust";
import { roleServiceTrust } from "./roleServiceTrust";
import { serviceTrust } from "./serviceTrust";

/**
 * Who may assume a consumer's role: the one service that runs it, for this account's own resources only where the
 * service says on whose behalf it acts (ECS and CodeBuild do, Lambda and EC2 do not).
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
export function consumerTrust(role: RolePlan, place: Place): PolicyDocument {
  switch (role.use) {
    case "lambda":
      return serviceTrust("lambda");
    case "ec2":
      return serviceTrust("ec2");
    case "ecs-execution":
    case "ecs-task":
      // A cluster cannot be named: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
      return serviceTrust("ecs-tasks", {
        "aws:SourceAccount": place.account,
        "aws:SourceArn": arn("ecs", place, "*"),
      });
    case "codebuild": {
      const project = consumerName(role.service, role.environment, role.consumer);
      return serviceTrust("codebuild", {
        "aws:SourceAccount": place.account,
        "aws:SourceArn": arn("codebuild", place, `project/${project}`),
      });
    }
    case "role":
      if (role.by === undefined) throw new Error(`nobody assumes ${role.name}`);
      return roleServiceTrust(role.by, place);
    case "eks":
      if (role.pods === undefined) throw new Error(`no pods run as ${role.name}`);
      return podTrust(role.pods, place);
  }
}

/** EventBridge, for rules of one account, of whatever bus. */
export function eventsTrust(place: Place): PolicyDocument {
  return serviceTrust("events", {
    "aws:SourceAccount": place.account,
    "aws:SourceArn": arn("events", place, "rule/*"),
  });
}

/** Roles of the same account that may assume a role for people. */
export function peopleTrust(
  place: Place,
  { trusted }: PlatformPrincipal,
  condition: Condition = {},
): PolicyDocument {
  return policyDocument([
    {
      Sid: "PeopleAssume",
      Effect: "Allow",
      Principal: { AWS: accountPrincipal(place) },
      Action: "sts:AssumeRole",
      Condition: {
        ArnLike: { "aws:PrincipalArn": trusted.flatMap((name) => namedRoleArns(place, name)) },
        ...condition,
      },
    },
  ]);
}

/**
 * Break-glass needs a second factor not older than 15 minutes; sessions that come from an identity provider carry no
 * such key, so there the provider must ask for it.
 */
export function breakGlassTrust(
  place: Place,
  principal: PlatformPrincipal & { readonly mfa: "iam" | "identity-provider" },
): PolicyDocument {
  const secondFactor: Condition = {
    Bool: { "aws:MultiFactorAuthPresent": "true" },
    NumericLessThan: { "aws:MultiFactorAuthAge": "900" },
  };
  return peopleTrust(place, principal, principal.mfa === "iam" ? secondFactor : {});
}
