import assert from "node:assert/strict";

import { boundaryPolicy } from "../../../model/documents/boundaryPolicy";
import { policyText } from "../../../model/documents/policy";
import type { BoundaryStatement } from "../../../model/organisation/types";
import { buildPlan } from "../../../model/plan/build";
import { evaluate } from "../../../policies/pack/evaluate";
import { planSettings } from "../../../policies/pack/planSettings";
import { boundaryOpen } from "../../../policies/rules/iam/boundary-open";
import { catalogue, secret, service } from "../../model/plan/support/catalogues";
import { organisation } from "../../model/plan/support/organisations";
import { declare } from "../support/program";

/** Findings about the boundary of production as the platform makes it, with further statements of the settings. */
function findings(...boundary: readonly BoundaryStatement[]): readonly string[] {
  const orders = service("orders", { environments: ["staging", "prod"], secrets: [secret("signing-key")] });
  const plan = buildPlan(catalogue(orders), organisation({ boundary }));
  const environment = plan.environments.find(({ name }) => name === "prod")!;
  const policy = policyText(boundaryPolicy(plan, environment));
  const declared = declare("managedPolicy", { name: "services-boundary-prod", path: "/platform/", policy });
  return evaluate([boundaryOpen], [declared], { settings: planSettings(plan) }).map(({ message }) => message);
}

describe("the platform's own permissions boundary", () => {
  it("opens nothing at large, nor with what services do beside reading", () => {
    assert.deepEqual(findings(), []);
    const queues = { actions: ["sqs:SendMessage"], resources: ["arn:aws:sqs:eu-west-1:333333333333:*"] };
    assert.deepEqual(findings(queues), []);
  });

  for (const [action, resource] of [
    ["secretsmanager:GetSecretValue", "arn:aws:secretsmanager:*:*:secret:*"],
    ["ssm:GetParameter*", "arn:aws:ssm:eu-west-1:111111111111:*"],
    ["kms:decrypt", "arn:aws:kms:eu-west-1:333333333333:key/*"],
    ["ssm:SendCommand", "arn:aws:ec2:eu-west-1:333333333333:instance/*"],
    ["sts:AssumeRole", "arn:aws:iam::*:role/*"],
  ] as const) {
    it(`is refused once settings that were read past the loader add ${action} on ${resource}`, () => {
      const [message, ...others] = findings({ actions: [action], resources: [resource] });
      assert.deepEqual(others, []);
      assert.match(message!, /policy statement "Settings1" opens /);
    });
  }
});
