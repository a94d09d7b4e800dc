import assert from "node:assert/strict";
import { lines, load, loadValid, orders } from "../catalogue/support";

describe("aliases of a manifest", () => {
  const repeated = (times: number, length: number) =>
    orders(
      [
        "parameters:",
        `  big: &big { description: x, type: String, value: "${"v".repeat(length)}" }`,
        ...Array.from({ length: times }, (_, index) => `  p${index}: *big`),
      ].join("\n"),
    );

  it("repeat a value where they stand, as often as a manifest may hold it", () => {
    const [service] = loadValid({ orders: repeated(50, 4000) }).services;
    assert.equal(service?.parameters.length, 51);
  });

  it("repeat no more text than a manifest may have", () => {
    assert.match(
      lines(load({ orders: repeated(9000, 4000) })).join("\n"),
      /^services\/orders\.yaml:1:1 the aliases repeat more than 256 KiB of text;/,
    );
  });

  it("are worked out in one pass over the file", () => {
    const names = Array.from({ length: 6000 }, (_, index) => index);
    const text = [
      ...names.map((index) => `k${index}: &a${index} 1`),
      ...names.map((index) => `l${index}: *a${5999 - index}`),
    ].join("\n");
    assert.equal(load({ orders: orders(text) }).problems.length, 12_001);
  }).timeout(60_000);

  it("stand for the last anchor of the name before them, where they were written", () => {
    const text = orders(
      [
        "parameters:",
        "  a: { description: x, type: String, value: &v one }",
        "  b: &b { description: x, type: String, value: *v }",
        "  c: { description: x, type: String, value: &v two }",
        "  d: *b",
        "  e: { description: x, type: String, value: *v }",
      ].join("\n"),
    );
    const [service] = loadValid({ orders: text }).services;
    const values = service?.parameters.map((parameter) => "value" in parameter && parameter.value);
    const all = (value: string) => ({ staging: value, prod: value });
    assert.deepEqual(values, [all("one"), all("one"), all("two"), all("one"), all("two")]);
  });

  it("of another value than they stand behind are refused", () => {
    for (const text of ["x: *later\ny: &later 1", "x: &self [*self]", "x: *nothing"]) {
      assert.match(
        lines(load({ orders: orders(text) })).join("\n"),
        /found an alias without an earlier anchor/,
      );
    }
  });

  it("are not what a tag makes of a text: bytes stay one value", () => {
    const text = orders("parameters: { a: { description: x, type: String, value: !!binary aGVsbG8= } }");
    const found = lines(load({ orders: text }));
    assert.ok(found.length <= 2, found.join("\n"));
    assert.match(found.join("\n"), /found a YAML tag/);
  });
});
