import assert from "node:assert/strict";
import type { Plan } from "../../../model/plan/types";
import { formTag, reservedTags, unsetTag } from "../../../model/values/tags";
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

  it("notes what a value is for, takes off that it was never set, and touches no other tag", () => {
    for (const [action, resource, own] of [
      ["secretsmanager:TagResource", secret, formTag],
      ["secretsmanager:UntagResource", secret, unsetTag],
      ["ssm:RemoveTagsFromResource", parameter, unsetTag],
      ["ssm:AddTagsToResource", parameter, undefined],
    ] as const) {
      const tagged = (...keys: readonly string[]) => may(action, resource, { "aws:TagKeys": keys });
      const others = [...reservedTags, "platform:fields", "platform:mine", "owner", "service", "environment"];
      for (const other of others.filter((tag) => tag !== own)) {
        assert.equal(tagged(other), false, `${action} ${other}`);
        if (own !== undefined) assert.equal(tagged(own, other), false, `${action} ${other} beside ${own}`);
      }
      assert.equal(may(action, resource), false, `${action} without a tag`);
      if (own !== undefined) assert.equal(tagged(own), true, `${action} ${own}`);
    }
  });

  it("writes neither the public keys of a key pair nor what says where a consumer's values are", () => {
    const at = (account: string, name: string) => `arn:aws:ssm:eu-west-1:${account}:parameter${name}`;
    for (const action of ["ssm:PutParameter", "ssm:AddTagsToResource", "ssm:RemoveTagsFromResource"]) {
      for (const name of ["/orders/prod/token-key.jwks", "/orders/prod/platform/api"])
        assert.equal(
          may(action, at("111111111111", name), { "aws:TagKeys": [unsetTag] }),
          false,
          `${action} ${name}`,
        );
    }
    assert.equal(may("ssm:PutParameter", at("111111111111", "/orders/prod/token-key")), true);
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
