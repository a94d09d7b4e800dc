import assert from "node:assert/strict";
import { numberRange } from "../../../model/catalogue/schema/numberRange";

describe("the pattern of a range of whole numbers", () => {
  for (const [from, to] of [
    [1, 90],
    [1, 1],
    [14, 89],
    [1, 365],
    [1, 24],
    [1, 900],
    [7, 1_234],
    [100, 100],
    [99, 101],
    [128, 10_240],
  ] as const)
    it(`${from} to ${to} takes each of them and no other`, () => {
      const pattern = new RegExp(`^(?:${numberRange(from, to)})$`);
      for (let number = 0; number <= to + 1_100; number++)
        assert.equal(pattern.test(String(number)), number >= from && number <= to, String(number));
      for (const text of ["", "01", "1.5", "-1", "1e1"]) assert.ok(!pattern.test(text), text);
    });

  it("is short", () => assert.equal(numberRange(1, 90), "[1-9]|[1-8][0-9]|90"));
});
