import assert from "node:assert/strict";

import { servicePrincipals, type ServiceUse } from "../../../../model/aws/servicePrincipals";
import { evaluate } from "../../../../policies/pack/evaluate";
import { trustDeputy } from "../../../../policies/rules/iam/trust-deputy";
import { testRule } from "../../support/cases";
import { declare, document, later, organization, policy, prod } from "../../support/program";

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
    "one organisation, of a service that says for whom": role(
      policy({
        ...service("states.eu-west-1.amazonaws.com"),
        Condition: { StringEquals: { "aws:SourceOrgID": organization } },
      }),
    ),
    "a source that may lack, of a service that sends none": role(
      policy({
        ...service("cloudtrail.amazonaws.com"),
        Condition: { StringEqualsIfExists: { "aws:SourceAccount": prod } },
      }),
    ),
    "a denial that spares requests without a source": role(
      policy({
        ...service("lambda.amazonaws.com"),
        Effect: "Deny",
        Condition: { StringNotEquals: { "aws:SourceAccount": prod }, Null: { "aws:SourceAccount": "false" } },
      }),
    ),
    "a service that is not known here": role(
      policy(service("backup.amazonaws.com"), {
        ...service("glue.amazonaws.com"),
        Condition: { StringEquals: { "aws:SourceAccount": prod } },
      }),
    ),
    "an account": role(policy({ ...assume, Principal: { AWS: prod } })),
  },
  fails: {
    ...Object.fromEntries(
      (
        [
          ["every cluster", { ArnLike: { "aws:SourceArn": "arn:aws:ecs:*:*:*" } }],
          ["every ARN", { ArnLike: { "aws:SourceArn": "arn:*:*:*:*:*" } }],
          ["an ARN cut short", { StringLike: { "aws:SourceArn": "arn:aws:ecs:*" } }],
          ["a part of an account's number", { ArnLike: { "aws:SourceArn": "arn:aws:ecs:*:33333333333?:*" } }],
          ["every account", { StringLike: { "aws:SourceAccount": "*" } }],
          ["accounts that begin alike", { StringLike: { "aws:SourceAccount": "3333*" } }],
          ["one account or any", { StringLike: { "aws:SourceAccount": [prod, "*"] } }],
          ["one account, if it says so", { StringEqualsIfExists: { "aws:SourceAccount": prod } }],
          ["all of no accounts", { "ForAllValues:StringEquals": { "aws:SourceAccount": prod } }],
          ["whoever says for whom", { Null: { "aws:SourceAccount": "false" } }],
          ["another account than one", { StringNotEquals: { "aws:SourceAccount": prod } }],
          ["every organisation's paths", { "ForAnyValue:StringLike": { "aws:SourceOrgPaths": "*" } }],
        ] satisfies [string, object][]
      ).map(([name, Condition]) => [
        `a condition that limits nothing: ${name}`,
        {
          program: role(policy({ ...service("ecs-tasks.amazonaws.com"), Condition })),
          at: "assumeRolePolicy statement 1 lets ecs-tasks",
        },
      ]),
    ),
    "a condition that limits nothing, of a service that is not known here": {
      program: role(
        policy({
          ...service("backup.amazonaws.com"),
          Condition: { ArnLike: { "aws:SourceArn": "arn:aws:backup:*:*:*" } },
        }),
      ),
      at: "assumeRolePolicy statement 1 lets backup",
    },
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
    "clusters of any account": {
      program: role(
        policy({
          ...service("ecs-tasks.amazonaws.com"),
          Condition: { ArnLike: { "aws:SourceArn": "arn:aws:ecs:*:*:*" } },
        }),
      ),
      at: "assumeRolePolicy statement 1 lets ecs-tasks",
    },
    "anything at all": {
      program: role(
        policy({
          ...service("events.amazonaws.com"),
          Condition: { ArnLike: { "aws:SourceArn": ["arn:*:*:*:*:*", `arn:aws:events:*:${prod}:rule/*`] } },
        }),
      ),
      at: "assumeRolePolicy statement 1 lets events",
    },
    "any organisation": {
      program: role(
        policy({
          ...service("events.amazonaws.com"),
          Condition: { StringLike: { "aws:SourceOrgID": "o-*" } },
        }),
      ),
      at: "assumeRolePolicy statement 1 lets events",
    },
    "CloudTrail for one trail, which it does not say": {
      program: role(
        policy({
          ...service("cloudtrail.amazonaws.com"),
          Condition: { ArnEquals: { "aws:SourceArn": `arn:aws:cloudtrail:eu-west-1:${prod}:trail/x` } },
        }),
      ),
      at: "assumeRolePolicy statement 1 asks cloudtrail for aws:SourceArn",
      says: "which no page of AWS says that it sends",
    },
    "any source at all, of a service that sends none": {
      program: role(
        policy({ ...service("ec2.amazonaws.com"), Condition: { Null: { "aws:SourceAccount": "false" } } }),
      ),
      at: "assumeRolePolicy statement 1 asks ec2 for aws:SourceAccount",
    },
    "a denial of all that comes without a source": {
      program: role(
        policy(service("lambda.amazonaws.com"), {
          ...service("lambda.amazonaws.com"),
          Effect: "Deny",
          Condition: { StringNotEquals: { "aws:SourceAccount": prod } },
        }),
      ),
      at: "assumeRolePolicy statement 2 bars lambda unless it sends aws:SourceAccount",
    },
    "an owner, who stands in no call of STS": {
      program: role(
        policy({
          ...service("codebuild.amazonaws.com"),
          Condition: { StringEquals: { "aws:SourceOwner": prod, "aws:SourceAccount": prod } },
        }),
      ),
      at: "assumeRolePolicy statement 1 asks codebuild for aws:SourceOwner",
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
    "a source that may be a pattern": {
      program: role(
        document({
          ...service("ecs-tasks.amazonaws.com"),
          Condition: { ArnLike: { "aws:SourceArn": later } },
        }),
      ),
      at: "assumeRolePolicy.Statement[0].Condition.ArnLike.aws:SourceArn is not known",
    },
    "the conditions": {
      program: role(document({ ...service("cloudtrail.amazonaws.com"), Condition: later })),
      at: "assumeRolePolicy.Statement[0].Condition is not known",
    },
    "the trust": { program: role(later), at: "assumeRolePolicy is not known" },
    "the service": {
      program: role(document(service(later))),
      at: "assumeRolePolicy.Statement[0].Principal.Service is not",
    },
  },
});

describe("trust-deputy and the table of services", () => {
  const sourceOf = { "aws:SourceAccount": prod, "aws:SourceArn": `arn:aws:x:eu-west-1:${prod}:*` };
  const roles = Object.entries(servicePrincipals).flatMap(([name, places]) =>
    "role" in places ? [{ name, ...(places.role as ServiceUse) }] : [],
  );

  for (const { name, sends, disputed } of roles) {
    it(`agree on ${name}`, () => {
      const found = (Condition?: object) =>
        evaluate(
          [trustDeputy],
          [role(policy({ ...service(`${name}.amazonaws.com`), ...(Condition && { Condition }) }))],
        );
      assert.equal(found().length, sends.length > 0 ? 1 : 0, "without a condition");
      for (const key of ["aws:SourceAccount", "aws:SourceArn"] as const) {
        const expected = [...sends, ...(disputed?.keys ?? [])].includes(key) ? 0 : 1;
        assert.equal(found({ StringLike: { [key]: sourceOf[key] } }).length, expected, `with ${key}`);
      }
    });
  }
});
