import assert from "node:assert/strict";
import { evaluate } from "../../../../policies/pack/evaluate";
import { functionRuntime } from "../../../../policies/rules/lambda/function-runtime";
import { testRule } from "../../support/cases";
import { declare, later } from "../../support/program";

const handler = (runtime?: string) =>
  declare("function", { role: "r", ...(runtime === undefined ? {} : { runtime }) });

testRule(functionRuntime, {
  passes: {
    "an image": handler(),
    "one that is not listed": handler("nodejs99.x"),
  },
  fails: {
    "one that has ended": {
      program: handler("nodejs16.x"),
      at: "runtime is nodejs16.x, whose support ended on 2024-06-12",
    },
  },
  undecided: { "the runtime": { program: handler(later), at: "runtime is not known" } },
});

describe("function-runtime's dates", () => {
  const found = (today: string) => evaluate([functionRuntime], [handler("nodejs22.x")], { today }).length;

  it("count from the day after the last", () => {
    assert.equal(found("2027-04-30"), 0);
    assert.equal(found("2027-05-01"), 1);
  });
});
