import assert from "node:assert/strict";
import fc from "fast-check";
import {
  expiryDate,
  type ExpiryRule,
  observedPolicies,
  parameterPolicies,
  policiesMatch,
} from "../../../model/values/parameterPolicies";

const writtenAt = new Date("2030-01-31T12:00:00.000Z");
const dayMs = 24 * 60 * 60 * 1000;
const days = fc.integer({ min: 1, max: 365 });
const rules: fc.Arbitrary<ExpiryRule> = fc.oneof(
  fc.record({ never: fc.constant(false as const), afterDays: days, warnDays: days }),
  fc.record({ never: fc.constant(true as const), remindDays: days }),
);

/** As DescribeParameters gives them: each policy a text of its own. */
const texts = (rule: ExpiryRule, at = writtenAt) =>
  (JSON.parse(parameterPolicies(rule, at)) as object[]).map((policy) => JSON.stringify(policy));

describe("parameter policies", () => {
  it("are AWS's documents", () => {
    assert.deepEqual(
      JSON.parse(parameterPolicies({ never: false, afterDays: 90, warnDays: 14 }, writtenAt)),
      [
        { Type: "Expiration", Version: "1.0", Attributes: { Timestamp: "2030-05-01T12:00:00.000Z" } },
        { Type: "ExpirationNotification", Version: "1.0", Attributes: { Before: "14", Unit: "Days" } },
      ],
    );
    assert.deepEqual(JSON.parse(parameterPolicies({ never: true, remindDays: 180 }, writtenAt)), [
      { Type: "NoChangeNotification", Version: "1.0", Attributes: { After: "180", Unit: "Days" } },
    ]);
  });

  it("date the end from the moment of writing", () => {
    const end = expiryDate({ never: false, afterDays: 90, warnDays: 14 }, writtenAt);
    assert.equal(end?.toISOString(), "2030-05-01T12:00:00.000Z");
    assert.equal(expiryDate({ never: true, remindDays: 1 }, writtenAt), undefined);
  });

  it("match what was written with them, and no other rule", () => {
    fc.assert(
      fc.property(rules, rules, (rule, other) => {
        const observed = observedPolicies(texts(rule));
        assert.ok(policiesMatch(rule, observed, writtenAt));
        assert.equal(
          policiesMatch(other, observed, writtenAt),
          JSON.stringify(other) === JSON.stringify(rule),
        );
      }),
    );
  });

  it("do not match once a value was written without renewing them", () => {
    const rule = { never: false, afterDays: 90, warnDays: 14 } as const;
    const observed = observedPolicies(texts(rule));
    assert.ok(!policiesMatch(rule, observed, new Date(writtenAt.getTime() + 2 * dayMs)));
  });

  it("are read in hours too, the earliest warning of several, foreign texts passed over", () => {
    const notice = (Before: string, Unit: string) =>
      JSON.stringify({ Type: "ExpirationNotification", Version: "1.0", Attributes: { Before, Unit } });
    const expiration = JSON.stringify({
      Type: "Expiration",
      Version: "1.0",
      Attributes: { Timestamp: "soon" },
    });
    assert.deepEqual(
      observedPolicies([
        notice("48", "Hours"),
        notice("1", "Days"),
        notice("", "Days"),
        expiration,
        "{'x'",
        "[3]",
      ]),
      { warnDays: 2 },
    );
  });
});
