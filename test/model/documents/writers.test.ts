import assert from "node:assert/strict";
import type { Plan } from "../../../model/plan/types";
import { reservedTags } from "../../../model/values/tags";
import { samplePlan } from "../plan/support/samples";
import { Access, type Actor, allowedByOwn, secretArn } from "./support/access";
import type { Request } from "./support/evaluator";

describe("the role for writers", () => {
  let plan: Plan;
  let writer: Actor;
  let secret: string;
  let parameter: string;

  before(() => {
    plan = samplePlan();
    writer = new Access(plan).person("writers", "111111111111");
    secret = secretArn(plan, plan.secrets[0]!);
    parameter = plan.parameters.find(({ account }) => account === "111111111111")!.arn;
  });

  it("starts a rotation, and changes nothing of when and by what a secret rotates", () => {
    const plain = {
      "secretsmanager:ModifyRotationRules": "false",
      "secretsmanager:RotateImmediately": "true",
    };
    assert.equal(may("secretsmanager:RotateSecret", secret, plain), true);
    assert.equal(
      may("secretsmanager:RotateSecret", secret),
      true,
      "whether AWS says that nothing is changed or not",
    );
    for (const [key, value] of [
      ["secretsmanager:ModifyRotationRules", "true"],
      ["secretsmanager:RotationLambdaARN", "arn:aws:lambda:eu-west-1:111111111111:function:mine"],
      ["secretsmanager:ExternalSecretRotationRoleArn", "arn:aws:iam::111111111111:role/mine"],
    ] as const) {
      assert.equal(may("secretsmanager:RotateSecret", secret, { ...plain, [key]: value }), false, key);
    }
  });

  it("sets and removes the tags that setting a value keeps, and no other", () => {
    for (const [action, resource] of [
      ["secretsmanager:TagResource", secret],
      ["secretsmanager:UntagResource", secret],
      ["ssm:AddTagsToResource", parameter],
      ["ssm:RemoveTagsFromResource", parameter],
    ] as const) {
      const tagged = (...keys: readonly string[]) => may(action, resource, { "aws:TagKeys": keys });
      assert.equal(tagged("platform:unset"), true, action);
      assert.equal(tagged("platform:form"), true, action);
      assert.equal(tagged("platform:unset", "platform:form"), true, action);
      const theirs = reservedTags.filter((tag) => tag !== "platform:unset" && tag !== "platform:form");
      assert.ok(theirs.length > 0);
      for (const other of [
        ...theirs,
        "platform:fields",
        "platform:mine",
        "owner",
        "service",
        "environment",
      ]) {
        assert.equal(tagged(other), false, `${action} ${other}`);
        assert.equal(tagged("platform:unset", other), false, `${action} ${other} beside ours`);
      }
      assert.equal(may(action, resource), false, `${action} without a tag`);
    }
  });

  it("does what the commands do that set, rotate, roll back and unstick", () => {
    for (const [action, resource] of [
      ["secretsmanager:DescribeSecret", secret],
      ["secretsmanager:ListSecretVersionIds", secret],
      ["secretsmanager:PutSecretValue", secret],
      ["secretsmanager:UpdateSecretVersionStage", secret],
      ["secretsmanager:ListSecrets", "*"],
      ["ssm:DescribeParameters", "*"],
      ["ssm:ListTagsForResource", parameter],
      ["ssm:PutParameter", parameter],
      ["lambda:InvokeFunction", "arn:aws:lambda:eu-west-1:111111111111:function:rotation-prod-generated"],
    ] as const) {
      assert.equal(may(action, resource), true, action);
    }
  });

  it("does nothing else to a value", () => {
    for (const [action, resource] of [
      ...[
        "BatchGetSecretValue",
        "CancelRotateSecret",
        "CreateSecret",
        "DeleteResourcePolicy",
        "DeleteSecret",
        "GetSecretValue",
        "PutResourcePolicy",
        "RemoveRegionsFromReplication",
        "ReplicateSecretToRegions",
        "RestoreSecret",
        "StopReplicationToReplica",
        "UpdateSecret",
      ].map((call) => [`secretsmanager:${call}`, secret] as const),
      ...[
        "DeleteParameter",
        "DeleteResourcePolicy",
        "GetParameter",
        "GetParameterHistory",
        "GetParametersByPath",
        "LabelParameterVersion",
        "PutResourcePolicy",
      ].map((call) => [`ssm:${call}`, parameter] as const),
      ["lambda:InvokeFunction", "arn:aws:lambda:eu-west-1:111111111111:function:expiry-watch"],
      ["lambda:UpdateFunctionCode", "arn:aws:lambda:eu-west-1:111111111111:function:rotation-prod-generated"],
    ] as const) {
      assert.equal(may(action, resource), false, action);
    }
  });

  function may(action: string, resource: string, context: Request["context"] = {}): boolean {
    return allowedByOwn(writer, { caller: writer, action, resource, context });
  }
});
