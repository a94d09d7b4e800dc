import assert from "node:assert/strict";
import type { BuiltStack } from "../../cli/inMemory/buildStack";
import type { FlowLogSettings, WorkloadStack } from "../../model/organisation/types";
import type { Plan } from "../../model/plan/types";
import { decide } from "../model/documents/support/evaluator";
import { type Built, built, ofType, stackNamed } from "./support/built";
import { runStack } from "./support/runStack";

describe("flow logs of the samples' networks", function () {
  this.timeout(240_000);
  let all: Built;

  before(async () => {
    all = await built("aws");
  });

  it("record each network whole, to a group of ours under the operations key", () => {
    for (const name of ["staging", "prod"]) {
      const stack = stackNamed(all, name);
      const { inputs, group } = flowLogOf(stack);
      const [vpc] = ofType(stack, "awsx:ec2:Vpc");
      assert.equal(inputs["vpcId"], vpc?.outputs["vpcId"]);
      assert.equal(inputs["trafficType"], "ALL");
      const [alias] = ofType(stack, "aws:kms/alias:Alias").filter(
        (each) => each.inputs["name"] === "alias/operations",
      );
      const key = ofType(stack, "aws:kms/key:Key").find(
        ({ outputs }) => outputs["keyId"] === alias?.inputs["targetKeyId"],
      );
      assert.equal(group.inputs["kmsKeyId"], key?.outputs["arn"]);
      assert.equal(group.inputs["retentionInDays"], 365);
    }
    assert.deepEqual(ofType(stackNamed(all, "security"), "aws:ec2/flowLog:FlowLog"), []);
  });

  it("are written by a role that VPC Flow Logs alone takes, for this account, and that reads nothing", () => {
    const stack = stackNamed(all, "prod");
    const { inputs } = flowLogOf(stack);
    const role = ofType(stack, "aws:iam/role:Role").find(
      ({ outputs }) => outputs["arn"] === inputs["iamRoleArn"],
    );
    const trust = JSON.parse(String(role?.inputs["assumeRolePolicy"])) as { Statement: readonly object[] };
    assert.deepEqual(trust.Statement, [
      {
        Sid: "ServiceAssumes",
        Effect: "Allow",
        Principal: { Service: "vpc-flow-logs.amazonaws.com" },
        Condition: {
          StringEquals: { "aws:SourceAccount": "333333333333" },
          ArnLike: { "aws:SourceArn": "arn:aws:ec2:eu-west-1:333333333333:vpc-flow-log/*" },
        },
        Action: "sts:AssumeRole",
      },
    ]);
    const policy = ofType(stack, "aws:iam/rolePolicy:RolePolicy").find(
      (each) => each.inputs["role"] === role?.inputs["name"],
    );
    const may = (action: string, resource: string) =>
      decide(String(policy?.inputs["policy"]), {
        caller: { arn: String(inputs["iamRoleArn"]), account: stack.account, organisation: "o-exampleorgid" },
        action,
        resource,
      });
    const group = "arn:aws:logs:eu-west-1:333333333333:log-group:/secrets-platform/network";
    const streams = `${group}:log-stream:eni-0a1b2c3d4e5f60001-all`;
    assert.equal(may("logs:CreateLogStream", `${group}:*`), "allow");
    assert.equal(may("logs:PutLogEvents", streams), "allow");
    assert.equal(may("logs:PutLogEvents", streams.replace("network", "trail")), "nothing");
    assert.equal(may("logs:GetLogEvents", streams), "nothing");
    assert.equal(may("logs:DeleteLogGroup", group), "nothing");
  });

  it("are kept as long, and hold as much, as the settings say", async () => {
    const { group, inputs } = flowLogOf(
      await runStack(withFlowLogs(all.plan, { days: 90, traffic: "rejected" }), "prod", {
        security: "deployed",
      }),
    );
    assert.deepEqual([group.inputs["retentionInDays"], inputs["trafficType"]], [90, "REJECT"]);
  });
});

function flowLogOf(stack: BuiltStack) {
  const [flowLog, ...others] = ofType(stack, "aws:ec2/flowLog:FlowLog");
  assert.ok(flowLog !== undefined && others.length === 0);
  const group = ofType(stack, "aws:cloudwatch/logGroup:LogGroup").find(
    ({ outputs }) => outputs["arn"] === flowLog.inputs["logDestination"],
  );
  assert.ok(group);
  return { inputs: flowLog.inputs, group };
}

function withFlowLogs(plan: Plan, flowLogs: FlowLogSettings): Plan {
  const stacks = plan.organisation.stacks.map((stack) =>
    stack.kind === "workload"
      ? ({ ...stack, network: { ...stack.network, flowLogs } } satisfies WorkloadStack)
      : stack,
  );
  return { ...plan, organisation: { ...plan.organisation, stacks } };
}
