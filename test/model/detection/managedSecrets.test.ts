import assert from "node:assert/strict";
import { detectionsOf } from "../../../model/detection/account";
import { detectionProblems } from "../../../model/detection/limits";
import { managedSecretIds } from "../../../model/detection/managedIds";
import { buildPlan } from "../../../model/plan/build";
import type { Plan } from "../../../model/plan/types";
import { samplePlan } from "../plan/support/samples";
import { catalogue, secret, service } from "../plan/support/catalogues";
import { organisation } from "../plan/support/organisations";
import { metricFilter } from "./support/metricFilter";

function planWith(count: number, made: (index: number) => string = cluster): Plan {
  const services = Array.from({ length: count }, (_, index) => {
    const arn = `arn:aws:secretsmanager:eu-west-1:333333333333:secret:${made(index)}-AbCdEf`;
    return service(`service-${index}`, {
      secrets: [secret("warehouse", { rotation: { method: "rds-managed", arn: { prod: arn } } })],
    });
  });
  return buildPlan(catalogue(...services), organisation());
}

/** As long as RDS makes them. */
const cluster = (index: number) =>
  `rds!cluster-${String(index).padStart(8, "0")}-0b1a-4c2d-9e8f-001122334455`;

describe("secrets that database services manage", () => {
  it("are known by their names, while patterns have room for these", () => {
    assert.deepEqual(managedSecretIds(samplePlan(), "prod"), ["rds!cluster-6f1c2d3e"]);
    assert.deepEqual(managedSecretIds(planWith(4), "prod"), [0, 1, 2, 3].map(cluster));
  });

  it("are known by their services past that, so that no pattern grows on", () => {
    assert.deepEqual(managedSecretIds(planWith(5), "prod"), ["rds!"]);
    const both = planWith(500, (index) => (index % 2 === 0 ? cluster(index) : `redshift!history-${index}`));
    assert.deepEqual(managedSecretIds(both, "prod"), ["rds!", "redshift!"]);
    for (const plan of [planWith(4), planWith(500), both]) assert.deepEqual(detectionProblems(plan), []);
  });

  it("are watched in no account that has none", () => {
    const watched = samplePlan().organisation.stacks.map((stack) => {
      const { filters, alarms, rules } = detectionsOf(samplePlan(), stack);
      const ids = [...filters, ...alarms, ...rules].map(({ id }) => id);
      return [stack.name, ids.filter((id) => id.startsWith("managed-"))];
    });
    assert.deepEqual(Object.fromEntries(watched), {
      security: [],
      staging: [],
      prod: ["managed-secret-reads", "managed-secret-changed", "managed-secret-changed"],
    });
  });

  it("are read by further roles that the settings expect", () => {
    const prod = samplePlan().organisation.stacks.find(({ name }) => name === "prod")!;
    const read = {
      eventName: "GetSecretValue",
      userIdentity: {
        type: "AssumedRole",
        sessionContext: { sessionIssuer: { arn: "arn:aws:iam::333333333333:role/warehouse-proxy" } },
      },
      requestParameters: { secretId: "rds!cluster-6f1c2d3e" },
    };
    for (const [role, trips] of [
      ["warehouse-*", false],
      ["wiki-*", true],
    ] as const) {
      const { filters } = detectionsOf(samplePlan(), { ...prod, alarms: { expectedRoles: [role] } });
      const { pattern } = filters.find(({ id }) => id === "managed-secret-reads")!;
      assert.equal(metricFilter(pattern)(read, { missingDiffers: false }), trips, role);
    }
  });
});
