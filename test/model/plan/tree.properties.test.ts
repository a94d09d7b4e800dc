import assert from "node:assert/strict";
import { buildPlan } from "../../../model/plan/build";
import type { Plan } from "../../../model/plan/types";
import { catalogue, lambda, reads, secret, service } from "./support/catalogues";
import { organisation } from "./support/organisations";
import { forAnyPlan } from "./support/plans";
import { samplePlan } from "./support/samples";

describe("the Plan as a text", function () {
  this.timeout(240_000);

  it("can be written as JSON, and read back the same", () => {
    const plan = samplePlan();
    assert.deepEqual(JSON.parse(JSON.stringify(plan)), plan);
  });

  it("holds no object within itself, whatever the catalogue", () => {
    assert.deepEqual(cycles(samplePlan()), []);
    forAnyPlan((plan) => assert.deepEqual(cycles(plan), []));
  });

  it("names many readers of one item once each, in the order of their consumers", () => {
    const consumers = Array.from({ length: 3_000 }, (_, at) =>
      lambda(`reader${at}`, [reads("orders", "card")]),
    );
    const plan = buildPlan(
      catalogue(service("orders", { secrets: [secret("card")], consumers })),
      organisation(),
    );
    assert.deepEqual(
      plan.secrets[0]?.readers.map(({ consumer }) => consumer),
      consumers.map(({ name }) => name),
    );
  });
});

/** Paths at which an object stands inside itself. */
function cycles(plan: Plan): string[] {
  const found: string[] = [];
  const around = new Set<object>();
  const done = new Set<object>();
  visit(plan, "plan");
  return found;

  function visit(value: unknown, path: string): void {
    if (typeof value !== "object" || value === null || done.has(value)) return;
    if (around.has(value)) {
      found.push(path);
      return;
    }
    around.add(value);
    for (const [key, child] of Object.entries(value)) visit(child, `${path}.${key}`);
    around.delete(value);
    done.add(value);
  }
}
