import assert from "node:assert/strict";
import fc from "fast-check";
import type { Finding } from "../../../functions/expiryWatch/finding";
import { notices } from "../../../functions/expiryWatch/notice";
import { findingKinds } from "../../../model/functions/metrics";

const place = { account: "333333333333", region: "eu-west-1" };

function finding(settings: Partial<Finding> = {}): Finding {
  return {
    kind: "expiring",
    item: "parameter",
    name: "/orders/prod/partner-token",
    owner: "orders-team@example.com",
    matter: "it expires in 3 days",
    remedy: "renew it",
    ...settings,
  };
}

describe("notices of the expiry watch", () => {
  it("one for each owner, by urgency, with what to do", () => {
    const all = notices(
      [
        finding({ owner: undefined, name: "/nobody/knows" }),
        finding(),
        finding({ kind: "overdue", item: "secret", name: "orders/prod/b" }),
        finding({ kind: "overdue", item: "secret", name: "orders/prod/a" }),
        finding({
          kind: "expired",
          name: "/orders/prod/gone",
          matter: "it expired",
          remedy: "make it again",
        }),
        finding({ owner: "billing-team@example.com" }),
      ],
      place,
    );
    assert.deepEqual(
      all.map(({ owner, subject }) => [owner, subject]),
      [
        ["billing-team@example.com", "Secrets and parameters: 1 expiring (account 333333333333)"],
        [
          "orders-team@example.com",
          "Secrets and parameters: 1 expired, 1 expiring, 2 overdue (account 333333333333)",
        ],
        [undefined, "Secrets and parameters: 1 expiring (account 333333333333)"],
      ],
    );
    assert.equal(
      all[1]?.message,
      `Values of orders-team@example.com in account 333333333333, eu-west-1, that need a hand.

Expired
  parameter /orders/prod/gone
    it expired; make it again

Expiring soon
  parameter /orders/prod/partner-token
    it expires in 3 days; renew it

Rotation overdue
  secret orders/prod/a
    it expires in 3 days; renew it
  secret orders/prod/b
    it expires in 3 days; renew it`,
    );
  });

  it("none when nothing is the matter", () => {
    assert.deepEqual(notices([], place), []);
  });

  it("any findings: each owner once, every item told or counted, within SNS's limits", () => {
    const anyFinding = fc.record({
      kind: fc.constantFrom(...findingKinds),
      item: fc.constantFrom("parameter", "secret"),
      name: fc.stringMatching(/^[a-z]{1,20}$/).map((name) => `/orders/prod/${name}`),
      owner: fc.constantFrom("a@example.com", "b@example.com", undefined),
      matter: fc.constant("m".repeat(200)),
      remedy: fc.constant("r".repeat(200)),
    }) as fc.Arbitrary<Finding>;
    fc.assert(
      fc.property(fc.array(anyFinding, { maxLength: 900, size: "max" }), (found) => {
        const all = notices(found, place);
        assert.equal(new Set(all.map(({ owner }) => owner)).size, all.length);
        let told = 0;
        for (const { subject, message } of all) {
          assert.match(subject, /^[\x20-\x7e]{1,100}$/);
          assert.ok(Buffer.byteLength(message) < 256 * 1024);
          const more = Number(/^And (\d+) more:/m.exec(message)?.[1] ?? 0);
          told += more + [...message.matchAll(/^ {2}(parameter|secret) \/orders/gm)].length;
        }
        assert.equal(told, found.length);
      }),
      { numRuns: 30 },
    );
  });
});
