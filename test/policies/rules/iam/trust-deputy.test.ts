import { trustDeputy } from "../../../../policies/rules/iam/trust-deputy";
import { testRule } from "../../support/cases";
import { declare, document, later, policy, prod } from "../../support/program";

const assume = { Action: "sts:AssumeRole" };
const role = (assumeRolePolicy: string) => declare("role", { assumeRolePolicy });
const service = (Service: unknown) => ({ ...assume, Principal: { Service } });

testRule(trustDeputy, {
  passes: {
    "for one account": role(
      policy({
        ...service("ecs-tasks.amazonaws.com"),
        Condition: { StringEquals: { "aws:SourceAccount": prod } },
      }),
    ),
    "for one resource": role(
      policy({
        ...service("codebuild.amazonaws.com"),
        Condition: { ArnLike: { "aws:SourceArn": `arn:aws:codebuild:*:${prod}:project/x` } },
      }),
    ),
    "a service that sends no source": role(
      policy(service("lambda.amazonaws.com"), service("ec2.amazonaws.com.cn")),
    ),
    "an account": role(policy({ ...assume, Principal: { AWS: prod } })),
  },
  fails: {
    "tasks of anyone": {
      program: role(policy(service("ecs-tasks.amazonaws.com"))),
      at: "assumeRolePolicy statement 1 lets ecs-tasks",
    },
    "in another partition": {
      program: role(policy(service("codebuild.amazonaws.com.cn"))),
      at: "assumeRolePolicy statement 1 lets codebuild",
    },
    "among others": {
      program: role(policy(service(["lambda.amazonaws.com", "events.amazonaws.com"]))),
      at: "assumeRolePolicy statement 1 lets events",
    },
    "any account at all": {
      program: role(
        policy({
          ...service("ecs-tasks.amazonaws.com"),
          Condition: { StringLike: { "aws:SourceAccount": "*" } },
        }),
      ),
      at: "assumeRolePolicy statement 1 lets ecs-tasks",
    },
  },
  undecided: {
    "the trust": { program: role(later), at: "assumeRolePolicy is not known" },
    "the service": {
      program: role(document(service(later))),
      at: "assumeRolePolicy.Statement[0].Principal.Service is not",
    },
  },
});
