import assert from "node:assert/strict";
import { linesOf, load, settings, type Files } from "./support/folder";

const prod = "Pulumi.prod.yaml";
const account = "333333333333";

/** The settings with one statement of prod's boundary. */
function bounded(actions: readonly string[], resources: readonly string[]): Files {
  const text = settings[prod].replace(
    /- actions:[^]*$/,
    `- actions: ${JSON.stringify(actions)}\n      resources: ${JSON.stringify(resources)}\n`,
  );
  return { ...settings, [prod]: text };
}

const key = `arn:aws:kms:eu-west-1:${account}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const anyKey = `arn:aws:kms:eu-west-1:${account}:key/*`;
const partner = "arn:aws:iam::999999999999:role/partner/intake";
const release = `arn:aws:lambda:eu-west-1:${account}:function:orders-prod-api`;

/** Actions that stay shut whatever they are about, and the one that is named. */
const never: readonly (readonly [action: string, named: string])[] = [
  ["secretsmanager:GetSecretValue", "secretsmanager:GetSecretValue"],
  ["secretsmanager:getsecretvalue", "secretsmanager:GetSecretValue"],
  ["secretsmanager:BatchGet*", "secretsmanager:BatchGetSecretValue"],
  ["secretsmanager:*Value", "secretsmanager:GetSecretValue"],
  ["secretsmanager:G*t*", "secretsmanager:GetSecretValue"],
  ["secretsmanager:*e*", "secretsmanager:GetSecretValue"],
  ["secretsmanager:PutSecretValue", "secretsmanager:PutSecretValue"],
  ["secretsmanager:PutResourcePolicy", "secretsmanager:PutResourcePolicy"],
  ["secretsmanager:DescribeSecret", "secretsmanager:*"],
  ["secretsmanager:CancelRotateSecret", "secretsmanager:*"],
  ["ssm:GetParameter", "ssm:GetParameter"],
  ["ssm:GetParameter*", "ssm:GetParameter"],
  ["ssm:GetParametersByPath", "ssm:GetParametersByPath"],
  ["ssm:GETPARAMETERHISTORY", "ssm:GetParameterHistory"],
  ["ssm:Get*", "ssm:GetParameter"],
  ["ssm:*Parameter*", "ssm:GetParameter"],
  ["ssm:*History", "ssm:GetParameterHistory"],
  ["ssm:PutParameter", "ssm:PutParameter"],
  ["ssm:Delete*", "ssm:DeleteParameter"],
  ["ssm:SendCommand", "ssm:SendCommand"],
  ["ssm:Start*", "ssm:StartAccessRequest"],
  ["ssm:StartSession", "ssm:StartSession"],
  ["ecs:ExecuteCommand", "ecs:ExecuteCommand"],
  ["ec2-instance-connect:Send*", "ec2-instance-connect:SendSSHPublicKey"],
  ["kms:CreateGrant", "kms:CreateGrant"],
  ["kms:Put*", "kms:PutKeyPolicy"],
  ["kms:*Key*", "kms:CancelKeyDeletion"],
  ["kms:*t", "kms:CreateGrant"],
  ["iam:PassRole", "iam:*"],
  ["iam:Get*", "iam:*"],
  ["sts:AssumeRoot", "sts:AssumeRoot"],
  ["cloudtrail:Stop*", "cloudtrail:StopEventDataStoreIngestion"],
  ["logs:PutRetentionPolicy", "logs:PutRetentionPolicy"],
  ["ram:CreateResourceShare", "ram:CreateResourceShare"],
];

