import assert from "node:assert/strict";
import { policyText } from "../../../model/documents/policy";
import { samplePlan } from "../plan/support/samples";
import { documentsOf } from "./support/documents";
import { decide } from "./support/evaluator";

const plan = samplePlan();
const calls = [
  "ec2:AssignPrivateIpAddresses",
  "ec2:CreateNetworkInterface",
  "ec2:DeleteNetworkInterface",
  "ec2:DescribeNetworkInterfaces",
  "ec2:DescribeSubnets",
  "ec2:UnassignPrivateIpAddresses",
];

describe("network interfaces of functions", () => {
  const roles = documentsOf(plan).flatMap(({ name, kind, account, document }) => {
    const text = policyText(document);
    return kind === "identity" && text.includes("lambda:SourceFunctionArn") ? [{ name, account, text }] : [];
  });

  it("are granted to every Lambda consumer and every rotation function in a network, and to nothing else", () => {
    const granted = documentsOf(plan).filter(
      ({ kind, name, document }) =>
        kind === "identity" &&
        !name.startsWith("boundary") &&
        /ec2:CreateNetworkInterface/.test(policyText(document)),
    );
    assert.deepEqual(granted.map(({ name }) => name).sort(), roles.map(({ name }) => name).sort());
    const functions = plan.consumers.filter(({ settings }) => settings.kind === "lambda").length;
    assert.ok(roles.length > functions, `${roles.length} roles`);
  });

  for (const { name, account, text } of roles) {
    it(`are Lambda's to make and not the code's: ${name}`, () => {
      const caller = { arn: `arn:aws:iam::${account}:role/x`, account, organisation: plan.organisation.id };
      const resource = `arn:aws:ec2:eu-west-1:${account}:network-interface/eni-0a1b2c3d4e5f60001`;
      for (const action of calls) {
        assert.equal(decide(text, { caller, action, resource }), "allow", action);
        const context = {
          "lambda:SourceFunctionArn": `arn:aws:lambda:eu-west-1:${account}:function:orders-prod-api`,
        };
        assert.equal(decide(text, { caller, action, resource, context }), "deny", `${action} from code`);
      }
    });
  }
});
