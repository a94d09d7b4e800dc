import assert from "node:assert/strict";
import fc from "fast-check";
import {
  all,
  any,
  differs,
  equals,
  type FilterCondition,
  filterPattern,
  isFalse,
  isOther,
  isTrue,
  missing,
  present,
} from "../../../model/detection/filterPattern";
import { metricFilter } from "./support/metricFilter";

const strict = { missingDiffers: false };

/** AWS's own examples of its page on JSON patterns, over the event they are shown with. */
const example = {
  eventType: "UpdateTrail",
  sourceIPAddress: "111.111.111.111",
  arrayKey: ["value", "another value"],
  objectList: [
    { name: "a", id: 1 },
    { name: "b", id: 2 },
  ],
  SomeObject: null,
  flag: true,
  off: false,
  user: { id: 1, email: "John.Stiles@example.com" },
  errorCode: 400,
};

describe("the tests' reading of metric filters", () => {
  for (const [pattern, matches] of [
    ['{ $.eventType = "UpdateTrail" }', true],
    ['{ $.eventType != "UpdateTrail" }', false],
    ["{ $.sourceIPAddress != 123.123.* }", true],
    ["{ $.sourceIPAddress = 111.* }", true],
    ['{ $.arrayKey[0] = "value" }', true],
    ['{ $.arrayKey[1] = "value" }', false],
    ["{ $.objectList[1].id = 2 }", true],
    ["{ $.SomeObject IS NULL }", true],
    ["{ $.SomeOtherObject NOT EXISTS }", true],
    ["{ $.SomeObject NOT EXISTS }", false],
    ["{ $.flag IS TRUE }", true],
    ["{ $.off IS TRUE }", false],
    ["{ $.off IS FALSE }", true],
    ['{ ($.user.id = 1) && ($.user.email = "John.Doe@example.com") }', false],
    ['{ $.user.email = "John.Stiles@example.com" || $.user.id = 99 && $.errorCode = 500 }', true],
    ['{ ($.user.email = "John.Stiles@example.com" || $.user.id = 99) && $.errorCode = 500 }', false],
    ["{ $.errorCode >= 400 && $.errorCode < 500 }", true],
    ["{$.errorCode=400}", true],
    ['{ $.eventType = "*Trail" && $.eventType = "Update*" && $.eventType = "*date*" }', true],
    ['{ $.eventType = "*trail" }', false],
    ['{ $.user = "*" }', false],
  ] as const) {
    it(`${matches ? "takes" : "passes over"} the example: ${pattern}`, () => {
      assert.equal(metricFilter(pattern)(example, strict), matches);
    });
  }

  for (const pattern of [
    "",
    "{ }",
    "{ $.a }",
    "{ $.a = }",
    '{ $.a = "b }',
    '{ $.a = "b" & $.c = "d" }',
    '{ ($.a = "b" }',
    '{ $.a = "b" } more',
    '{ $.a = "b*c" }',
    '{ a = "b" }',
    "{ $.a > b }",
    `{ $.a = "${"b".repeat(1_024)}" }`,
  ]) {
    it(`refuses ${pattern.slice(0, 40)}`, () => {
      assert.throws(() => metricFilter(pattern));
    });
  }
});

describe("filter patterns put together from conditions", () => {
  const fields = ["a", "b", "c.d"];
  const values = ["x", "y", "x*", "*y", "*"];
  const leaf = fc.oneof(
    fc
      .tuple(fc.constantFrom(...fields), fc.constantFrom(...values))
      .map(([field, value]) => equals(field, value)),
    fc.constantFrom(...fields).map(missing),
    fc.constantFrom(...fields).map(present),
    fc.constantFrom(...fields).map(isTrue),
    fc.constantFrom(...fields).map(isFalse),
    fc
      .tuple(fc.constantFrom(...fields), fc.subarray(values, { minLength: 1 }), fc.boolean())
      .map(([field, some, there]) => (there ? isOther : differs)(field, some)),
  );
  const { condition } = fc.letrec<{ condition: FilterCondition }>((tie) => ({
    condition: fc.oneof(
      { depthSize: "small" },
      leaf,
      fc.array(tie("condition"), { minLength: 1, maxLength: 3 }).map((of) => all(...of)),
      fc.array(tie("condition"), { minLength: 1, maxLength: 3 }).map((of) => any(...of)),
    ),
  }));
  const scalar = fc.option(fc.constantFrom<unknown>("x", "y", "xy", true, false), { nil: undefined });
  const record = fc.record({ a: scalar, b: scalar, c: fc.record({ d: scalar }) });

  it("mean what they are put together from", () => {
    fc.assert(
      fc.property(condition, record, (wanted, found) => {
        const pattern = filterPattern(wanted);
        fc.pre(pattern.length <= 1_024);
        for (const missingDiffers of [true, false]) {
          assert.equal(
            metricFilter(pattern)(found, { missingDiffers }),
            holds(wanted, found, missingDiffers),
          );
        }
      }),
    );
  });

  it("mean the same whatever `!=` means of a missing field", () => {
    fc.assert(
      fc.property(condition, record, (wanted, found) => {
        const pattern = filterPattern(wanted);
        fc.pre(pattern.length <= 1_024);
        const matches = metricFilter(pattern);
        assert.equal(matches(found, { missingDiffers: true }), matches(found, { missingDiffers: false }));
      }),
    );
  });

  it("hold nothing that would end a text, and no star inside one", () => {
    for (const value of ['a"b', "a\\b", "a\nb", "a*b"])
      assert.throws(() => equals("a", value), /cannot hold/);
  });
});

/** By the conditions themselves, each leaf read alone. */
function holds(condition: FilterCondition, record: object, missingDiffers: boolean): boolean {
  if (condition.kind === "test") return metricFilter(`{ ${condition.text} }`)(record, { missingDiffers });
  return condition.kind === "all"
    ? condition.of.every((part) => holds(part, record, missingDiffers))
    : condition.of.some((part) => holds(part, record, missingDiffers));
}
