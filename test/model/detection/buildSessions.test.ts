import assert from "node:assert/strict";
import { buildSessions, roomOfBuilds } from "../../../model/detection/buildSessions";
import { detectionsOf } from "../../../model/detection/account";
import { longestFilterPattern } from "../../../model/detection/filterPattern";
import { buildPlan } from "../../../model/plan/build";
import type { ConsumerPlan, Plan } from "../../../model/plan/types";
import { samplePlan } from "../plan/support/samples";
import { catalogue, service } from "../plan/support/catalogues";
import { organisation } from "../plan/support/organisations";

const build = samplePlan().consumers.find(({ role }) => role.use === "codebuild")!;

/** Builds of services, and the name of each. */
function planWith(names: readonly (readonly [service: string, consumer: string])[]): Plan {
  const services = names.map(([name, consumer]) =>
    service(name, { consumers: [{ ...build.settings, name: consumer, reads: [], environment: [] }] }),
  );
  return buildPlan(catalogue(...services), organisation());
}

const numbered = (count: number, consumer: (index: number) => string) =>
  planWith(Array.from({ length: count }, (_, index) => [`service-${index}`, consumer(index)]));

describe("builds, which read from outside the network", () => {
  it("are known by role and session", () => {
    assert.deepEqual(buildSessions(planWith([["orders", "release"]]), "prod"), [
      "*/orders-prod-release/AWSCodeBuild-*",
    ]);
  });

  it("are known by what their roles' names end in where there are many", () => {
    const sessions = buildSessions(
      numbered(500, () => "release"),
      "prod",
    );
    assert.deepEqual(sessions, ["*-prod-release/AWSCodeBuild-*"]);
  });

  it("are known by their sessions alone where no ending is common", () => {
    const plan = numbered(500, (index) => `release-${index}`);
    assert.deepEqual(buildSessions(plan, "prod"), ["*/AWSCodeBuild-*"]);
  });

  it("are found in whole by a name that was shortened", () => {
    const long = "a-service-with-a-name-that-takes-up-all-of-the-space";
    const plan = planWith([[long, "release-of-everything"]]);
    const [{ role }] = plan.consumers as readonly [ConsumerPlan];
    assert.ok(role.name.length === 64 && !role.name.endsWith("-release-of-everything"));
    assert.deepEqual(buildSessions(plan, "prod"), [`*/${role.name}/AWSCodeBuild-*`]);
  });

  it("exempt nobody where there are none, and never take more than their room", () => {
    const none = buildPlan(catalogue(service("orders")), organisation());
    assert.deepEqual(buildSessions(none, "prod"), []);
    for (const plan of [none, ...[1, 2, 3, 4, 9].map((count) => numbered(count, (index) => `b${index}`))]) {
      const prod = plan.organisation.stacks.find(({ name }) => name === "prod")!;
      const { pattern } = detectionsOf(plan, prod).filters.find(({ id }) => id === "unexpected-address")!;
      assert.equal(pattern.includes("AWSCodeBuild-"), plan !== none);
      assert.ok(pattern.length <= longestFilterPattern);
      const compared = buildSessions(plan, "prod").map((session) => ` && $.userIdentity.arn != "${session}"`);
      assert.ok(compared.join("").length <= roomOfBuilds);
    }
  });
});
