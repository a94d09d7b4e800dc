import { iamPrivilegeEscalation } from "../../../../policies/rules/iam/iam-privilege-escalation";
import { testRule, type Program } from "../../support/cases";
import { declare, document, later, policy, prod, type StatementInput } from "../../support/program";

const on = (...statements: StatementInput[]) =>
  declare("rolePolicy", { role: "r", policy: document(...statements) }, { name: "policy" });
const oneRole = `arn:aws:iam::${prod}:role/services/orders/orders-prod-api`;
const inTwoPolicies = (first: StatementInput, second: StatementInput): Program => [
  declare("role", { name: "r", assumeRolePolicy: "{}" }, { name: "role" }),
  declare("rolePolicy", { role: "r", policy: policy(first) }, { name: "one" }),
  declare("rolePolicy", { role: "r", policy: policy(second) }, { name: "two" }),
];

testRule(iamPrivilegeEscalation, {
  passes: {
    "changing roles of one path": on({
      Action: "iam:PutRolePolicy",
      Resource: `arn:aws:iam::${prod}:role/services/*`,
    }),

    "a command on machines by their tag": on({
      Action: ["ssm:SendCommand", "ssm:StartSession"],
      Resource: "*",
      Condition: { StringLike: { "ssm:resourceTag/service": "orders" } },
    }),
    "a key by its alias": on({
      Action: "kms:PutKeyPolicy",
      Resource: `arn:aws:kms:eu-west-1:${prod}:key/*`,
      Condition: { "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/orders" } },
    }),
    "the policy of the own secrets": on({
      Action: "secretsmanager:PutResourcePolicy",
      Resource: `arn:aws:secretsmanager:eu-west-1:${prod}:secret:orders/*`,
    }),
    "a function's configuration, passing no role": on({
      Action: "lambda:UpdateFunctionConfiguration",
      Resource: "*",
    }),
    "a change of one named stack": on(
      { Action: "cloudformation:CreateChangeSet", Resource: "*" },
      {
        Action: "cloudformation:ExecuteChangeSet",
        Resource: `arn:aws:cloudformation:eu-west-1:${prod}:stack/orders/*`,
      },
    ),
    "changing a named role": on({ Action: "iam:PutRolePolicy", Resource: oneRole }),
    "passing a named role to a new task": on(
      { Action: "iam:PassRole", Resource: oneRole },
      { Action: ["ecs:RegisterTaskDefinition", "ecs:RunTask"], Resource: "*" },
    ),
    "starting instances without a role": on({ Action: "ec2:RunInstances", Resource: "*" }),
    "a denial": on({ Effect: "Deny", Action: "iam:*", Resource: "*" }),
    "updating a named function": on({
      Action: "lambda:UpdateFunctionCode",
      Resource: `arn:aws:lambda:eu-west-1:${prod}:function:orders`,
    }),
  },
  fails: {
    "any role beside a named one": {
      program: on({ Action: "iam:PutRolePolicy", Resource: [oneRole, "*"] }),
      at: "policy statement 1 allows iam:PutRolePolicy",
    },

    ...Object.fromEntries(
      (
        [
          ["IAMFullAccess", "iam:AddUserToGroup"],
          ["PowerUserAccess", "glue:UpdateDevEndpoint"],
          ["AWSLambda_FullAccess", "lambda:UpdateFunctionCode"],
          ["job-function/SystemAdministrator", "lambda:UpdateFunctionCode"],
        ] satisfies [string, string][]
      ).map(([name, action]) => [
        `AWS's ${name}`,
        {
          program: declare("rolePolicyAttachment", {
            role: "r",
            policyArn: `arn:aws:iam::aws:policy/${name}`,
          }),
          at: `policyArn statement 1 allows ${action}`,
        },
      ]),
    ),
    ...Object.fromEntries(
      [
        "cloudformation:UpdateStack",
        "codebuild:StartBuild",
        "ec2-instance-connect:SendSSHPublicKey",
        "ecs:ExecuteCommand",
        "kms:PutKeyPolicy",
        "secretsmanager:PutResourcePolicy",
        "ssm:SendCommand",
        "ssm:StartSession",
        "sso:AttachManagedPolicyToPermissionSet",
        "sso:CreateAccountAssignment",
        "sso:PutInlinePolicyToPermissionSet",
      ].map((Action) => [
        `alone: ${Action}`,
        {
          program: on({ Action, Resource: "*" }),
          at: `policy statement 1 allows ${Action} on resources of one's choice`,
        },
      ]),
    ),
    "a command on any machine of an account": {
      program: on({
        Action: "ssm:SendCommand",
        Resource: [
          "arn:aws:ssm:eu-west-1::document/AWS-RunShellScript",
          `arn:aws:ec2:eu-west-1:${prod}:instance/*`,
        ],
      }),
      at: "policy statement 1 allows ssm:SendCommand",
    },
    ...Object.fromEntries(
      ["role/**", "role/?*", "*/*"].map((any) => [
        `changing any role, in other words: ${any}`,
        {
          program: on({ Action: "iam:PutRolePolicy", Resource: `arn:aws:iam::${prod}:${any}` }),
          at: "policy statement 1 allows iam:PutRolePolicy",
        },
      ]),
    ),
    "the policy of any secret": {
      program: on({
        Action: "secretsmanager:Put*",
        Resource: `arn:aws:secretsmanager:eu-west-1:${prod}:secret:*`,
      }),
      at: "policy statement 1 allows secretsmanager:PutResourcePolicy",
    },
    "by a tag that need not be there": {
      program: on({
        Action: "ssm:SendCommand",
        Resource: "*",
        Condition: { StringEqualsIfExists: { "ssm:resourceTag/service": "orders" } },
      }),
      at: "policy statement 1 allows ssm:SendCommand",
    },
    ...Object.fromEntries(
      [
        ["iam:PassRole", "lambda:UpdateFunctionConfiguration"],
        ["iam:PassRole", "ecs:RegisterTaskDefinition", "ecs:StartTask"],
        ["iam:PassRole", "glue:UpdateJob", "glue:StartJobRun"],
        ["iam:PassRole", "sagemaker:CreateTrainingJob"],
      ].map((Action) => [
        `passing any role: ${Action.join(" and ")}`,
        {
          program: on({ Action, Resource: "*" }),
          at: `together its policies allow ${Action.join(" and ")} with a role of one's choice`,
        },
      ]),
    ),
    ...Object.fromEntries(
      [
        ["cloudformation:CreateChangeSet", "cloudformation:ExecuteChangeSet"],
        ["ec2:ModifyInstanceAttribute", "ec2:StopInstances", "ec2:StartInstances"],
      ].map((Action) => [
        `changing what runs under a role: ${Action.join(" and ")}`,
        {
          program: inTwoPolicies(
            { Action: Action.slice(0, 1), Resource: "*" },
            { Action: Action.slice(1), Resource: "*" },
          ),
          at: `together its policies allow ${Action.join(" and ")} on resources of one's choice`,
          on: "role",
        },
      ]),
    ),
    "AWS's AdministratorAccess-AWSElasticBeanstalk": {
      program: declare("rolePolicyAttachment", {
        role: "r",
        policyArn: "arn:aws:iam::aws:policy/AdministratorAccess-AWSElasticBeanstalk",
      }),
      at: "together its policies allow iam:PassRole and ec2:RunInstances",
    },
    "passing any role, in two policies of a role elsewhere": {
      program: [
        declare(
          "rolePolicy",
          { role: "else", policy: policy({ Action: "iam:PassRole", Resource: "*" }) },
          { name: "one" },
        ),
        declare(
          "rolePolicy",
          { role: "else", policy: policy({ Action: "ec2:RunInstances", Resource: "*" }) },
          { name: "two" },
        ),
      ],
      at: "together its policies allow iam:PassRole and ec2:RunInstances",
      on: "one",
    },
    "changing any role": {
      program: on({ Action: "iam:PutRolePolicy", Resource: "*" }),
      at: "policy statement 1 allows iam:PutRolePolicy on resources of one's choice",
      on: "policy",
    },
    "changing any role of the account": {
      program: on({ Action: "iam:AttachRolePolicy", Resource: `arn:aws:iam::${prod}:role/*` }),
      at: "policy statement 1 allows iam:AttachRolePolicy",
    },
    "taking boundaries away": {
      program: on({ Action: "iam:*Boundary", Resource: "*" }),
      at: "policy statement 1 allows iam:DeleteRolePermissionsBoundary",
    },
    "updating any function": {
      program: on({
        Action: "lambda:UpdateFunctionCode",
        Resource: `arn:aws:lambda:eu-west-1:${prod}:function:*`,
      }),
      at: "policy statement 1 allows lambda:UpdateFunctionCode",
    },
    "all but something": {
      program: on({ Action: "iam:CreateAccessKey", NotResource: oneRole }),
      at: "policy statement 1 allows iam:CreateAccessKey",
    },
    "assuming any role": {
      program: on({ Action: "sts:AssumeRole", Resource: "*" }),
      at: "policy statement 1 allows sts:AssumeRole",
    },
    "passing any role to an instance": {
      program: on({ Action: ["iam:PassRole", "ec2:RunInstances"], Resource: "*" }),
      at: "together its policies allow iam:PassRole and ec2:RunInstances",
    },
    "passing any role, in two policies": {
      program: inTwoPolicies(
        { Action: "iam:PassRole", Resource: `arn:aws:iam::${prod}:role/*` },
        { Action: "cloudformation:CreateStack", Resource: "arn:aws:cloudformation:*:*:stack/x" },
      ),
      at: "together its policies allow iam:PassRole and cloudformation:CreateStack",
      on: "role",
    },
  },
  undecided: {
    "what may be done to any, beside a named one": {
      program: on({ Action: later, Resource: [oneRole, "*"] }),
      at: "policy.Statement[0] is not known",
    },

    "whose role": {
      program: on({ Action: "iam:PutRolePolicy", Resource: later }),
      at: "policy.Statement[0] is not known",
    },
    "what may be done to any": {
      program: on({ Action: later, Resource: "*" }),
      at: "policy.Statement[0] is not known",
    },
    "whether it allows": {
      program: on({ Effect: later, Action: "iam:PutRolePolicy", Resource: "*" }),
      at: "policy.Statement[0] is not known",
    },
    "the policy": {
      program: (() => {
        const role = declare("role", { name: "r", assumeRolePolicy: "{}" }, { name: "role" });
        return [role, declare("rolePolicy", { role: "r", policy: later }, { from: { policy: [role] } })];
      })(),
      at: "policy is not known",
    },
  },
});
