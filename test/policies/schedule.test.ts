import assert from "node:assert/strict";

import { longestDaysBetween } from "../../policies/schedule";

describe("the longest time between two rotations", () => {
  for (const [expression, days] of [
    ["rate(30 days)", 30],
    ["rate(1 day)", 1],
    ["rate(12 hours)", 0.5],
    ["cron(0 4 * * ? *)", 1],
    ["cron(0 4 ? * MON-FRI *)", 3],
    ["cron(0 4 ? * 1 *)", 7],
    ["cron(0 4 ? * SUN#1 *)", 35],
    ["cron(0 4 ? * 6L *)", 35],
    ["cron(0 4 L * ? *)", 31],
    ["cron(0 4 1,15 * ? *)", 17],
    ["cron(0 4 1W * ? *)", 33],
    ["cron(0 4 LW * ? *)", 33],
    ["cron(0 4 1/10 * ? *)", 10],
    ["cron(0 4 1 JAN,JUL ? *)", 184],
    ["cron(0 4 30 2 ? *)", Number.POSITIVE_INFINITY],
    ["cron(0 4 ? * XYZ *)", undefined],
    ["cron(0 4)", undefined],
    ["every day", undefined],
  ] satisfies [string, number | undefined][]) {
    it(`of ${expression} is ${days} days`, () => assert.equal(longestDaysBetween(expression), days));
  }
});
