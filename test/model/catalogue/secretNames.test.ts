import assert from "node:assert/strict";
import fc from "fast-check";
import { secretName } from "../../../model/catalogue/schema/names";
import { nearSecretName } from "../../../model/catalogue/schema/secretNames";
import { lines, load, orders } from "./support";

const word = fc.stringMatching(/^[a-z][a-z0-9]{0,7}$/);
const trap = fc
  .tuple(fc.array(word, { minLength: 1, maxLength: 12 }), fc.stringMatching(/^[a-z0-9]{6}$/))
  .map(([words, ending]) => `${words.join("-")}-${ending}`)
  .filter((name) => name.length <= 120);

describe("the name of a secret", () => {
  it("that ends as ARNs do has a proposal that may be taken, however long it is and whatever else is there", () => {
    fc.assert(
      fc.property(trap, fc.integer({ min: 0, max: 20 }), (name, others) => {
        const taken: string[] = [];
        for (let count = 0; count <= others; count++) {
          const proposed = nearSecretName(name, taken);
          assert.ok(
            proposed !== undefined && secretName().safeParse(proposed).success,
            `${name}: ${proposed}`,
          );
          assert.ok(!taken.includes(proposed));
          taken.push(proposed);
        }
      }),
    );
  });

  it("has up to 120 characters, and so have those of parameters", () => {
    const secret = "{ description: A key, rotation: { method: generated, every: 30 days } }";
    const parameter = "{ description: A text, type: String, value: info }";
    const name = (length: number) => "a".repeat(length);
    const said = (length: number) =>
      lines(
        load({
          orders: orders(
            `secrets:\n  b${name(length - 1)}: ${secret}\nparameters:\n  ${name(length)}: ${parameter}`,
          ),
        }),
      );
    assert.deepEqual(said(120), []);
    assert.equal(said(121).length, 2);
  });
});
