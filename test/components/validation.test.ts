import assert from "node:assert/strict";
import { output } from "@pulumi/pulumi";
import { type TextRule } from "../../model/aws/textRules";
import {
  check,
  checkDistinct,
  checkText,
  checkTexts,
  checkWholeNumber,
  rejectProblems,
  settled,
} from "../../components/validation";
import { rejected } from "./support/problems";

const lowerCase: TextRule = { pattern: /^[a-z]+$/, allowed: "lower case is allowed", remedy: "write it so" };

function paths(problems: readonly { propertyPath: string }[]): string[] {
  return problems.map(({ propertyPath }) => propertyPath);
}

describe("rejectProblems", () => {
  it("throws once, with every problem of every check in order", () => {
    const problems = rejected(() =>
      rejectProblems("Thing", "one", [
        ...check(false, "a", { found: "x was found", allowed: "y is allowed", remedy: "write y" }),
        ...check(true, "b", { found: "x was found", allowed: "y is allowed", remedy: "write y" }),
        ...checkText("c", "C", lowerCase),
      ]),
    );
    assert.deepEqual(problems, {
      a: "x was found; y is allowed; write y",
      c: '"C" was found; lower case is allowed; write it so',
    });
  });

  it("says which component of which name", () => {
    const attempt = () =>
      rejectProblems(
        "Thing",
        "one",
        check(false, "a", { found: "x was found", allowed: "y is allowed", remedy: "write y" }),
      );
    assert.throws(attempt, {
      message: 'Thing "one" cannot be made from its arguments:\n  a: x was found; y is allowed; write y',
    });
  });

  it("returns when nothing is wrong", () => {
    rejectProblems("Thing", "one", check(true, "a", { found: "", allowed: "", remedy: "" }));
  });
});

describe("checkText", () => {
  it("passes over what is absent or not known yet", () => {
    assert.deepEqual(checkText("a", undefined, lowerCase), []);
    assert.deepEqual(checkText("a", output("UPPER"), lowerCase), []);
    assert.deepEqual(checkText("a", Promise.resolve("UPPER"), lowerCase), []);
  });

  it("gives a length in place of an empty text, or of one that must not be repeated", () => {
    assert.match(checkText("a", "", lowerCase)[0]?.reason ?? "", /^0 characters were found;/);
    const unquoted = checkText("a", "SECRET", { ...lowerCase, unquoted: true });
    assert.match(unquoted[0]?.reason ?? "", /^6 characters were found;/);
  });

  it("points into a list", () => {
    assert.deepEqual(paths(checkTexts("a", ["x", "Y", "Z"], lowerCase)), ["a[1]", "a[2]"]);
    assert.deepEqual(checkTexts("a", undefined, lowerCase), []);
  });
});

describe("checkWholeNumber", () => {
  const range = { from: 7, to: 30, unit: "days" };

  for (const value of [7, 30, undefined]) {
    it(`accepts ${value}`, () => assert.deepEqual(checkWholeNumber("a", value, range), []));
  }

  for (const value of [6, 31, 7.5, NaN, Infinity]) {
    it(`rejects ${value}`, () => {
      assert.deepEqual(checkWholeNumber("a", value, range), [
        {
          propertyPath: "a",
          reason: `${value} was found; a whole number of days from 7 to 30 is allowed; choose one within that range`,
        },
      ]);
    });
  }
});

describe("checkDistinct", () => {
  it("names what stands more than once", () => {
    assert.match(checkDistinct("a", ["x", "y", "x"])[0]?.reason ?? "", /^x was found more than once;/);
  });

  it("asks for an entry only where one is needed", () => {
    assert.deepEqual(checkDistinct("a", []), []);
    assert.deepEqual(paths(checkDistinct("a", [], true)), ["a"]);
  });

  it("does not take two unknown entries for the same", () => {
    assert.deepEqual(checkDistinct("a", [output("x"), output("x")], true), []);
  });
});

describe("settled", () => {
  it("gives only what is known now", () => {
    assert.equal(settled("x"), "x");
    assert.equal(settled(output("x")), undefined);
    assert.equal(settled(Promise.resolve("x")), undefined);
    assert.equal(settled(undefined), undefined);
  });
});
