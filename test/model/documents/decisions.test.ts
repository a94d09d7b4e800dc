import assert from "node:assert/strict";
import { policyText } from "../../../model/documents/policy";
import { decidedDocuments } from "./support/decisions";
import { decide } from "./support/evaluator";
import { weakened } from "./support/weakened";

/**
 * Who is let in or refused by which part of a document, one decision a line. Each case that is refused differs from one
 * that is let in by one thing; a statement, or a key of a condition, that none of them needs fails the last test of its
 * document.
 */
for (const [name, { document, calls, elsewhere = [] }] of Object.entries(decidedDocuments)) {
  describe(`the policy of ${name}`, () => {
    for (const { who, is = "allow", but = {}, ...request } of calls) {
      it(`${is === "allow" ? "lets in" : "has no word for"}: ${who}`, () => {
        assert.equal(decide(policyText(document), request), is);
      });
      for (const [what, { is: refused = "nothing", ...other }] of Object.entries(but)) {
        it(`refuses: ${who}, ${what}`, () => {
          assert.equal(decide(policyText(document), { ...request, ...other }), refused);
        });
      }
    }

    it("has no statement, and no key of a condition, that could go unseen", () => {
      const held = weakened(document).filter(([what]) => !elsewhere.some((Sid) => what.includes(Sid)));
      assert.ok(held.length >= 2, `${held.length} parts`);
      const unseen = held.filter(([, mutant]) =>
        calls.every(({ is = "allow", but = {}, ...request }) =>
          [{ is }, ...Object.values(but).map((other) => ({ is: "nothing" as const, ...other }))].every(
            ({ is: expected, ...other }) => decide(policyText(mutant), { ...request, ...other }) === expected,
          ),
        ),
      );
      assert.deepEqual(
        unseen.map(([what]) => what),
        [],
      );
    });
  });
}
