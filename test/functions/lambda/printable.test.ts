import assert from "node:assert/strict";
import { describeError } from "../../../functions/lambda/describeError";
import { printable } from "../../../model/printable";
import { RotationError } from "../../../functions/rotation/errors";

describe("text of others in a log", () => {
  const cases: Readonly<Record<string, string>> = {
    'password authentication failed for user "orders"': 'password authentication failed for user "orders"',
    "ünïcödé 密码 🔑": "ünïcödé 密码 🔑",
    "two\r\nlines\tand a tab": "two lines and a tab",
    "\u001b[31mred\u001b[0m \u009b1mbold": "red bold",
    "\u001b]0;title\u0007link": "link",
    "left\u202Eright\u2066 \u200Bnothing\uFEFF": "left right nothing",
    "one\u2028two\u2029three\u0085four": "one two three four",
    "half \uD800 a pair": "half a pair",
    "\0\u0001  \u007f": "",
  };
  for (const [text, line] of Object.entries(cases)) {
    it(`${JSON.stringify(text)} becomes ${JSON.stringify(line)}`, () => assert.equal(printable(text), line));
  }

  it("is cut, in little time however long it is", () => {
    assert.equal(printable("x".repeat(301)), `${"x".repeat(299)}…`);
    assert.equal(printable("x".repeat(300)), "x".repeat(300));
    assert.equal(printable("\u001b[31m".repeat(200) + "x", 100).length, 1);
    // So long that time which grows by its square ends with no test run.
    for (const text of ["\u001b[".repeat(5e6), "\u001b]".repeat(5e6), " ".repeat(1e7), "\u202E".repeat(1e7)])
      assert.ok(printable(text).length <= 300);
  });

  it("is one line in every error of a rotation, with reason and remedy", () => {
    const { message, reason, remedy } = new RotationError(`a\nb${"x".repeat(1e5)}`, "c\u202Ed");
    assert.match(message, /^a bx{1990,1999}…; c d$/);
    assert.deepEqual([reason.length, remedy], [2_000, "c d"]);
  });
});

describe("an error nobody foresaw", () => {
  it("is told by name, code and place, without its message", () => {
    const error = Object.assign(new TypeError("canary"), { code: "ECANARY" });
    assert.match(describeError(error), /^TypeError ECANARY at .*printable\.test\.ts:\d+:\d+\)?$/);
  });

  it("has no place its message made up", () => {
    for (const text of [
      "x\n    at forged (place:1:1)",
      "\n    at forged (place:1:1)\n    at again (place:1:1)",
    ]) {
      assert.doesNotMatch(describeError(new Error(text)), /forged|again/);
    }
    const changed = new Error("x\n    at forged (place:1:1)");
    changed.message = "another";
    assert.doesNotMatch(describeError(changed), /forged/);
  });

  it("is cut and printable as well", () => {
    const error = Object.assign(new Error("x"), { code: `\u001b[31m\n${"y".repeat(1e6)}` });
    assert.match(describeError(error), /^Error y{200,}…$/);
  });
});
