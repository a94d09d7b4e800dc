import assert from "node:assert/strict";
import { some } from "./some";

describe("a list of which each is asked something", () => {
  it("is as it was, and has to hold something", () => {
    assert.deepEqual(some([1, 2], "numbers"), [1, 2]);
    assert.throws(
      () => some([], "numbers"),
      /^Error: there are no numbers, so that nothing was asked of them$/,
    );
  });
});
