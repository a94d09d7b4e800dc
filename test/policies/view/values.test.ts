import assert from "node:assert/strict";
import { asset } from "@pulumi/pulumi";
import * as policy from "@pulumi/policy";
import fc from "fast-check";

import { readOnce } from "../../../policies/pack/readOnce";
import { numberOf, readProperties, unknown, unknownPaths, type Value } from "../../../policies/view/values";
import { later } from "../support/program";

describe("the properties rules read", () => {
  it("hold unknown values in place, also behind the proxy that throws at them", () => {
    const raw = {
      a: later,
      b: [1, later],
      c: { d: later as string, e: "x" },
      f: "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
    };
    const expected = { a: unknown, b: [1, unknown], c: { d: unknown, e: "x" }, f: unknown };
    assert.deepEqual(readProperties(raw), expected);
    // Exported for tests of policies, and left out of the declarations.
    const { unknownCheckingProxy } = policy as unknown as { unknownCheckingProxy: <T>(raw: T) => T };
    const proxy = unknownCheckingProxy(raw);
    assert.throws(() => proxy["a"]);
    assert.deepEqual(readOnce(proxy), expected);
  });

  it("hold the values of secrets, and assets as they are", () => {
    const archive = new asset.StringAsset("x");
    const secret = {
      "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
      value: { a: 1 },
    };
    assert.deepEqual(readProperties({ secret, archive }), { secret: { a: 1 }, archive });
  });

  it("know what Pulumi's runtime calls unknown", () => {
    assert.deepEqual(readProperties({ a: { __pulumiUnknown: true } }), { a: unknown });
  });

  it("are any JSON as it was", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (raw) => {
        const json = JSON.parse(JSON.stringify(raw)) as Record<string, Value>;
        assert.deepEqual(JSON.stringify(readProperties(json)), JSON.stringify(json));
      }),
    );
  });

  it("say where they are unknown", () => {
    assert.deepEqual(unknownPaths({ a: [1, unknown], b: { c: unknown } } as unknown as Value, "p"), [
      "p.a[1]",
      "p.b.c",
    ]);
  });

  it("are numbers when they are written as text", () => {
    assert.deepEqual(
      [numberOf("7"), numberOf(7), numberOf(""), numberOf("x"), numberOf(unknown)],
      [7, 7, undefined, undefined, undefined],
    );
  });
});
