import assert from "node:assert/strict";
import * as crypto from "node:crypto";
import { longestGeneratedLength } from "../../../model/values/generated";
import {
  alphabetNames,
  alphabets,
  bitsIn,
  byteEncodings,
  defaultForm,
  fewestBytes,
  type GeneratedForm,
  hasForm,
  isGeneratedForm,
  leastBits,
  longestInJson,
  mostBytes,
  shortestLength,
} from "../../../model/values/generatedForm";
import { generatedText, type RandomSource } from "../../../model/values/generatedText";

const forms: readonly GeneratedForm[] = [
  defaultForm,
  { uuid: true },
  ...alphabetNames.flatMap((alphabet) =>
    [shortestLength(alphabet), longestGeneratedLength].map((length) => ({ length, alphabet })),
  ),
  ...byteEncodings.flatMap((encoding) =>
    [fewestBytes, fewestBytes + 1, 32, mostBytes].map((bytes) => ({ bytes, encoding })),
  ),
];

describe("forms of generated values", () => {
  it("are alphabets without a character twice", () => {
    const sizes = alphabetNames.map((name) => [name, new Set(alphabets[name]).size, alphabets[name].length]);
    assert.deepEqual(sizes, [
      ["hex", 16, 16],
      ["base64", 64, 64],
      ["base64url", 64, 64],
      ["alphanumeric", 62, 62],
      ["printable", 94, 94],
    ]);
    assert.match(alphabets.printable, /^[!-~]{94}$/);
  });

  it("hold at least 128 bits at the shortest, and fewer one character before", () => {
    for (const alphabet of alphabetNames) {
      assert.ok(bitsIn(shortestLength(alphabet), alphabet) >= leastBits, alphabet);
      assert.ok(bitsIn(shortestLength(alphabet) - 1, alphabet) < leastBits, alphabet);
    }
  });

  for (const form of forms) {
    it(`${JSON.stringify(form)}: what is made has it, never twice the same, and within the size told`, () => {
      assert.ok(isGeneratedForm(form));
      const made = Array.from({ length: 50 }, () => generatedText(form, crypto));
      assert.equal(new Set(made).size, made.length);
      for (const text of made) {
        assert.ok(hasForm(form, text), "a text of another form");
        assert.ok(JSON.stringify(text).length - 2 <= longestInJson(form));
        for (const other of [text.slice(1), `${text}A`, `${text.slice(1)} `, ""])
          assert.ok(!hasForm(form, other), "a changed text of the form");
      }
    });
  }

  it("draw each character by one even number of its alphabet's size", () => {
    const asked: number[] = [];
    const source: RandomSource = { ...crypto, randomInt: (max) => (asked.push(max), asked.length - 1) };
    assert.equal(generatedText({ length: 94, alphabet: "printable" }, source), alphabets.printable);
    assert.deepEqual(new Set(asked), new Set([94]));
  });

  it("know each other apart", () => {
    const uuid = crypto.randomUUID();
    assert.ok(!hasForm({ length: 36, alphabet: "alphanumeric" }, uuid));
    assert.ok(!hasForm({ uuid: true }, uuid.toUpperCase()));
    assert.ok(!hasForm({ bytes: 32, encoding: "base64url" }, crypto.randomBytes(32).toString("base64")));
  });

  const broken: readonly unknown[] = [
    ...[undefined, null, "uuid", [], {}, { uuid: false }, { uuid: true, length: 32 }],
    { length: 40 },
    { alphabet: "hex" },
    { length: 31, alphabet: "hex" },
    { length: 32.5, alphabet: "hex" },
    { length: longestGeneratedLength + 1, alphabet: "hex" },
    { length: 40, alphabet: "base32" },
    { length: 40, alphabet: "toString" },
    { bytes: 15, encoding: "hex" },
    { bytes: 32, encoding: "latin1" },
    { bytes: mostBytes + 1, encoding: "hex" },
    { bytes: 32 },
    { ...defaultForm, size: 3 },
  ];
  for (const form of broken) {
    it(`${JSON.stringify(form)} is none`, () => assert.ok(!isGeneratedForm(form)));
  }
});