/** Actions that are about what is named in full, with what leaves it open. */
const inFull: readonly (readonly [action: string, open: string])[] = [
  ["kms:Decrypt", anyKey],
  ["kms:decrypt", "arn:aws:kms:*:*:key/*"],
  ["kms:Decrypt", "arn:aws:kms:*"],
  ["kms:Decr*", anyKey],
  ["kms:ReEncrypt*", anyKey],
  ["kms:GenerateDataKey*", `arn:aws:kms:eu-west-1:${account}:key/1234abcd-*`],
  ["kms:Decrypt", key.replace("eu-west-1", "*")],
  ["kms:Decrypt", key.replace("1234abcd", "1234abc?")],
  ["kms:Decrypt", `arn:aws:kms:eu-west-1:${account}:key/\${aws:PrincipalTag/key}`],
  ["sts:AssumeRole", "arn:aws:iam::999999999999:role/*"],
  ["sts:AssumeRole", "arn:aws:iam::*:role/partner/intake"],
  ["sts:Assume*Role", "arn:aws:iam::999999999999:role/partner/*"],
  ["lambda:UpdateFunctionCode", `arn:aws:lambda:eu-west-1:${account}:function:*`],
  ["lambda:Update*", `arn:aws:lambda:eu-west-1:${account}:function:orders-*`],
  ["codebuild:StartBuild", `arn:aws:codebuild:eu-west-1:${account}:project/*`],
];

