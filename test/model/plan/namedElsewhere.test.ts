import assert from "node:assert/strict";
import { namedElsewhere } from "../../../model/plan/namedElsewhere";
import { samplePlan } from "./support/samples";

describe("what the sample manifests name and the platform does not make", () => {
  it("is listed with its account and place", () => {
    const named = namedElsewhere(samplePlan());
    assert.deepEqual(
      named
        .filter(({ environment }) => environment === "prod")
        .map(({ service, what, name, account }) => `${service}: ${what} ${name} of ${account}`),
      [
        "catalog: source of a build example-prices/rules.zip of 333333333333",
        "orders: ECS service orders/worker of 333333333333",
        "payments: ECS service payments/ledger-writer of 333333333333",
        "payments: rotation function payments-renew-session as role/rotation/payments/renew-session of 111111111111",
        "reporting: managed secret rds!cluster-6f1c2d3e-AbCdEf of 333333333333",
      ],
    );
    assert.ok(named.every(({ at, service }) => at.file === `services/${service}.yaml` && at.line > 1));
  });

  it("comes in the order of services, whatever theirs in the Plan", () => {
    const plan = samplePlan();
    const turned = {
      ...plan,
      consumers: [...plan.consumers].reverse(),
      secrets: [...plan.secrets].reverse(),
    };
    const services = namedElsewhere(turned).map(({ service }) => service);
    assert.ok(new Set(services).size > 2);
    assert.deepEqual(services, [...services].sort());
  });
});
