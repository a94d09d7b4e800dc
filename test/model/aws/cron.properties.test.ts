import assert from "node:assert/strict";
import { CronExpressionParser } from "cron-parser";
import fc from "fast-check";
import { parseCron } from "../../../model/aws/cron";

function gapsOf(expression: string): readonly [number, number] {
  const schedule = parseCron(expression);
  assert.ok("hours" in schedule, JSON.stringify(schedule));
  return [schedule.shortest, schedule.longest];
}

describe("cron expressions of rotation schedules", () => {
  const day = 24;
  const cases: readonly (readonly [string, number, number])[] = [
    ["0 10 * * ? *", day, day],
    ["0 /8 * * ? *", 8, 8],
    ["0 4/12 * * ? *", 12, 12],
    // The step begins again each day: 2, 12, 22, and 2 again.
    ["0 2/10 * * ? *", 4, 10],
    ["0 0/7 * * ? *", 3, 7],
    ["0 4 ? * SUN *", 7 * day, 7 * day],
    ["0 4 ? * 1 *", 7 * day, 7 * day],
    ["0 8 ? * MON-FRI *", day, 3 * day],
    ["0 16 1,15 * ? *", 14 * day, 17 * day],
    ["0 17 L * ? *", 28 * day, 31 * day],
    ["0 17 1,L * ? *", day, 30 * day],
    ["0 8 1 * ? *", 28 * day, 31 * day],
    ["0 0 ? * SUN#1 *", 28 * day, 35 * day],
    ["0 1 ? 1/3 SUN#1 *", 84 * day, 98 * day],
    ["0 4 1 */2 ? *", 59 * day, 62 * day],
    ["0 4 29 2 ? *", 1461 * day, 1461 * day],
    ["0 4 ? * L *", 7 * day, 7 * day],
    ["0 4 ? * SUNL *", 28 * day, 35 * day],
    ["0 4 ? * 5L *", 28 * day, 35 * day],
    ["0 4 31 2 ? *", 0, 0],
  ];
  for (const [expression, shortest, longest] of cases) {
    it(expression, () => assert.deepEqual(gapsOf(expression), [shortest, longest]));
  }

  const refused = [
    ...[
      "",
      "0 4 * * ?",
      "0 4 * * ? * *",
      "5 4 * * ? *",
      "* 4 * * ? *",
      "0 * * * ? *",
      "0 24 * * ? *",
      "0 4,16 * * ? *",
    ],
    ...[
      "0 */4 * * ? *",
      "0 4-8 * * ? *",
      "0 / * * ? *",
      "0 4 * * * *",
      "0 4 ? * ? *",
      "0 4 32 * ? *",
      "0 4 0 * ? *",
    ],
    ...[
      "0 4 15W * ? *",
      "0 4 5-1 * ? *",
      "0 4 1/0 * ? *",
      "0 4 1 13 ? *",
      "0 4 1 JANUARY ? *",
      "0 4 ? * 8 *",
    ],
    ...[
      "0 4 ? * 0 *",
      "0 4 ? * SUN#6 *",
      "0 4 ? * SUN#1,MON#1 *",
      "0 4 ? * 8L *",
      "0 4 ? * SUN,MONL *",
      "0 4 1 * ? 2027",
      "0 4 , * ? *",
    ],
  ];
  for (const expression of refused) {
    it(`refuses ${expression}`, () => {
      const result = parseCron(expression);
      assert.ok("found" in result, `taken for ${JSON.stringify(result)}`);
      assert.ok(result.allowed.length > 0);
    });
  }

  it("have the gaps that another implementation finds", () => {
    const dayOfMonth = fc.oneof(
      fc.integer({ min: 1, max: 31 }).map(String),
      fc.constantFrom("*", "L", "1,15", "5-9", "*/10", "3/9"),
    );
    const weekday = fc.oneof(
      fc.constantFrom("SUN", "MON-FRI", "TUE,SAT", "SUN#1", "FRI#3", "*"),
      fc.integer({ min: 1, max: 7 }).map(String),
    );
    const days = fc.oneof(
      dayOfMonth.map((field) => ({ day: field, weekday: "?" })),
      weekday.map((field) => ({ day: "?", weekday: field })),
    );
    const month = fc.constantFrom("*", "*/2", "JAN-NOV", "1/3", "MAR,SEP");
    const hours = fc.constantFrom("4", "0/12", "2/10", "23");
    fc.assert(
      fc.property(hours, days, month, (hour, { day: dayField, weekday: weekdayField }, monthField) => {
        const found = gapsOf(`0 ${hour} ${dayField} ${monthField} ${weekdayField} *`);
        assert.deepEqual(found, oracle(hour, dayField, monthField, weekdayField));
      }),
      { numRuns: 12 },
    );
  }).timeout(240_000);
});

/** Gaps over 28 years, counted by a library for Unix's dialect, in which weekdays count from Sunday as 0. */
function oracle(hour: string, day: string, month: string, weekday: string): readonly [number, number] {
  const unix =
    weekday === "?" ? "*" : weekday.replace(/\d+(?!\d*#)(?<!#\d*)/g, (number) => String(Number(number) - 1));
  const expression = `0 ${hour.replace(/^(\d+)\//, "$1-23/")} ${day === "?" ? "*" : day.replace(/^(\d+)\//, "$1-31/")} ${month.replace(/^(\d+)\//, "$1-12/")} ${weekday.includes("#") ? weekday : unix}`;
  const end = Date.UTC(2053, 0, 1);
  const times = CronExpressionParser.parse(expression, {
    tz: "UTC",
    currentDate: new Date(Date.UTC(2023, 11, 31, 23, 59)),
  });
  let last: number | undefined;
  let shortest = Infinity;
  let longest = 0;
  for (;;) {
    const next = times.next().getTime();
    if (next > end) return [shortest, longest];
    if (last !== undefined) {
      shortest = Math.min(shortest, (next - last) / 3_600_000);
      longest = Math.max(longest, (next - last) / 3_600_000);
    }
    last = next;
  }
}
