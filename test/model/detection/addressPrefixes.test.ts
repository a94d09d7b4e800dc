import assert from "node:assert/strict";
import fc from "fast-check";
import { addressPrefixes } from "../../../model/detection/addressPrefixes";
import { metricFilter } from "./support/metricFilter";

describe("ranges of addresses as a metric filter compares them", () => {
  for (const [range, prefixes] of [
    ["10.0.0.0/8", ["10.*"]],
    ["10.20.0.0/16", ["10.20.*"]],
    ["203.0.113.0/24", ["203.0.113.*"]],
    ["203.0.113.7/32", ["203.0.113.7"]],
    ["203.0.113.7", ["203.0.113.7"]],
    ["10.20.16.0/22", ["10.20.16.*", "10.20.17.*", "10.20.18.*", "10.20.19.*"]],
    ["10.20.18.5/23", ["10.20.18.*", "10.20.19.*"]],
    ["198.51.100.248/30", ["198.51.100.248", "198.51.100.249", "198.51.100.250", "198.51.100.251"]],
  ] as const) {
    it(`${range} is ${prefixes.join(", ")}`, () => assert.deepEqual(addressPrefixes(range), prefixes));
  }

  it("hold exactly the addresses of the range, for any range and address", () => {
    const octet = fc.nat(255);
    const address = fc.tuple(octet, octet, octet, octet);
    fc.assert(
      fc.property(
        address,
        fc.integer({ min: 8, max: 32 }),
        address,
        fc.nat(32),
        (range, length, other, shared) => {
          // Half of the time an address that begins like the range.
          const bits = (toNumber(range) & mask(shared)) | (toNumber(other) & ~mask(shared));
          const tried = [24, 16, 8, 0].map((shift) => (bits >>> shift) & 255).join(".");
          const inside = (bits & mask(length)) === (toNumber(range) & mask(length));
          const held = addressPrefixes(`${range.join(".")}/${length}`).some((prefix) =>
            metricFilter(`{ $.a = "${prefix}" }`)({ a: tried }, { missingDiffers: false }),
          );
          assert.equal(held, inside, `${tried} and ${range.join(".")}/${length}`);
        },
      ),
      { numRuns: 500 },
    );
  });
});

function toNumber([a, b, c, d]: readonly [number, number, number, number]): number {
  return (a << 24) | (b << 16) | (c << 8) | d;
}

function mask(length: number): number {
  return length === 0 ? 0 : -1 << (32 - length);
}
