import assert from "node:assert/strict";
import { daysBetween, today } from "../../../model/aws/days";
import { lambdaRuntimes, newestNodejs, runtimesRead, supportEnds } from "../../../model/aws/lambdaRuntimes";
import { consumer } from "../../../model/catalogue/schema/consumer";
import { functionRuntime } from "../../../model/functions/settings";

describe("Lambda's runtimes", () => {
  it("end on days that there are", () => {
    for (const [runtime, end] of Object.entries({ ...supportEnds, read: runtimesRead }))
      assert.equal(new Date(`${end}T00:00:00Z`).toISOString().slice(0, 10), end, runtime);
  });

  it("are offered while AWS patches them", () => {
    assert.ok(lambdaRuntimes.includes("nodejs22.x"));
    for (const ended of ["nodejs20.x", "dotnet8", "dotnet9", "provided.al2", "python3.10"])
      assert.ok(!lambdaRuntimes.includes(ended), ended);
  });

  it("give the platform's functions the newest Node.js, and a manifest that names none", () => {
    const major = (runtime: string) => Number(/^nodejs(\d+)\.x$/.exec(runtime)?.[1] ?? 0);
    assert.equal(major(newestNodejs), Math.max(...Object.keys(supportEnds).map(major)));
    assert.equal(functionRuntime, newestNodejs);
    const lambda = consumer.options.find(({ shape }) => shape.kind.value === "lambda");
    assert.ok(lambda !== undefined && "runtime" in lambda.shape);
    assert.equal(lambda.shape.runtime.meta()?.["default"], newestNodejs);
  });

  /** Time to move: a release of the platform, then a deployment by everybody. */
  it("do not end within 120 days where they are a default", () => {
    const left = daysBetween(today(), supportEnds[newestNodejs]!);
    assert.ok(
      left >= 120,
      `${newestNodejs} ends in ${left} days: put the newest Node.js into model/aws/lambdaRuntimes.ts`,
    );
  });
});
