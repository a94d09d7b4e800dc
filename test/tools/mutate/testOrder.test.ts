import assert from "node:assert/strict";
import { TestOrder } from "../../../tools/mutate/testOrder";
import { ImportGraph } from "../../../tools/tests/importGraph";
import { Sources } from "./support/sources";

describe("the order of tests over a change", () => {
  const sources = new Sources();
  after(() => sources.remove());

  const file = sources.write("source.ts", "export const one = 1;\n");
  const [near, far] = ["near", "far"].map((name) =>
    sources.write(`${name}.test.ts`, 'import { one } from "./source";\nvoid one;\n'),
  ) as [string, string];
  const apart = sources.write("apart.test.ts", "export {};\n");
  const memory = sources.write("memory.json", "no JSON");

  const order = (path = memory) => new TestOrder(new ImportGraph(), [near, apart, far], path);
  const testsOf = (of: TestOrder, budgetMs = 60_000) => of.testsOf(file, budgetMs).map(({ test }) => test);

  it("holds those that can notice it alone", () => {
    assert.deepEqual(testsOf(order()), [near, far]);
  });

  it("puts first what noticed changes before, and what takes less time", () => {
    const noticing = order();
    noticing.ran(file, far, true, 10);
    noticing.ran(file, near, false, 500);
    assert.deepEqual(testsOf(noticing), [far, near]);
    const slow = order();
    slow.ran(file, near, false, 5_000);
    assert.deepEqual(testsOf(slow), [far, near]);
  });

  it("leaves out what does not fit into the time, but never all", () => {
    assert.deepEqual(testsOf(order(), 999), [near]);
    assert.deepEqual(testsOf(order(), 1_000), [near, far]);
    assert.deepEqual(testsOf(order(), 0), [near]);
  });
});
