import { functionPublic } from "../../../../policies/rules/lambda/function-public";
import { testRule } from "../../support/cases";
import { declare, later, organization, prod } from "../../support/program";

const permission = (principal: string, more: object = {}) =>
  declare("functionPermission", { action: "lambda:InvokeFunction", function: "f", principal, ...more });

testRule(functionPublic, {
  passes: {
    "an account": permission(prod),
    "a service for one account": permission("secretsmanager.amazonaws.com", { sourceAccount: prod }),
    "a service for one resource": permission("events.amazonaws.com", { sourceArn: later }),
    "a service for a bucket": permission("s3.amazonaws.com", { sourceArn: "arn:aws:s3:::bucket" }),
    "the organisation": permission("*", { principalOrgId: organization }),
    "a URL for signed requests": declare("functionUrl", { functionName: "f", authorizationType: "AWS_IAM" }),
  },
  fails: {
    everyone: { program: permission("*"), at: "principal is everyone" },
    "a service for every resource": {
      program: permission("events.amazonaws.com", { sourceArn: "arn:aws:events:*:*:*" }),
      at: "principal is a service on anyone's behalf",
    },
    "a service for anyone": {
      program: permission("s3.amazonaws.com"),
      at: "principal is a service on anyone's behalf",
    },
    "a service for anyone, in China": {
      program: permission("s3.amazonaws.com.cn"),
      at: "principal is a service",
    },
    "a rule of one account, by which EventBridge invokes nothing": {
      program: permission("events.amazonaws.com", { sourceAccount: prod, sourceArn: later }),
      at: "sourceAccount asks events for aws:SourceAccount",
    },
    "an open URL": {
      program: declare("functionUrl", { functionName: "f", authorizationType: "NONE" }),
      at: "authorizationType is not",
    },
  },
  undecided: {
    "the principal": { program: permission(later), at: "principal is not known" },
    "the URL's": {
      program: declare("functionUrl", { functionName: "f", authorizationType: later }),
      at: "authorizationType is not known",
    },
  },
});