describe("statements that a stack's settings add to the boundary", () => {
  it("are taken for what services do beside reading their configuration", () => {
    for (const [actions, resources] of [
      [["sqs:SendMessage", "sqs:Receive*"], [`arn:aws:sqs:eu-west-1:${account}:*`]],
      [["s3:GetObject", "s3:PutObject"], ["arn:aws:s3:::example-orders/*"]],
      [["dynamodb:GetItem", "dynamodb:Query"], [`arn:aws:dynamodb:eu-west-1:${account}:table/*`]],
      [["lambda:InvokeFunction"], [`arn:aws:lambda:eu-west-1:${account}:function:*`]],
      [["ec2:AssignIpv6Addresses", "ec2:Describe*"], [`arn:aws:ec2:eu-west-1:${account}:*`]],
      [["ssm:UpdateInstanceInformation", "ssm:ListAssociations"], [`arn:aws:ssm:eu-west-1:${account}:*`]],
      [["ssmmessages:OpenDataChannel"], [`arn:aws:ssmmessages:eu-west-1:${account}:*`]],
      [["kms:DescribeKey"], [anyKey]],
      [["sts:GetCallerIdentity"], [`arn:aws:iam::${account}:role/*`]],
      [["kms:Decrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"], [key]],
      [
        ["kms:Decrypt", "sqs:SendMessage"],
        [key, `arn:aws:sqs:eu-west-1:${account}:*`],
      ],
      [["sts:AssumeRole"], [partner]],
      [["lambda:UpdateFunctionCode", "lambda:PublishVersion"], [release]],
      [["logs:CreateLogGroup", "logs:PutLogEvents"], [`arn:aws:logs:eu-west-1:${account}:*`]],
    ] as const) {
      const { organisation, problems } = load(bounded(actions, resources));
      assert.deepEqual(problems, []);
      const stack = organisation?.stacks.find(({ name }) => name === "prod");
      assert.deepEqual(stack?.kind === "workload" && stack.boundary, [{ actions, resources }]);
    }
  });

  for (const [action, named] of never) {
    it(`leave ${action} out`, () => {
      const service = action.split(":")[0]!;
      for (const resource of [
        `arn:aws:${service}:eu-west-1:${account}:*`,
        `arn:aws:${service}:eu-west-1:${account}:x/y`,
      ]) {
        const lines = linesOf(bounded(["sqs:SendMessage", action], [resource]));
        assert.equal(lines.length, 1, lines.join("\n"));
        const place = `${prod}:11:35 config.secrets-platform:boundary.0.actions.1: found "${action}"`;
        assert.equal(lines[0]!.slice(0, place.length), place);
        assert.ok(lines[0]!.includes(`; must leave out \`${named}\`, since `), lines[0]);
        assert.match(lines[0]!, /; (?:name the|leave it|remove it)[^;]*$/);
      }
    });
  }

  for (const [action, open] of inFull) {
    it(`allow ${action} on no such thing as ${open}`, () => {
      const lines = linesOf(bounded([action], [key, partner, release, open]));
      assert.equal(lines.length, 1, lines.join("\n"));
      const place = `${prod}:11:17 config.secrets-platform:boundary.0.actions.0: found "${action}"; may take in `;
      assert.equal(lines[0]!.slice(0, place.length), place);
      assert.ok(
        lines[0]!.includes(`\`${open}\` under \`resources\` leaves open which; name each by its ARN`),
        lines[0],
      );
    });
  }

  for (const [action, ...resources] of [
    ["kms:Decrypt", key.replace(account, "111111111111")],
    ["sts:AssumeRole", `arn:aws:iam::${account}:role/services/payments/payments-prod-charge`],
    ["sts:AssumeRole", "arn:aws:iam::222222222222:role/platform/secrets-break-glass"],
    ["sts:AssumeRole", "arn:aws:iam::111111111111:role/rotation/own"],
    ["sts:AssumeRole", "arn:aws:iam::111111111111:role/serverlessrepo-sp0a1b2c3-Function-X"],
    ["sts:AssumeRole", `arn:aws:iam::${account}:role/platform-deployer`],
    ["sts:AssumeRole", `arn:aws:iam::${account}:role/teams/administrator`],
    ["sts:AssumeRole", `arn:aws:iam::${account}:role/teams/on-call`],
    ["sts:AssumeRole", `arn:aws:iam::${account}:role/stacksets-exec-0123`],
    [
      "sts:AssumeRole",
      `arn:aws:iam::${account}:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Writers_0123456789abcdef`,
    ],
    ["lambda:UpdateFunctionCode", `arn:aws:lambda:eu-west-1:${account}:function:rotation-rollout`],
    ["lambda:AddPermission", `arn:aws:lambda:eu-west-1:${account}:function:expiry-watch:live`],
    ["lambda:Update*", "arn:aws:lambda:eu-west-1:111111111111:function:rotation-prod-postgres"],
  ] as const) {
    it(`allow ${action} on nothing of the platform's: ${resources.join()}`, () => {
      const lines = linesOf(bounded([action], ["arn:aws:sqs:eu-west-1:333333333333:a", ...resources]));
      assert.equal(lines.length, 1, lines.join("\n"));
      assert.match(
        lines[0]!,
        /^Pulumi\.prod\.yaml:12:\d+ config\.secrets-platform:boundary\.0\.resources\.1: found /,
      );
      assert.match(lines[0]!, /; remove it$/);
    });
  }

  it("name a service and an action, without a wildcard in the service", () => {
    for (const action of [
      "*",
      "*:*",
      "sqs:*",
      "sqs:**",
      "kms:*",
      "s*:Get*",
      "?qs:SendMessage",
      "sqs:Send?essage",
      "sqs",
      ":x",
    ]) {
      const lines = linesOf(bounded([action], ["arn:aws:sqs:eu-west-1:333333333333:*"]));
      assert.equal(lines.length, 1, lines.join("\n"));
      assert.ok(
        lines[0]!.includes("must be an action, such as `sqs:SendMessage`, not a whole service"),
        lines[0],
      );
    }
    for (const resource of [
      "*",
      "arn:*",
      "arn:aws:*",
      "arn:aws:s?s:eu-west-1:333333333333:*",
      "arn:aw?:sqs:::x",
    ]) {
      const lines = linesOf(bounded(["sqs:SendMessage"], [resource]));
      assert.equal(lines.length, 1, lines.join("\n"));
      assert.ok(lines[0]!.includes("must be an ARN that names its service, not `*`"), lines[0]);
    }
  });

  it("are told of all at once", () => {
    const lines = linesOf(bounded(["kms:Decrypt", "sts:AssumeRole"], [anyKey, "arn:aws:iam::*:role/*"]));
    assert.equal(lines.length, 2);
    assert.equal(linesOf(bounded(["iam:PassRole", "ssm:Get*"], ["*"])).length, 3);
  });
});
