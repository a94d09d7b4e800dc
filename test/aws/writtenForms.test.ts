import assert from "node:assert/strict";
import fc from "fast-check";
import { withoutValues } from "../../aws/errors";

const secret = 'a1"B2\\c3/é d+4&';

describe("a value that an answer repeats", () => {
  const base64 = (text: string, encoding: "base64" | "base64url" = "base64") =>
    Buffer.from(text).toString(encoding);
  const lower = (text: string) => text.replace(/%../g, (code) => code.toLowerCase());
  const ways: Readonly<Record<string, (value: string) => string>> = {
    "as it is": (value) => value,
    "quoted as JSON": (value) => JSON.stringify(value),
    "quoted as JSON in a text of JSON": (value) => JSON.stringify(JSON.stringify({ value })),
    "quoted as JSON with its slashes": (value) => JSON.stringify(value).replaceAll("/", "\\/"),
    "quoted in ASCII": (value) => JSON.stringify(value).replaceAll("é", "\\u00e9"),
    "quoted in ASCII with capitals": (value) => JSON.stringify(value).replaceAll("é", "\\u00E9"),
    "percent-encoded": (value) => encodeURIComponent(value),
    "percent-encoded with small letters": (value) => lower(encodeURIComponent(value)),
    "as a form": (value) => new URLSearchParams({ value }).toString(),
    "percent-encoded in JSON": (value) => encodeURIComponent(JSON.stringify({ value })),
    "in base 64": (value) => base64(value),
    "in base 64 for addresses": (value) => base64(value, "base64url"),
    "in base 64 within JSON": (value) => base64(JSON.stringify({ value })),
    "in base 64 behind one byte": (value) => base64(`.${value}`),
    "in base 64 behind two bytes": (value) => base64(`..${value}.`),
  };
  for (const [way, write] of Object.entries(ways)) {
    it(`is hidden ${way}`, () => {
      const told = withoutValues(`invalid: ${write(secret)}, it says`, [secret]);
      assert.match(told, /^invalid: .*\[hidden\].*, it says$/);
      // What is around it stays; in base 64, of its own ends a character or two.
      assert.ok(told.length <= "invalid: [hidden], it says".length + write("").length + 4, told);
    });
  }

  it("is hidden wherever it stands in base 64, whatever it is", () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 8, unit: "grapheme" }),
        fc.string({ maxLength: 5 }),
        fc.string({ maxLength: 5 }),
        (value, ahead, behind) => {
          const encoded = Buffer.from(ahead + value + behind).toString("base64");
          const inner = encoded.slice(
            Math.ceil((Buffer.byteLength(ahead) * 8) / 6),
            Math.floor((Buffer.byteLength(ahead + value) * 8) / 6),
          );
          assert.ok(!withoutValues(encoded, [value]).includes(inner));
        },
      ),
    );
  });

  it("leaves the rest of the answer as it is", () => {
    assert.equal(withoutValues("the key is disabled", ["k", ""]), "the [hidden]ey is disabled");
    assert.equal(withoutValues("dGhlIGtleQ== is disabled", [secret]), "dGhlIGtleQ== is disabled");
  });
});
