import assert from "node:assert/strict";

import { evaluate } from "../../../policies/pack/evaluate";
import type { Exemption } from "../../../policies/pack/exemptions";
import { reviewExemptions } from "../../../policies/pack/reviewExemptions";
import { rules } from "../../../policies/rules";
import { listOf } from "../support/cases";
import { casesOfAllRules } from "../support/ruleTests";

const today = "2026-11-24";
const exemption = (more: Partial<Exemption>): Exemption => ({
  rule: "secret-cmk",
  resource: "*",
  reason: "It moves to a key of its own with the next release",
  owner: "orders-team@example.com",
  until: today,
  place: "exemptions.yaml:3",
  ...more,
});

describe("exemptions", () => {
  for (const { rule, cases } of casesOfAllRules()) {
    it(`make every finding of ${rule.id} advisory, and say who answers for it`, () => {
      for (const [name, { program, on }] of Object.entries(cases.fails)) {
        const options = { today, ...(cases.settings && { settings: cases.settings }) };
        const before = evaluate([rule], listOf(program), options);
        const resource = on === undefined ? "*" : `*::${on}`;
        const exemptions = [exemption({ rule: rule.id, resource })];
        const after = evaluate([rule], listOf(program), { ...options, exemptions });
        assert.equal(after.length, before.length, name);
        const [first] = after;
        assert.equal(first?.level, "advisory", name);
        assert.equal(first?.exemption, exemptions[0], name);
        assert.match(
          first?.message ?? "",
          /^Exempt until 2026-11-24 \(orders-team@example\.com: It moves/,
          name,
        );
        assert.ok(first?.message.endsWith(before[0]?.message ?? "?"), name);
        assert.deepEqual(reviewExemptions(exemptions, after, today), [], name);
      }
    });
  }

  const secret = {
    urn: "urn:pulumi:prod::shop::t::database",
    type: "aws:secretsmanager/secret:Secret",
    name: "d",
    inputs: {},
  };
  const levelsWith = (...exemptions: Exemption[]) =>
    evaluate(rules, [secret], { today, exemptions })
      .filter(({ policy }) => policy === "secret-cmk")
      .map(({ level }) => level);

  it("count until the end of their last day", () => {
    assert.deepEqual(levelsWith(exemption({ until: "2026-11-24" })), ["advisory"]);
    assert.deepEqual(levelsWith(exemption({ until: "2026-11-23" })), ["mandatory"]);
  });

  it("count for their rule and their resources only", () => {
    assert.deepEqual(levelsWith(exemption({ rule: "secret-tags" })), ["mandatory"]);
    assert.deepEqual(levelsWith(exemption({ resource: "urn:pulumi:prod::*::other" })), ["mandatory"]);
    assert.deepEqual(levelsWith(exemption({ resource: "urn:pulumi:prod::*::database" })), ["advisory"]);
  });

  it("are reported when they are past their date, or match no finding", () => {
    const past = exemption({ until: "2026-11-23" });
    const unused = exemption({ resource: "urn:pulumi:staging::*" });
    const used = exemption({ resource: "urn:pulumi:prod::*" });
    const all = [past, unused, used];
    const findings = evaluate(rules, [secret], { today, exemptions: all });
    const review = reviewExemptions(all, findings, today);
    assert.deepEqual(
      review.map(({ policy, level }) => [policy, level]),
      [
        ["exemptions", "advisory"],
        ["exemptions", "advisory"],
      ],
    );
    assert.match(
      review[0]?.message ?? "",
      /^exemptions\.yaml:3: the exemption of \* from secret-cmk ended on 2026-11-23/,
    );
    assert.match(review[1]?.message ?? "", /urn:pulumi:staging::\* from secret-cmk matches no finding/);
  });
});
