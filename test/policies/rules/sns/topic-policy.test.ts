import { topicPolicy } from "../../../../policies/rules/sns/topic-policy";
import { testRule } from "../../support/cases";
import { declare, document, later, organization, policy, security } from "../../support/program";

const publish = { Action: "sns:Publish", Resource: "*" };
const on = (text: string) => declare("topicPolicy", { arn: "arn:t", policy: text });

testRule(topicPolicy, {
  passes: {
    "a service": on(policy({ ...publish, Principal: { Service: "cloudwatch.amazonaws.com" } })),
    "everybody of the organisation": on(
      policy({
        ...publish,
        Principal: "*",
        Condition: { StringEquals: { "aws:PrincipalOrgID": organization } },
      }),
    ),
    "the owner, the default way": on(
      policy({
        ...publish,
        Principal: { AWS: "*" },
        Condition: { StringEquals: { "AWS:SourceOwner": security } },
      }),
    ),
    "a denial to everybody": on(policy({ ...publish, Effect: "Deny", Principal: "*" })),
    "no policy": declare("topic", {}),
  },
  fails: {
    everybody: {
      program: on(policy({ ...publish, Principal: "*" })),
      at: "policy statement 1 allows everybody",
    },
    ...Object.fromEntries(
      (
        [
          ["every source", { ArnLike: { "aws:SourceArn": "arn:aws:s3:*:*:*" } }],
          ["every account", { StringLike: { "aws:SourceAccount": "*" } }],
          ["every role of anybody's", { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/*" } }],
          ["every ARN", { StringLike: { "aws:PrincipalArn": "arn:*" } }],
        ] satisfies [string, object][]
      ).map(([name, Condition]) => [
        `everybody, by ${name}`,
        {
          program: on(policy({ ...publish, Principal: "*", Condition })),
          at: "policy statement 1 allows everybody",
        },
      ]),
    ),
    "everybody, over TLS": {
      program: on(
        policy({
          ...publish,
          Principal: { AWS: "*" },
          Condition: { Bool: { "aws:SecureTransport": "true" } },
        }),
      ),
      at: "policy statement 1 allows everybody",
    },
    "everybody, on the topic itself": {
      program: declare("topic", { policy: policy({ ...publish, Principal: "*" }) }),
      at: "policy statement 1 allows everybody",
    },
  },
  undecided: {
    "the policy": { program: on(later), at: "policy is not known" },
    "a principal": {
      program: on(document({ ...publish, Principal: { AWS: later } })),
      at: "policy.Statement[0].Principal.AWS is not known",
    },
  },
});
