import assert from "node:assert/strict";
import type { Catalogue } from "../../../model/catalogue/types";
import { buildPlan } from "../../../model/plan/build";
import { awsNames, limits } from "./support/awsNames";
import { lambda, reads, secret, service } from "./support/catalogues";
import { forAnyPlan } from "./support/plans";

describe("names of any valid catalogue", function () {
  this.timeout(240_000);

  it("are within what AWS takes, and given once in an account without regard to case", () => {
    forAnyPlan((plan) => {
      const given = awsNames(plan).map(({ kind, account, name }) => {
        assert.match(name, limits[kind], kind);
        return `${kind} ${account} ${name.toLowerCase()}`;
      });
      assert.deepEqual(repeated(given), []);
    });
  });

  it("stay as they are, whatever is added and in whatever order services are read", () => {
    const added = service("zebra", {
      ownKey: true,
      secrets: [secret("stripes")],
      consumers: [lambda("grazer", [reads("zebra", "stripes")])],
    });
    forAnyPlan((plan, { services }) => {
      const namesOf = (of: Catalogue) =>
        awsNames(buildPlan(of, plan.organisation)).map((name) => JSON.stringify(name));
      const before = namesOf({ services });
      const after = new Set(namesOf({ services: [added, ...[...services].reverse()] }));
      assert.deepEqual(
        before.filter((name) => !after.has(name)),
        [],
      );
    });
  });
});

function repeated(values: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  return values.filter((value) => seen.has(value) || !seen.add(value));
}
