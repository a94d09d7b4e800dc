import assert from "node:assert/strict";
import fc from "fast-check";
import { daysOfRate, isRotationOverdue, rotationDue } from "../../../model/values/rotationState";

const day = (count: number) => new Date(Date.UTC(2027, 0, 1 + count));

describe("when a rotation is due", () => {
  it("is the earlier of AWS's date and of what the rate gives, with the window", () => {
    assert.deepEqual(rotationDue({ next: day(40), last: day(0), everyDays: 30 }), day(31));
    assert.deepEqual(rotationDue({ next: day(20), last: day(0), everyDays: 30 }), day(20));
    assert.deepEqual(rotationDue({ last: day(0), everyDays: 30, windowHours: 48 }), day(32));
  });

  it("is not known without a date and a rate", () => {
    assert.equal(rotationDue({}), undefined);
    assert.equal(rotationDue({ last: day(0) }), undefined);
    assert.equal(isRotationOverdue({}, day(9999)), false);
  });

  it("is overdue a day later, to the millisecond, and stays so", () => {
    fc.assert(
      fc.property(
        fc.date({ noInvalidDate: true, min: day(0), max: day(9999) }),
        fc.nat(10 ** 9),
        (next, after) => {
          const at = (offset: number) =>
            isRotationOverdue({ next }, new Date(next.getTime() + 86_400_000 + offset));
          assert.equal(at(-1), false);
          assert.equal(at(after), true);
        },
      ),
    );
  });
});

describe("days of a rate", () => {
  it("are those of days and hours, and of nothing else", () => {
    assert.equal(daysOfRate("rate(30 days)"), 30);
    assert.equal(daysOfRate("rate(1 day)"), 1);
    assert.equal(daysOfRate("rate(12 hours)"), 0.5);
    for (const other of ["", "cron(0 4 ? * SUN *)", "rate(30 minutes)"])
      assert.equal(daysOfRate(other), undefined);
  });
});
