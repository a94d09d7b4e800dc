import { accountPrincipal, arn, namedRoleArn, type Place, servicePrincipal } from "../plan/arns";
import { consumerName } from "../plan/names";
import type { PlatformPrincipal } from "../organisation/types";
import type { RolePlan } from "../plan/types";
import { type Condition, policyDocument, type PolicyDocument } from "./policy";

/**
 * Who may assume a consumer's role: the one service that runs it, for this account's own resources only where the
 * service says on whose behalf it acts (ECS and CodeBuild do; Lambda and EC2 send no source).
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
      return serviceTrust("ecs-tasks", {
        StringEquals: { "aws:SourceAccount": place.account },
        ArnLike: { "aws:SourceArn": arn("ecs", place, "*") },
      });
    case "codebuild": {
      const project = consumerName(role.service, role.environment, role.consumer);
      return serviceTrust("codebuild", {
        StringEquals: { "aws:SourceAccount": place.account },
        ArnEquals: { "aws:SourceArn": arn("codebuild", place, `project/${project}`) },
      });
    }
  }
}

export function serviceTrust(service: string, condition?: Condition): PolicyDocument {
  return policyDocument([
    {
      Sid: "ServiceAssumes",
      Effect: "Allow",
      Principal: { Service: servicePrincipal(service) },
      Action: "sts:AssumeRole",
      ...(condition && { Condition: condition }),
    },
  ]);
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
        ArnLike: { "aws:PrincipalArn": trusted.map((name) => namedRoleArn(place, name)) },
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
