import assert from "node:assert/strict";
import { buildStacks } from "../../cli/inMemory/buildStacks";
import type { BuiltStack } from "../../cli/inMemory/buildStack";
import type { Plan } from "../../model/plan/types";
import { evaluate } from "../../policies/pack/evaluate";
import { planSettings } from "../../policies/pack/planSettings";
import { rules } from "../../policies/rules";
import { samplePlan } from "../model/plan/support/samples";

const role = (set: string) => `aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_${set}_????????????????`;

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_Tag.html */
const tagValue = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u;

describe("stacks that single sign-on deploys", function () {
  this.timeout(720_000);
  let plan: Plan;
  let stacks: readonly BuiltStack[];

  before(async () => {
    const sample = samplePlan();
    const principals = {
      ...sample.organisation.principals,
      deployer: role("Deploy,er"),
      administrators: [role("Keys")],
    };
    plan = { ...sample, organisation: { ...sample.organisation, principals } };
    stacks = await buildStacks(plan, () => undefined);
  });

  it("have tags that AWS takes, with the name that people know as their owner", () => {
    const tags = stacks.flatMap(({ resources }) =>
      resources.map(({ inputs }) => inputs["tags"] as Readonly<Record<string, string>> | undefined),
    );
    const values = new Set(tags.flatMap((one) => Object.values(one ?? {})));
    assert.deepEqual(
      [...values].filter((value) => typeof value === "string" && !tagValue.test(value)),
      [],
    );
    assert.ok(values.has("AWSReservedSSO_Deploy-er"), [...values].join());
  });

  it("break no mandatory rule", () => {
    const settings = planSettings(plan);
    const serious = stacks
      .flatMap(({ resources }) => evaluate(rules, resources, { settings }))
      .filter(({ level }) => level === "mandatory");
    assert.deepEqual(serious, []);
  });
});
