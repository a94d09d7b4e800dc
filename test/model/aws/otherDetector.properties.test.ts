import assert from "node:assert/strict";

import fc from "fast-check";

import { credentialOffsets, knownCredentialIn } from "../../../model/aws/credentialForms";
import { issuedForms } from "./support/issuedForms";

/**
 * What secretlint takes for a credential and this detector does not, each with its reason:
 * - numbers of accounts and identifiers of users, roles and groups (`AIDA`, `AROA`, …) let nobody in;
 * - `A3T` and a further letter is no prefix that AWS still lists
 *   (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids);
 * - tokens of Slack with fewer than ten characters behind the prefix: Slack's have the numbers of a team and a user;
 * - files in the format P12, which no setting can hold.
 */
const exceptions = [/^xox[a-z]-[A-Za-z0-9-]{1,9}$/];

/** Whether the preset takes a text for a credential; access keys of AWS only when told to. */
async function isFoundElsewhere(content: string): Promise<boolean> {
  const { lintSource } = await import("@secretlint/core");
  const { creator } = await import("@secretlint/secretlint-rule-preset-recommend");
  const rules = [
    {
      id: "@secretlint/secretlint-rule-preset-recommend",
      rule: creator,
      rules: [{ id: "@secretlint/secretlint-rule-aws", options: { enableIDScanRule: true } }],
    },
  ];
  const { messages } = await lintSource({
    source: { content, filePath: ".npmrc", ext: "", contentType: "text" },
    options: { locale: "en", config: { rules } },
  });
  return messages.length > 0;
}

/** What may stand around a credential; each detector has its own idea of where one begins. */
const around = fc.constantFrom(
  ["", ""],
  ["1", ""],
  ["_", ""],
  ["old-", ""],
  ['"', '"'],
  ["é ", " é"],
  ["x = ", ";"],
);

describe("another detector of credentials", () => {
  for (const { what, texts } of issuedForms) {
    it(`finds nothing that this one does not: ${what}`, async () => {
      let found = 0;
      await fc.assert(
        fc.asyncProperty(texts, around, async (text, [before = "", after = ""]) => {
          if (exceptions.some((exception) => exception.test(text))) return;
          const content = `${before}${text}${after}`;
          if (!(await isFoundElsewhere(content))) return;
          found += 1;
          assert.notEqual(knownCredentialIn(content), undefined);
        }),
        { numRuns: 60 },
      );
      assert.ok(found > 5, `the other one took ${found} of 60 made-up texts for a credential`);
    });
  }
});

describe("the search for credentials", () => {
  const begins = [
    "-eyJ",
    "-eyJabcdefghijkl.",
    "sk-",
    "-sk-",
    "-----BEGIN ",
    "a://:",
    "token=a/",
    '{"kty":',
    "SG.",
  ];

  for (const begin of begins) {
    it(`takes no longer than a text is long: ${begin}`, () => {
      const text = begin.repeat(100_000 / begin.length);
      const start = performance.now();
      credentialOffsets(text);
      const taken = performance.now() - start;
      // Some milliseconds; a search from each of many beginnings to the end takes half a minute.
      assert.ok(taken < 5000, `took ${Math.round(taken)} ms`);
    });
  }

  it("finds a signed token with a long header", () => {
    const header = `eyJ${"a1B2".repeat(400)}`;
    assert.equal(knownCredentialIn([header, `eyJ${"a1B2".repeat(9)}`, "c3D4"].join(".")), "a signed token");
  });
});
