import { iamResourceStar } from "../../../../policies/rules/iam/iam-resource-star";
import { testRule } from "../../support/cases";
import { declare, document, later, policy } from "../../support/program";

const on = (text: string) => declare("rolePolicy", { role: "r", policy: text });

testRule(iamResourceStar, {
  passes: {
    "named resources": on(policy({ Action: "s3:GetObject", Resource: "arn:aws:s3:::b/*" })),
    "actions that take none": on(
      policy({ Action: ["ecr:GetAuthorizationToken", "ec2:Describe*", "ec2:DescribeVpcs"], Resource: "*" }),
    ),
    "keys by alias": on(
      policy({
        Action: "kms:Decrypt",
        Resource: "*",
        Condition: { "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/prod/configuration" } },
      }),
    ),
    "resources by tag": on(
      policy({
        Action: "ec2:StopInstances",
        Resource: "*",
        Condition: { StringEquals: { "aws:ResourceTag/service": "orders" } },
      }),
    ),
    "what is named in part": on(
      policy({
        Action: "secretsmanager:GetSecretValue",
        Resource: [
          "arn:aws:secretsmanager:*:*:secret:orders/*",
          "arn:aws:s3:::orders-*/*",
          // A bucket called as a kind of things is.
          "arn:aws:s3:::table/*",
          "arn:aws:sns:*:*:orders:*",
          "arn:aws:logs:*:*:log-group:/orders/*:*",
          "arn:aws:dynamodb:*:*:table/orders/index/*",
          "arn:aws:iam::*:role/services/*",
        ],
      }),
    ),
    "everything of a service, within a boundary": [
      declare("managedPolicy", {
        name: "boundary",
        policy: policy({ Action: "s3:GetObject", Resource: "arn:aws:s3:::*/*" }),
      }),
      declare("role", {
        name: "r",
        assumeRolePolicy: "{}",
        permissionsBoundary: "arn:aws:iam::333333333333:policy/boundary",
      }),
    ],
    "everything of a kind in one account": on(
      policy({ Action: "sqs:SendMessage", Resource: "arn:aws:sqs:eu-west-1:333333333333:*" }),
    ),
    "everything of a service, for an action that takes none": on(
      policy({ Action: "ec2:DescribeVpcs", Resource: "arn:aws:ec2:*:*:*" }),
    ),
    "every key, by alias": on(
      policy({
        Action: "kms:Decrypt",
        Resource: "arn:aws:kms:*:*:key/*",
        Condition: { "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/prod/configuration" } },
      }),
    ),
    "a deny": on(policy({ Effect: "Deny", Action: "s3:GetObject", Resource: "*" })),
    "a known harmless action on something unknown": on(
      document({ Action: "ec2:DescribeVpcs", Resource: later }),
    ),
  },
  fails: {
    star: {
      program: on(policy({ Action: "secretsmanager:GetSecretValue", Resource: "*" })),
      at: "policy statement 1 allows `secretsmanager:GetSecretValue` on every resource",
    },
    "star in a list": {
      program: on(policy({ Action: "s3:GetObject", Resource: ["arn:aws:s3:::b/*", "*"] })),
      at: "policy statement 1 allows `s3:GetObject`",
    },
    "an ARN of everything": {
      program: on(policy({ Action: "s3:GetObject", Resource: "arn:aws:*:*:*:*" })),
      at: "policy statement 1 allows `s3:GetObject`",
    },
    ...Object.fromEntries(
      (
        [
          ["s3:GetObject", "arn:aws:s3:::*"],
          ["s3:GetObject", "arn:aws:s3:::*/*"],
          ["s3:GetObject", "arn:aws:s3:*"],
          ["s3:GetObject", "arn:*:s3:::*"],
          ["secretsmanager:GetSecretValue", "arn:aws:secretsmanager:*:*:secret:*"],
          ["secretsmanager:GetSecretValue", "arn:aws:secretsmanager:eu-west-1:*:secret:*"],
          ["ssm:GetParameter", "arn:aws:ssm:*:*:parameter/*"],
          ["ssm:GetParameter", "arn:aws:ssm:*:*:*"],
          ["kms:Decrypt", "arn:aws:kms:*:*:key/*"],
          ["iam:GetRole", "arn:aws:iam::*:role/*"],
          ["lambda:InvokeFunction", "arn:aws:lambda:*:*:function:*:*"],
          ["dynamodb:Query", "arn:aws:dynamodb:*:*:table/*/index/*"],
          ["logs:PutLogEvents", "arn:aws:logs:*:*:log-group:*:log-stream:*"],
          ["sqs:SendMessage", "arn:aws:sqs:*:????????????:*"],
        ] satisfies [string, string][]
      ).map(([action, resource]) => [
        `everything of a service: ${resource} for ${action}`,
        {
          program: on(policy({ Action: action, Resource: ["arn:aws:s3:::b/*", resource] })),
          at: `policy statement 1 allows \`${action}\` on every resource`,
        },
      ]),
    ),
    "an ARN cut short": {
      program: on(policy({ Action: "s3:GetObject", Resource: "arn:aws:*" })),
      at: "policy statement 1 allows `s3:GetObject`",
    },
    "one action that takes some": {
      program: on(policy({ Action: ["ec2:DescribeVpcs", "ec2:RunInstances"], Resource: "*" })),
      at: "policy statement 1 allows `ec2:RunInstances`",
    },
    "a pattern of actions that is too wide": {
      program: on(policy({ Action: "ec2:*", Resource: "*" })),
      at: "policy statement 1 allows `ec2:*`",
    },
    "a condition that need not be there": {
      program: on(
        policy({
          Action: "kms:Decrypt",
          Resource: "*",
          Condition: { StringEqualsIfExists: { "kms:ResourceAliases": "alias/x" } },
        }),
      ),
      at: "policy statement 1 allows `kms:Decrypt`",
    },
  },
  undecided: {
    "the resource, for one action of two": {
      program: on(document({ Action: ["ec2:DescribeVpcs", "s3:GetObject"], Resource: later })),
      at: "policy.Statement[0].Resource is not known",
    },

    "the resource": {
      program: on(document({ Action: "s3:GetObject", Resource: [later] })),
      at: "policy.Statement[0].Resource[0] is not known",
    },
    "the action": {
      program: on(document({ Action: later, Resource: "*" })),
      at: "policy.Statement[0].Action is not known",
    },
  },
});
