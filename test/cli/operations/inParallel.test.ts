import assert from "node:assert/strict";
import { setTimeout as wait } from "node:timers/promises";
import { inParallel } from "../../../cli/operations/inParallel";

describe("work in parallel", () => {
  it("is done once for each item, in order, no more than so many at once", async () => {
    const begun: number[] = [];
    let underWay = 0;
    let most = 0;
    await inParallel([...Array(50).keys()], 7, async (item) => {
      begun.push(item);
      most = Math.max(most, (underWay += 1));
      await wait(item % 3);
      underWay -= 1;
    });
    assert.deepEqual(begun, [...Array(50).keys()]);
    assert.equal(most, 7);
    await inParallel([], 7, () => assert.fail("there is nothing to do"));
  });

  it("begins nothing after a failure, lets what is under way end, and fails then", async () => {
    const ended: number[] = [];
    const work = inParallel([0, 1, 2, 3, 4, 5], 2, async (item) => {
      await wait(item === 0 ? 1 : 10);
      if (item === 0) throw new Error("the first");
      ended.push(item);
    });
    await assert.rejects(work, /the first/);
    assert.deepEqual(ended, [1]);
  });
});
